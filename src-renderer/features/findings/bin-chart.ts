import type { TFunction } from 'i18next';
import type { TestRunShape } from '../../../src-main/contract/tests.contract.ts';
import type { ChartInk } from '../../components/Chart.tsx';
import { groupedDecimal } from '../../components/money-text.ts';

export type Bin = TestRunShape['bins'][number];

/** |z| above which a class stands out: two-sided 5 % (Nigrini 2012, 1.96). */
export const Z_LIMIT = 1.96;

/** What a distribution holds: a profile expects nothing, a test of sums expects money, a test of digits expects rows. */
export interface BinFacts {
  /** The expectation is a sum: bars are money, not rows. */
  readonly isOfMoney: boolean;
  readonly hasExpectation: boolean;
  readonly hasSums: boolean;
  readonly hasZ: boolean;
  /** Classes count something else than the rows they open. */
  readonly hasOwnRows: boolean;
}

export const binFacts = (bins: readonly Bin[]): BinFacts => {
  const isOfMoney = bins.some(({ expectedAmount }) => expectedAmount !== undefined);
  return {
    isOfMoney,
    hasExpectation: isOfMoney || bins.some(({ expected }) => expected !== null),
    hasSums: bins.some(({ amount }) => amount !== undefined),
    hasZ: bins.some(({ z }) => z !== null),
    hasOwnRows: bins.some(({ rows }) => rows !== undefined),
  };
};

/** A count or an expected count, grouped, with one decimal where it is no whole number. */
export const countText = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 1 });

/**
 * Bars of what was found with a line of what is expected; no line where nothing is. Heights are for the eye only: words beside
 * them are the exact text. `at` is the class in focus.
 */
export const binChart = (
  bins: readonly Bin[],
  { variable, words, tooltip }: ChartInk,
  t: TFunction,
  at: number | null = null,
): Readonly<Record<string, unknown>> => {
  const { isOfMoney, hasExpectation, hasZ } = binFacts(bins);
  const bar = variable('--nx-chart-bar');
  const marked = variable('--nx-chart-bar-marked');
  const found = (bin: Bin): string => (isOfMoney ? groupedDecimal(bin.amount ?? '') : countText(bin.count));
  const expected = ({ expected: rows, expectedAmount }: Bin): string => {
    if (isOfMoney) return groupedDecimal(expectedAmount ?? '');
    return rows === null ? t('unknown') : countText(rows);
  };
  const inWords = (text: (bin: Bin) => string) => ({
    valueFormatter: (_: unknown, index: number): string => {
      const bin = bins[index];
      return bin === undefined ? '' : text(bin);
    },
  });
  const names = isOfMoney
    ? { found: t('benford.sum'), expected: t('benford.expectedSum') }
    : { found: t(hasZ ? 'benford.observed' : 'benford.rows'), expected: t('benford.expected') };
  return {
    grid: { left: 4, right: 8, top: 28, bottom: 2, containLabel: true },
    legend: { top: 0, right: 0, itemHeight: 8, itemWidth: 14, textStyle: words },
    tooltip: { trigger: 'axis', ...tooltip },
    xAxis: {
      type: 'category',
      data: bins.map(bin => bin.key),
      axisLabel: words,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: variable('--nx-line-strong') } },
    },
    yAxis: { type: 'value', axisLabel: words, splitLine: { lineStyle: { color: variable('--nx-line') } } },
    series: [
      {
        type: 'bar',
        name: names.found,
        color: bar,
        barCategoryGap: '18%',
        tooltip: inWords(found),
        data: bins.map((bin, i) => ({
          value: isOfMoney ? Number(bin.amount) : bin.count,
          itemStyle: {
            color: Math.abs(bin.z ?? 0) > Z_LIMIT ? marked : bar,
            borderRadius: [2, 2, 0, 0],
            borderWidth: i === at ? 2 : 0,
            borderColor: variable('--mantine-color-text'),
          },
        })),
      },
      ...(hasExpectation
        ? [
            {
              type: 'line',
              name: names.expected,
              color: variable('--nx-chart-line'),
              showSymbol: false,
              lineStyle: { width: 1.5 },
              tooltip: inWords(expected),
              data: bins.map(bin => (isOfMoney ? Number(bin.expectedAmount) : bin.expected)),
            },
          ]
        : []),
    ],
  };
};
