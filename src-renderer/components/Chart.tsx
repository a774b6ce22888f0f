import { useComputedColorScheme } from '@mantine/core';
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import styles from './Chart.module.css';

echarts.use([BarChart, LineChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);

/** Colours and words of the current theme, as charts take them. */
export interface ChartInk {
  readonly variable: (name: string) => string;
  readonly words: { readonly color: string; readonly fontFamily: string; readonly fontSize: number };
  readonly tooltip: Readonly<Record<string, unknown>>;
}

interface ChartProps {
  /** What the picture shows and where its numbers stand as a table. */
  readonly label: string;
  /** A new function draws anew: keep it with useCallback. */
  readonly draw: (ink: ChartInk) => echarts.EChartsCoreOption;
  /** A bar or point was clicked: its place in the series. A shortcut for the pointer; the table twin is for everyone. */
  readonly onPick?: (index: number) => void;
}

/** A chart drawn as SVG in the colours of the theme. A picture for the eye; a table twin carries the numbers. */
export const Chart = ({ label, draw, onPick }: ChartProps) => {
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of scheme changes the variables read here
  useEffect(() => {
    if (place.current === null) return;
    const style = getComputedStyle(place.current);
    const variable = (name: string): string => style.getPropertyValue(name).trim();
    const words = { color: variable('--mantine-color-dimmed'), fontFamily: 'Inter Variable', fontSize: 11 };
    const tooltip = {
      backgroundColor: variable('--nx-surface'),
      borderColor: variable('--nx-line-strong'),
      textStyle: { ...words, color: variable('--mantine-color-text') },
    };
    const chart = echarts.init(place.current, null, { renderer: 'svg' });
    chart.setOption({ animation: false, ...draw({ variable, words, tooltip }) });
    chart.on('click', ({ dataIndex }) => typeof dataIndex === 'number' && pick.current?.(dataIndex));
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [draw, scheme]);
  return <div ref={place} className={styles.chart} role="img" aria-label={label} />;
};
