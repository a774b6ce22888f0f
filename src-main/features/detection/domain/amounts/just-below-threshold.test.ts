import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDate } from '../../../../kernel/civil-date.ts';
import { randomRows, rowSets } from '../random-rows.fixture.ts';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { justBelowThreshold } from './just-below-threshold.ts';

const cash = (date: string, amount = '9900.00') => ({
  date,
  amount,
  party: 'YARD CASH',
  account: 'A1',
  currency: 'EUR',
});

describe('just-below-threshold', () => {
  it('includes the lower end of the band and excludes the threshold itself', () => {
    const amounts = ['9499.99', '9500.00', '-9999.99', '10000.00', '10499.99', '10500.00', ''];
    const { findings, statistics, population } = resultOf(
      justBelowThreshold,
      tableOf(amounts.map(amount => ({ amount }))),
    );
    expect(statistics).toMatchObject({ inBand: 2, justAbove: 2, ratio: 1, clusters: 0 });
    expect(findings.map(finding => [...finding.rows])).toEqual([[1, 2]]);
    expect(findings[0]).toMatchObject({ key: 'single', severity: 'low' });
    expect(population.excluded).toEqual([{ reason: 'amount is unknown', count: 1 }]);
  });

  it('keeps bounds exact that no binary fraction can hold', () => {
    // 2.5 % below 333.33 is 324.99675: 324.99 is below it, 325.00 above.
    const table = tableOf([{ amount: '324.99' }, { amount: '325.00' }, { amount: '333.32' }, { amount: '333.33' }]);
    const { findings } = resultOf(justBelowThreshold, table, { threshold: '333.33', band: '2.5' });
    expect(findings.map(finding => [...finding.rows])).toEqual([[1, 2]]);
  });

  it('finds three rows within seven days, not within eight', () => {
    const inside = tableOf([cash('2024-03-01'), cash('2024-03-05'), cash('2024-03-07'), cash('2024-05-01')]);
    const { findings } = resultOf(justBelowThreshold, inside);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: 'high', score: 0.75 });
    expect([...findings[0]!.rows]).toEqual([0, 1, 2, 3]);
    expect(findings[0]!.reason).toBe(
      'YARD CASH, account A1: 4 amounts from 9,500.00 EUR and below 10,000.00 EUR, 3 of them within 7 days.',
    );
    const outside = tableOf([cash('2024-03-01'), cash('2024-03-05'), cash('2024-03-08')]);
    expect(resultOf(justBelowThreshold, outside).findings.map(finding => finding.key)).toEqual(['single']);
  });

  it('tests each limit of a list by itself, in place of the single one', () => {
    const table = tableOf(['4900.00', '4999.99', '9900.00', '24000.00', '5000.00'].map(amount => ({ amount })));
    const { findings, statistics } = resultOf(justBelowThreshold, table, { thresholds: '25000,5000,5000.0' });
    expect(statistics).toMatchObject({ inBand: 3, justAbove: 1 });
    expect(findings.map(({ key, rows }) => [key, [...rows]])).toEqual([
      ['single 5000', [0, 1]],
      ['single 25000', [3]],
    ]);
    const one = resultOf(justBelowThreshold, table, { thresholds: '5000' });
    expect(one.findings.map(({ key, rows }) => [key, [...rows]])).toEqual([['single', [0, 1]]]);
  });

  it('lists every in-band row once and clusters as defined (property, brute force)', () => {
    fc.assert(
      fc.property(
        randomRows(50),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 2, max: 4 }),
        (rows, window, least) => {
          const inBand = [...rows.keys()].filter(i => {
            const size = Math.abs(Number(rows[i]!.amount || Number.NaN));
            return size >= 9500 && size < 10_000;
          });
          const parties = Map.groupBy(
            inBand.filter(i => rows[i]!.party !== ''),
            i => `${rows[i]!.party}|${rows[i]!.account}`,
          );
          const clusters = [...parties.values()].filter(group => {
            const days = group.map(i => parseIsoDate(rows[i]!.date ?? '')).filter(day => day !== null);
            return days.some(first => days.filter(day => day >= first && day < first + window).length >= least);
          });
          const single = inBand.filter(i => !clusters.some(group => group.includes(i)));
          const expected = [...clusters, single].filter(group => group.length > 0).map(group => ({ rows: group }));
          const result = resultOf(justBelowThreshold, tableOf(rows), {
            window: String(window),
            'minimum-count': String(least),
          });
          expect(rowSets(result.findings)).toEqual(rowSets(expected));
          expect(result.statistics.clusters).toBe(clusters.length);
        },
      ),
    );
  });
});
