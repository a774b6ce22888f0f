import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { Chart, type ChartInk } from '../../components/Chart.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import styles from './Quality.module.css';
import { useDimensionName } from './use-dimension-name.ts';

type Run = ChannelAnswer<'quality.trend'>['runs'][number];

/** Lines are told apart by their symbol as well as by their colour (WCAG 1.4.1). */
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'emptyCircle'] as const;

/** How score and dimensions went from one examination to the next. */
export const Trend = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const read = useChannel('quality.trend', { caseId });
  const [asTable, setAsTable] = useState(false);
  const runs = read.data?.runs ?? [];
  return (
    <Panel
      title={t('quality.trend.title')}
      note={t('quality.trend.note', { count: runs.length })}
      actions={
        runs.length < 2 ? undefined : (
          <Button size="compact-sm" variant="default" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t('benford.asTable')}
          </Button>
        )
      }
      flush={asTable}
    >
      <ChannelView of={read} lines={4}>
        {data =>
          data.runs.length < 2 ? (
            <p className={styles.quiet}>{t('quality.trend.single')}</p>
          ) : asTable ? (
            <TrendTable runs={data.runs} />
          ) : (
            <TrendChart runs={data.runs} />
          )
        }
      </ChannelView>
    </Panel>
  );
};

const dimensionsOf = (runs: readonly Run[]): string[] => [
  ...new Set(runs.flatMap(({ dimensions }) => Object.keys(dimensions))),
];

const TrendChart = ({ runs }: { readonly runs: readonly Run[] }) => {
  const { t, i18n } = useTranslation();
  const draw = useCallback(
    ({ variable, words, tooltip }: ChartInk) => {
      const nameOf = (dimension: string): string =>
        i18n.exists(`dimensions.${dimension}`) ? t(`dimensions.${dimension}` as 'dimensions.completeness') : dimension;
      const scores = runs.flatMap(({ score, dimensions }) => [score, ...Object.values(dimensions)]);
      const lowest = Math.min(...scores.filter(score => score !== null));
      return {
        grid: { left: 4, right: 12, top: 34, bottom: 2, containLabel: true },
        legend: { top: 0, left: 0, itemHeight: 9, itemWidth: 18, itemGap: 14, textStyle: words },
        tooltip: { trigger: 'axis', ...tooltip },
        xAxis: {
          type: 'category',
          data: runs.map((run, at) => `${at + 1} · ${instantText(run.ranAt)}`),
          axisLabel: { ...words, hideOverlap: true },
          axisTick: { show: false },
          axisLine: { lineStyle: { color: variable('--nx-line-strong') } },
        },
        yAxis: {
          type: 'value',
          min: Math.max(0, Math.floor(lowest / 10) * 10),
          max: 100,
          axisLabel: words,
          splitLine: { lineStyle: { color: variable('--nx-line') } },
        },
        series: [
          {
            type: 'line',
            name: t('score'),
            color: variable('--nx-chart-line'),
            symbol: 'none',
            lineStyle: { width: 3 },
            data: runs.map(run => run.score),
          },
          ...dimensionsOf(runs).map((dimension, at) => ({
            type: 'line',
            name: nameOf(dimension),
            color: variable(`--trend-${at + 1}`) || variable('--nx-chart-bar'),
            symbol: SYMBOLS[at % SYMBOLS.length],
            symbolSize: 7,
            lineStyle: { width: 1.25 },
            data: runs.map(run => run.dimensions[dimension] ?? null),
          })),
        ],
      };
    },
    [runs, t, i18n],
  );
  return (
    <div className={styles.trend}>
      <Chart label={t('quality.trend.chart', { count: runs.length })} draw={draw} />
    </div>
  );
};

const TrendTable = ({ runs }: { readonly runs: readonly Run[] }) => {
  const { t } = useTranslation();
  const nameOf = useDimensionName();
  const told = (score: number | null | undefined): string => score?.toFixed(1) ?? t('unknown');
  return (
    <FactTable
      caption={t('quality.trend.table')}
      rows={runs.map((run, at) => ({ run, number: at + 1 })).reverse()}
      rowKey={({ run }) => run.runId}
      columns={[
        { key: 'number', head: t('quality.trend.run'), cell: ({ number }) => number, numeric: true },
        { key: 'at', head: t('quality.trend.at'), cell: ({ run }) => instantText(run.ranAt), nowrap: true },
        { key: 'score', head: t('score'), cell: ({ run }) => <strong>{told(run.score)}</strong>, numeric: true },
        ...dimensionsOf(runs).map(dimension => ({
          key: dimension,
          head: nameOf(dimension),
          cell: ({ run }: { readonly run: Run }) => told(run.dimensions[dimension]),
          numeric: true,
        })),
      ]}
    />
  );
};
