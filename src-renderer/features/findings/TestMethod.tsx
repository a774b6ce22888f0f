import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TestRunShape } from '../../../src-main/contract/tests.contract.ts';
import { useKeys } from '../../app/keyboard.ts';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { BenfordChart } from './BenfordChart.tsx';
import { BinsTable } from './BinsTable.tsx';
import styles from './Findings.module.css';
import { TestFormula } from './TestFormula.tsx';

/** How a test came to its finding: parameters, population, figures, limits. */
export const TestMethod = ({ run }: { readonly run: TestRunShape }) => {
  const { t } = useTranslation();
  return (
    <section aria-label={t('evidence.methodOf', { title: run.title })}>
      <h3>{t('evidence.methodOf', { title: run.title })}</h3>
      <TestFormula test={run.test} />
      <div className={styles.halves}>
        <div>
          <h4>{t('evidence.parameters')}</h4>
          <DefinitionList
            entries={[
              [t('evidence.test'), t('evidence.testVersion', { test: run.test, version: run.version })],
              ...Object.entries(run.parameters),
            ]}
          />
        </div>
        <div>
          <h4>{t('evidence.population')}</h4>
          <DefinitionList
            entries={[
              [t('evidence.populationRows'), t('count', { count: run.population.rows })],
              [t('evidence.populationUsed'), t('count', { count: run.population.used })],
              ...run.population.excluded.map(
                ({ reason, count }) => [t('evidence.excluded', { reason }), t('count', { count })] as const,
              ),
            ]}
          />
        </div>
        {Object.keys(run.statistics).length === 0 ? null : (
          <div>
            <h4>{t('evidence.statistics')}</h4>
            <DefinitionList
              entries={Object.entries(run.statistics).map(([name, value]) => [
                name,
                value === null ? t('unknown') : typeof value === 'number' ? figureText(value) : value,
              ])}
            />
          </div>
        )}
        <div>
          <h4>{t('evidence.limits')}</h4>
          {run.limits.length === 0 ? (
            <p className={styles.legend}>{t('evidence.noLimits')}</p>
          ) : (
            <ul className={styles.limits}>
              {run.limits.map(limit => (
                <li key={limit}>{limit}</li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </section>
  );
};

/** A statistic to six significant digits; whole numbers as they are. */
const figureText = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(6));

/** Bars that can still be told apart: beyond it a distribution is shown as a table only. */
const MOST_BARS = 120;

/** The distribution behind a digit test, as a picture or as a table. */
export const Distribution = ({ run }: { readonly run: TestRunShape }) => {
  const { t } = useTranslation();
  const [wantsTable, setWantsTable] = useState(false);
  const asTable = wantsTable || run.bins.length > MOST_BARS;
  useKeys({ t: () => setWantsTable(before => !before) });
  return (
    <div>
      <div className={styles.sectionHead}>
        <h3>{t('benford.title')}</h3>
        <Button
          size="compact-sm"
          variant="default"
          aria-pressed={asTable}
          rightSection={<KeyHint keys="t" />}
          onClick={() => setWantsTable(!wantsTable)}
        >
          {t('benford.asTable')}
        </Button>
      </div>
      {asTable ? <BinsTable run={run} /> : <BenfordChart run={run} />}
    </div>
  );
};
