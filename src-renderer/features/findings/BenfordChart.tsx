import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { TestRunShape } from '../../../src-main/contract/tests.contract.ts';
import { Chart, type ChartInk } from '../../components/Chart.tsx';
import { binChart, binFacts, Z_LIMIT } from './bin-chart.ts';
import styles from './Findings.module.css';

/** What was found as bars, what is expected as a line. A picture for the eye; the table twin carries the numbers. */
export const BenfordChart = ({ run }: { readonly run: TestRunShape }) => {
  const { t } = useTranslation();
  const { bins } = run;
  const { hasExpectation, hasZ } = binFacts(bins);
  const draw = useCallback((ink: ChartInk) => binChart(bins, ink, t), [bins, t]);
  return (
    <figure className={styles.figure}>
      <Chart label={t(hasExpectation ? 'benford.chart' : 'benford.chartAlone', { count: bins.length })} draw={draw} />
      {hasZ ? <figcaption className={styles.legend}>{t('benford.marked', { limit: Z_LIMIT })}</figcaption> : null}
    </figure>
  );
};
