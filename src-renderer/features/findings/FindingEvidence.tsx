import { Button } from '@mantine/core';
import { type CSSProperties, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TestRunShape } from '../../../src-main/contract/tests.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { SeverityBadge } from '../../components/SeverityBadge.tsx';
import { RecordsGrid } from '../records/RecordsGrid.tsx';
import { BenfordChart } from './BenfordChart.tsx';
import { BinsTable } from './BinsTable.tsx';
import { Decisions } from './Decisions.tsx';
import styles from './Findings.module.css';

interface FindingEvidenceProps {
  readonly caseId: string;
  readonly findingId: string;
  readonly onDecided: () => void;
}

/** Everything a finding rests on: its reason, its rows, the test with version and parameters, the population, the limits. */
export const FindingEvidence = ({ caseId, findingId, onDecided }: FindingEvidenceProps) => {
  const { t } = useTranslation();
  const read = useChannel('findings.read', { findingId });
  const filter = useMemo(() => ({ findingId }), [findingId]);
  return (
    <section className={styles.evidence} aria-label={t('evidence.label')}>
      <ChannelView of={read} lines={8}>
        {({ finding, run }) => (
          <>
            <div className={styles.evidenceHead}>
              <SeverityBadge severity={finding.severity} />
              <h2>{run.title}</h2>
              <span className="nx-number">{t('evidence.score', { score: finding.score.toFixed(2) })}</span>
            </div>
            <p className={styles.why}>{finding.reason}</p>
            <Decisions finding={finding} onDecided={onDecided} />
            {run.bins.length === 0 ? null : <Bins run={run} />}
            <div>
              <div className={styles.sectionHead}>
                <h3>{t('evidence.rows', { count: finding.rowCount })}</h3>
                <Button component={Link} to={paths.records(caseId, { findingId })} size="compact-sm" variant="default">
                  {t('evidence.openRows', { count: finding.rowCount })}
                </Button>
              </div>
              <div className={styles.rows} style={{ '--rows': finding.rowCount } as CSSProperties}>
                <RecordsGrid caseId={caseId} filter={filter} label={t('evidence.rowsLabel')} />
              </div>
            </div>
            <div className={styles.halves}>
              <section>
                <h3>{t('evidence.parameters')}</h3>
                <DefinitionList
                  entries={[
                    [t('evidence.test'), t('evidence.testVersion', { test: run.test, version: run.version })],
                    ...Object.entries({ ...run.parameters, ...finding.parameters }),
                  ]}
                />
              </section>
              <section>
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
              {Object.keys(run.statistics).length === 0 ? null : (
                <section>
                  <h3>{t('evidence.statistics')}</h3>
                  <DefinitionList
                    entries={Object.entries(run.statistics).map(([name, value]) => [
                      name,
                      value === null ? t('unknown') : typeof value === 'number' ? figureText(value) : value,
                    ])}
                  />
                </section>
              )}
              <section>
                <h3>{t('evidence.limits')}</h3>
                {run.limits.length === 0 ? (
                  <p className={styles.legend}>{t('evidence.noLimits')}</p>
                ) : (
                  <ul className={styles.limits}>
                    {run.limits.map(limit => (
                      <li key={limit}>{limit}</li>
                    ))}
                  </ul>
                )}
              </section>
            </div>
          </>
        )}
      </ChannelView>
    </section>
  );
};

/** A statistic to six significant digits; whole numbers as they are. */
const figureText = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(6));

const Bins = ({ run }: { readonly run: TestRunShape }) => {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  useKeys({ t: () => setAsTable(before => !before) });
  return (
    <div>
      <div className={styles.sectionHead}>
        <h3>{t('benford.title')}</h3>
        <Button
          size="compact-sm"
          variant="default"
          aria-pressed={asTable}
          rightSection={<KeyHint keys="t" />}
          onClick={() => setAsTable(!asTable)}
        >
          {t('benford.asTable')}
        </Button>
      </div>
      {asTable ? <BinsTable run={run} /> : <BenfordChart run={run} />}
    </div>
  );
};
