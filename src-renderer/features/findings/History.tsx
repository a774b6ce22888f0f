import { useTranslation } from 'react-i18next';
import { instantText } from '../../components/measure-text.ts';
import styles from './Findings.module.css';
import type { FindingAnswer } from './finding-types.ts';

type Line = FindingAnswer['history'][number];

/** Everything that was done on the finding, newest first; what was taken back stays in sight. */
export const History = ({ lines }: { readonly lines: readonly Line[] }) => {
  const { t } = useTranslation();
  const words = ({ kind, value }: Line): string => {
    switch (kind) {
      case 'state-set':
        return t(`states.${value as 'open'}`);
      case 'severity-set':
        return value === ''
          ? t('trail.severityOfTest')
          : t('triage.severitySet', { severity: t(`severity.${value as 'high'}`) });
      case 'flag-set':
        return t(value === 'flagged' ? 'triage.flagged' : 'triage.unflagged');
      case 'assigned':
        return value === '' ? t('triage.unassigned') : t('triage.assigned', { name: value });
      case 'reviewed':
        return t(`approval.${value as 'approved'}`);
      case 'undone':
        return t('trail.undone', { seq: value });
      case 'commented':
        return t('triage.commented');
      case 'explanations-tried':
        return t('trail.explanations');
    }
  };
  return (
    <section aria-label={t('trail.title')}>
      <h3>{t('trail.title')}</h3>
      {lines.length === 0 ? (
        <p className={styles.legend}>{t('trail.none')}</p>
      ) : (
        <ol className={styles.trail}>
          {lines.map(line => (
            <li key={`${line.earlier} ${line.seq}`} data-undone={line.undone}>
              <span className={`${styles.legend} nx-number`}>
                {line.seq < 1 ? '' : t('trail.seq', { seq: line.seq })} {instantText(line.at)} {line.actor}
              </span>
              <span>
                {words(line)}
                {line.text === '' ? '' : `: ${line.text}`}
                {line.undone ? ` (${t('trail.takenBack')})` : ''}
                {line.earlier ? ` (${t('trail.earlier')})` : ''}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
};
