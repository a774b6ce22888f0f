import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import { type Bin, binChart, binFacts } from './bin-chart.ts';

const t = ((key: string) => key) as TFunction;
const INK = { variable: (name: string) => name, words: { color: '', fontFamily: '', fontSize: 11 }, tooltip: {} };

interface Series {
  readonly type: string;
  readonly name: string;
  readonly tooltip: { readonly valueFormatter: (value: unknown, index: number) => string };
  readonly data: readonly unknown[];
}
const seriesOf = (bins: readonly Bin[]): readonly Series[] => binChart(bins, INK, t).series as readonly Series[];

const DIGITS: Bin = { key: '10', count: 1200, expected: 41.39, z: 2.5 };
// Sums beyond 2^53 cents: as numbers they would lose their last digits.
const SUM: Bin = {
  key: '10',
  count: 3,
  expected: null,
  z: null,
  amount: '90071992547409931.25',
  expectedAmount: '44.26',
};
const BAND: Bin = { key: 'over 120 days', count: 2, expected: null, z: null, amount: '-16.00' };

it('a test of digits has bars of rows and a line of what is expected', () => {
  expect(seriesOf([DIGITS]).map(({ type, name, data }) => [type, name, data.length])).toEqual([
    ['bar', 'benford.observed', 1],
    ['line', 'benford.expected', 1],
  ]);
  expect(seriesOf([DIGITS]).map(({ tooltip }) => tooltip.valueFormatter(0, 0))).toEqual(['1,200', '41.4']);
});

it('a test of sums has bars of money, whose words are the exact text', () => {
  const series = seriesOf([SUM]);
  expect(series.map(({ name }) => name)).toEqual(['benford.sum', 'benford.expectedSum']);
  expect(series.map(({ tooltip }) => tooltip.valueFormatter(0, 0))).toEqual(['90,071,992,547,409,931.25', '44.26']);
});

it('a profile has bars of rows and no line', () => {
  expect(seriesOf([BAND])).toHaveLength(1);
  expect(seriesOf([BAND])[0]).toMatchObject({ name: 'benford.rows', data: [{ value: 2 }] });
  expect(binFacts([BAND])).toEqual({
    isOfMoney: false,
    hasExpectation: false,
    hasSums: true,
    hasZ: false,
    hasOwnRows: false,
  });
});
