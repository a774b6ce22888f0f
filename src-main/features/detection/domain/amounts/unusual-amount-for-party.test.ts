import { describe, expect, it } from 'vitest';
import { expectOrderIndependence } from '../order-independence.fixture.ts';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { unusualAmountForParty } from './unusual-amount-for-party.ts';

const payments = (amounts: readonly string[], currency = 'EUR') =>
  tableOf(amounts.map(amount => ({ amount, party: 'ACME', currency })));

/** Ten values with two far ones; median 2.45, MAD 0.15, z of 8.20 and 8.30 by hand 25.86 and 26.31. */
const TEN = ['2.10', '2.60', '2.40', '2.50', '2.30', '2.10', '2.30', '2.60', '8.20', '8.30'];

describe('unusual-amount-for-party', () => {
  it('finds the two far values of ten, with the z that 0.6745 (x − median) / MAD gives', () => {
    const { findings, statistics, population } = resultOf(unusualAmountForParty, payments(TEN));
    expect(findings.map(finding => [...finding.rows])).toEqual([[8, 9]]);
    // (8.30 − 2.45) × 0.6745 / 0.15 = 26.3055.
    expect(findings[0]!.reason).toBe(
      'ACME: 2 unusual amounts among 10 rows, the farthest 8.30 EUR against a median of 2.45 EUR (robust z 26.3, median absolute deviation 0.15 EUR).',
    );
    expect(findings[0]).toMatchObject({ severity: 'low' });
    expect(findings[0]!.score).toBeCloseTo((1 - 3.5 / 26.3055) * 0.8 ** 4, 6);
    expect(statistics).toEqual({ groups: 1, unusualRows: 2, immaterialRows: 0, groupsFlagged: 1 });
    expect(population).toEqual({ rows: 10, used: 10, excluded: [] });
  });

  it('takes the mean absolute deviation where the MAD is 0', () => {
    // Eleven of 10.00 and one of 40.00: mean deviation 30/12 = 2.5, z = 30 / (1.253314 × 2.5) = 9.57.
    const { findings } = resultOf(unusualAmountForParty, payments([...new Array<string>(11).fill('10.00'), '40.00']));
    expect(findings[0]!.reason).toContain(
      '40.00 EUR against a median of 10.00 EUR (robust z 9.6, mean absolute deviation 2.50 EUR, most amounts being equal) over 12 rows',
    );
    expect(resultOf(unusualAmountForParty, payments(new Array<string>(12).fill('10.00'))).findings).toEqual([]);
  });

  it('asks beyond the limit, not at it', () => {
    // Median 100, MAD 10, 0.6745 × 40 / 10 = 2.698 exactly.
    const amounts = ['80.00', '90.00', '90.00', '100.00', '110.00', '110.00', '140.00'];
    const flagged = (z: string) =>
      resultOf(unusualAmountForParty, payments(amounts), { z, 'minimum-rows': '7' }).findings.length;
    expect(flagged('2.698')).toBe(0);
    expect(flagged('2.697999999')).toBe(1);
  });

  it('compares only amounts of one direction and currency, and leaves out what is immaterial or too few', () => {
    const mixed = tableOf([
      ...TEN.map(amount => ({ amount, party: 'ACME', currency: 'EUR' })),
      ...['-900.00', '-1.00'].map(amount => ({ amount, party: 'ACME', currency: 'EUR' })),
      { amount: '500.00', party: 'ACME', currency: 'USD' },
      { amount: '', party: 'ACME', currency: 'EUR' },
      { amount: '1.00', party: '', currency: 'EUR' },
    ]);
    const { findings, population } = resultOf(unusualAmountForParty, mixed);
    expect(findings.map(finding => [...finding.rows])).toEqual([[8, 9]]);
    expect(population).toEqual({
      rows: 15,
      used: 10,
      excluded: [
        { reason: 'amount is unknown', count: 1 },
        { reason: 'party is unknown', count: 1 },
        { reason: 'party with fewer than 10 rows in one direction and currency', count: 3 },
      ],
    });
    const material = resultOf(unusualAmountForParty, mixed, { materiality: '8.25' });
    expect(material.findings.map(finding => [...finding.rows])).toEqual([[9]]);
    expect(material.statistics.immaterialRows).toBe(1);
  });

  it('counts what it does not list', () => {
    const rows = ['A', 'B', 'C'].flatMap(party => TEN.map(amount => ({ amount, party })));
    const { findings, limits, statistics } = resultOf(unusualAmountForParty, tableOf(rows), { 'most-findings': '2' });
    expect(findings).toHaveLength(2);
    expect(statistics.groupsFlagged).toBe(3);
    expect(limits[1]).toContain('1 weaker one can be had');
  });

  it('does not depend on the order of rows', () => {
    expectOrderIndependence(unusualAmountForParty, { 'minimum-rows': '3', z: '1' });
  });
});
