import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { resolveParameters } from '../parameters.ts';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { ageing } from './ageing.ts';
import { largestGrowth } from './largest-growth.ts';
import { stratification } from './stratification.ts';

const DATA = new URL('../../../../../../shared/data/benford/', import.meta.url);
const corporate: { Amount: string; Date: string; VendorNum: string }[] = parse(
  gunzipSync(readFileSync(new URL('corporate.payment.csv.gz', DATA))),
  { columns: true },
);

const rowsOf = (test: typeof stratification, table: ReturnType<typeof tableOf>, key: string): number[] => {
  const parameters = resolveParameters(test.parameters, {});
  if (!parameters.ok) throw new Error(parameters.error.message);
  return [...test.rowsOfBin!(table, parameters.value, key)];
};

describe('stratification', () => {
  it('puts an amount on a bound into the band that begins there, with sums by size', () => {
    const table = tableOf([{ amount: '9.99' }, { amount: '-10.00' }, { amount: '99.99' }, { amount: '0.00' }, {}]);
    const { bins, statistics, population } = resultOf(stratification, table);
    expect(bins.filter(bin => bin.count > 0)).toEqual([
      { key: '0.00 to below 10.00', count: 2, expected: null, z: null, amount: '9.99' },
      { key: '10.00 to below 100.00', count: 2, expected: null, z: null, amount: '109.99' },
    ]);
    expect(statistics).toEqual({ total: '119.98' });
    expect(population).toMatchObject({ used: 4, excluded: [{ reason: 'amount is unknown', count: 1 }] });
    expect(rowsOf(stratification, table, '10.00 to below 100.00')).toEqual([1, 2]);
  });

  // R 4.2.2 (expected.json): 189,470 amounts that sum to 490,277,624.9; recounted here by string comparison of cents.
  it('adds up to the whole file', () => {
    const table = tableOf(corporate.map(row => ({ amount: row.Amount })));
    const { bins, statistics } = resultOf(stratification, table);
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(189_470);
    const cents = corporate.map(row => Math.abs(Math.round(Number(row.Amount) * 100)));
    expect(statistics.total).toBe(String(cents.reduce((sum, value) => sum + value, 0) / 100));
    expect(bins.at(-1)?.count).toBe(cents.filter(value => value >= 100_000_000).length);
  });
});

describe('ageing', () => {
  it('counts days up to the day given, a band ending with its last day', () => {
    const table = tableOf([
      { amount: '1.00', date: '2024-03-31' },
      { amount: '2.00', date: '2024-03-01' },
      { amount: '4.00', date: '2024-02-29' },
      { amount: '8.00', date: '2023-12-02' },
      { amount: '16.00', date: '2023-12-01' },
      { amount: '32.00', date: '2024-04-01' },
      { amount: '64.00', date: '' },
    ]);
    const { bins, statistics, population } = resultOf(ageing, table, { 'as-of': '2024-03-31' });
    expect(bins.map(({ key, count, expected, amount }) => [key, count, expected, amount])).toEqual([
      ['dated later', 1, null, '32.00'],
      ['0 to 30 days', 2, null, '3.00'],
      ['31 to 60 days', 1, null, '4.00'],
      ['61 to 90 days', 0, null, '0.00'],
      ['91 to 120 days', 1, null, '8.00'],
      ['over 120 days', 1, null, '16.00'],
    ]);
    expect(statistics).toEqual({ asOf: '2024-03-31' });
    expect(population.excluded).toEqual([{ reason: 'date is unknown', count: 1 }]);
    expect(rowsOf(ageing, table, 'dated later')).toEqual([]);
    expect(resultOf(ageing, table).statistics.asOf).toBe('2024-04-01');
  });
});

describe('largest-growth', () => {
  it('ranks by the money gained and leaves out who was not there before', () => {
    const table = tableOf([
      { party: 'SMALL', amount: '-10.00', date: '2024-01-10' },
      { party: 'SMALL', amount: '-100.00', date: '2024-06-10' },
      { party: 'LARGE', amount: '-1000.00', date: '2024-01-10' },
      { party: 'LARGE', amount: '-4000.00', date: '2024-06-10' },
      { party: 'LARGE', amount: '-1.00', date: '2024-06-30' },
      { party: 'STEADY', amount: '-500.00', date: '2024-01-10' },
      { party: 'STEADY', amount: '-500.00', date: '2024-06-10' },
      { party: 'NEW', amount: '-9999.00', date: '2024-06-10' },
    ]);
    const { findings, statistics } = resultOf(largestGrowth, table, { split: '2024-04-01' });
    expect(findings.map(({ key, rows }) => [key, [...rows]])).toEqual([
      ['LARGE', [3, 4]],
      ['SMALL', [1]],
    ]);
    expect(findings[0]?.reason).toContain('1,000.00 before 2024-04-01, 4,001.00 from then on (2 rows), 4.0 times');
    expect(statistics).toMatchObject({ grown: 2, appeared: 1 });
    expect(resultOf(largestGrowth, table, { split: '2024-04-01', factor: '4.001' }).findings).toHaveLength(1);
  });

  it('agrees with a recount of the corporate payments by vendor', () => {
    const table = tableOf(corporate.map(row => ({ party: row.VendorNum, amount: row.Amount, date: row.Date })));
    const sums = new Map<string, [number, number]>();
    for (const { VendorNum, Amount, Date: day } of corporate) {
      const pair = sums.get(VendorNum) ?? [0, 0];
      pair[day < '2010-07-01' ? 0 : 1] += Math.abs(Math.round(Number(Amount) * 100));
      sums.set(VendorNum, pair);
    }
    const grown = [...sums].filter(([, [before, after]]) => before > 0 && after > 3 * before);
    const best = grown.toSorted(([, a], [, b]) => b[1] - b[0] - (a[1] - a[0]))[0];
    const { findings, statistics } = resultOf(largestGrowth, table, { split: '2010-07-01' });
    expect(statistics.grown).toBe(grown.length);
    expect(findings[0]?.key).toBe(best?.[0]);
  });
});
