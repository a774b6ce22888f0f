import { useTranslation } from 'react-i18next';
import styles from './Coverage.module.css';
import { SHOWN_STATES } from './coverage-cells.ts';
import { StateMark } from './StateMark.tsx';

/** What each colour and symbol of the grid means. */
export const Legend = () => {
  const { t } = useTranslation();
  return (
    <dl className={styles.legend} aria-label={t('coverage.legend')}>
      {SHOWN_STATES.map(state => (
        <div key={state}>
          <dt>
            <span className={styles.swatch} data-state={state}>
              <StateMark state={state} />
            </span>
            {t(`coverage.states.${state}`)}
          </dt>
          <dd>{t(`coverage.meanings.${state}`)}</dd>
        </div>
      ))}
    </dl>
  );
};
