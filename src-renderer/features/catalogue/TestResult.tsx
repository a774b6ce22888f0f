import { useTranslation } from 'react-i18next';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { BinsFigure } from './BinsFigure.tsx';
import styles from './Catalogue.module.css';
import type { CatalogueTest, TestRun } from './catalogue-types.ts';
import { figureName, figureText, tooFew } from './test-state.ts';

interface TestResultProps {
  readonly caseId: string;
  readonly test: CatalogueTest;
  readonly run: TestRun;
}

/** What a run came to: its distribution, what was used and left out, its figures, what it could not say. */
export const TestResult = ({ caseId, test, run }: TestResultProps) => {
  const { t } = useTranslation();
  const few = tooFew(run);
  // A verdict on too few values is none: the figure stays, the word does not.
  const statistics = Object.entries(run.statistics).filter(([name]) => few === null || name !== 'conformity');
  const limits = run.limits.filter(limit => limit !== few);
  return (
    <>
      {few === null ? null : (
        <div className={styles.few} role="note">
          <StatusTag tone="warn">{t('catalogue.tooFew')}</StatusTag>
          <span>{few}</span>
        </div>
      )}
      {run.bins.length === 0 ? null : <BinsFigure caseId={caseId} test={test} run={run} />}
      <div className={styles.halves}>
        <section aria-label={t('evidence.population')}>
          <h3>{t('evidence.population')}</h3>
          <DefinitionList
            entries={[
              [t('evidence.populationRows'), t('count', { count: run.population.rows })],
              [t('evidence.populationUsed'), t('count', { count: run.population.used })],
              ...run.population.excluded.map(
                ({ reason, count }) => [t('evidence.excluded', { reason }), t('count', { count })] as const,
              ),
            ]}
          />
        </section>
        {statistics.length === 0 ? null : (
          <section aria-label={t('evidence.statistics')}>
            <h3>{t('evidence.statistics')}</h3>
            <DefinitionList
              entries={statistics.map(([name, value]) => [
                figureName(name),
                value === null ? t('unknown') : typeof value === 'number' ? figureText(value) : value,
              ])}
            />
          </section>
        )}
        <section aria-label={t('evidence.limits')}>
          <h3>{t('evidence.limits')}</h3>
          {limits.length === 0 ? (
            <p className={styles.quiet}>{t('evidence.noLimits')}</p>
          ) : (
            <ul className={styles.limits}>
              {limits.map(limit => (
                <li key={limit}>{limit}</li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </>
  );
};
