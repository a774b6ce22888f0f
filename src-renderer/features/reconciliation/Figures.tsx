import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { Money } from '../../components/Money.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Reconciliation.module.css';
import type { Shown } from './reconciliation-types.ts';

interface FiguresProps {
  readonly caseId: string;
  readonly shown: Shown;
}

/** Where the reconciliation stands: matched, suggested, open, and what both sides differ by. Each number opens what it counts. */
export const Figures = ({ caseId, shown }: FiguresProps) => {
  const { t } = useTranslation();
  const { counts, proof } = shown;
  const pairs = (count: number, label: string, judgment: string) =>
    count === 0 ? (
      <span className="nx-number">{t('count', { count })}</span>
    ) : (
      <Link
        className={`${styles.figureLink} nx-number`}
        to={paths.reconciliation(caseId, 'pairs', judgment)}
        aria-label={t('countOpens', { count, label })}
      >
        {t('count', { count })}
      </Link>
    );
  const open = (side: 'a' | 'b') => {
    const count = side === 'a' ? counts.openA : counts.openB;
    const label = t(`reconciliation.figures.open.${side}`);
    return <CountButton count={count} label={label} to={paths.records(caseId, { reconciliation: `${side}:open` })} />;
  };
  return (
    <dl className={styles.figures}>
      <div>
        <dt>{t('reconciliation.figures.matched')}</dt>
        <dd>{pairs(counts.matched, t('reconciliation.figures.matched'), 'matched')}</dd>
      </div>
      <div data-tone={counts.suggested > 0 ? 'open' : undefined}>
        <dt>{t('reconciliation.figures.suggested')}</dt>
        <dd>{pairs(counts.suggested, t('reconciliation.figures.suggested'), 'suggested')}</dd>
      </div>
      {(['a', 'b'] as const).map(side => (
        <div key={side}>
          <dt>{t(`reconciliation.figures.open.${side}`)}</dt>
          <dd>{open(side)}</dd>
        </div>
      ))}
      {counts.explained === 0 ? null : (
        <div>
          <dt>{t('reconciliation.figures.explained')}</dt>
          <dd>
            <CountButton
              count={counts.explained}
              label={t('reconciliation.figures.explained')}
              to={paths.records(caseId, { reconciliation: 'explained' })}
            />
          </dd>
        </div>
      )}
      {proof.map(line => (
        <div key={line.currency ?? ''} className={styles.difference}>
          <dt>{t('reconciliation.figures.difference')}</dt>
          <dd>
            <Link
              className={styles.figureLink}
              to={paths.records(caseId, { reconciliation: `ab:unsettled:${line.currency ?? ''}` })}
            >
              <Money amount={line.openDifference} currency={line.currency} signed />
            </Link>
          </dd>
        </div>
      ))}
      <div className={styles.verdictFigure}>
        <dt className="nx-visually-hidden">{t('proof.title')}</dt>
        <dd>
          <StatusTag tone={proof.every(({ foots }) => foots) ? 'good' : 'bad'}>
            {t(proof.every(({ foots }) => foots) ? 'reconciliation.figures.foots' : 'reconciliation.figures.footsNot')}
          </StatusTag>
        </dd>
      </div>
    </dl>
  );
};
