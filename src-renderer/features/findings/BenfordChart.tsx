import { useComputedColorScheme } from '@mantine/core';
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TestRunShape } from '../../../src-main/contract/tests.contract.ts';
import styles from './Findings.module.css';

echarts.use([BarChart, LineChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);

/** |z| above which a bar stands out: two-sided 5 % (Nigrini 2012, 1.96). */
const Z_LIMIT = 1.96;

const cssVariable = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Observed counts as bars, the expected ones as a line. A picture for the eye; the table twin carries the numbers. */
export const BenfordChart = ({ run }: { readonly run: TestRunShape }) => {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of scheme changes the variables read here
  useEffect(() => {
    if (place.current === null) return;
    const chart = echarts.init(place.current, null, { renderer: 'svg' });
    const bar = cssVariable('--nx-chart-bar');
    const marked = cssVariable('--nx-chart-bar-marked');
    const words = { color: cssVariable('--mantine-color-dimmed'), fontFamily: 'Inter Variable', fontSize: 11 };
    chart.setOption({
      animation: false,
      grid: { left: 4, right: 8, top: 28, bottom: 2, containLabel: true },
      legend: { top: 0, right: 0, itemHeight: 8, itemWidth: 14, textStyle: words },
      tooltip: {
        trigger: 'axis',
        backgroundColor: cssVariable('--nx-surface'),
        borderColor: cssVariable('--nx-line-strong'),
        textStyle: { ...words, color: cssVariable('--mantine-color-text') },
      },
      xAxis: {
        type: 'category',
        data: run.bins.map(bin => bin.key),
        axisLabel: words,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: cssVariable('--nx-line-strong') } },
      },
      yAxis: { type: 'value', axisLabel: words, splitLine: { lineStyle: { color: cssVariable('--nx-line') } } },
      series: [
        {
          type: 'bar',
          name: t('benford.observed'),
          color: bar,
          barCategoryGap: '18%',
          data: run.bins.map(bin => ({
            value: bin.count,
            itemStyle: { color: Math.abs(bin.z ?? 0) > Z_LIMIT ? marked : bar, borderRadius: [2, 2, 0, 0] },
          })),
        },
        {
          type: 'line',
          name: t('benford.expected'),
          color: cssVariable('--nx-chart-line'),
          showSymbol: false,
          smooth: false,
          lineStyle: { width: 1.5 },
          data: run.bins.map(bin => Number(bin.expected.toFixed(1))),
        },
      ],
    });
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [run, scheme, t]);
  return (
    <figure className={styles.figure}>
      <div
        ref={place}
        className={styles.chart}
        role="img"
        aria-label={t('benford.chart', { count: run.bins.length })}
      />
      <figcaption className={styles.legend}>{t('benford.marked', { limit: Z_LIMIT })}</figcaption>
    </figure>
  );
};
