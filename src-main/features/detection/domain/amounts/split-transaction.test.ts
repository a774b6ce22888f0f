import { describe, expect, it } from 'vitest';
import { expectOrderIndependence } from '../order-independence.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { splitTransaction } from './split-transaction.ts';

const buy = (date: string, amount: string, more: FixtureRow = {}): FixtureRow => ({
  date,
  amount,
  party: 'ACME',
  currency: 'EUR',
  ...more,
});
const rowsOf = (rows: readonly FixtureRow[], parameters = {}) =>
  resultOf(splitTransaction, tableOf(rows), parameters).findings.map(finding => [...finding.rows]);

describe('split-transaction', () => {
  it('finds 6,000 and 5,500 on one day below a limit of 10,000 (worked example)', () => {
    const { findings, statistics } = resultOf(
      splitTransaction,
      tableOf([buy('2024-03-01', '-6000.00'), buy('2024-03-01', '-5500.00'), buy('2024-03-20', '-9000.00')]),
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: 'medium' });
    expect([...findings[0]!.rows]).toEqual([0, 1]);
    expect(findings[0]!.score).toBeCloseTo(0.575, 12);
    expect(findings[0]!.reason).toBe(
      'ACME: 2 purchases on 2024-03-01, each below 10,000.00 EUR, together 11,500.00 EUR.',
    );
    expect(statistics).toEqual({ splits: 1, partiesFlagged: 1, partiesWithManySplits: 0 });
  });

  it('keeps to the window, to the limit itself, and to parts that are parts', () => {
    expect(rowsOf([buy('2024-03-01', '6000.00'), buy('2024-03-03', '5000.00')])).toEqual([[0, 1]]);
    expect(rowsOf([buy('2024-03-01', '6000.00'), buy('2024-03-04', '5000.00')])).toEqual([]);
    // Exactly the limit does not exceed it; a purchase of the limit is not below it; 1,000 is less than a quarter.
    expect(rowsOf([buy('2024-03-01', '5000.00'), buy('2024-03-01', '5000.00')])).toEqual([]);
    expect(rowsOf([buy('2024-03-01', '10000.00'), buy('2024-03-01', '5000.00')])).toEqual([]);
    expect(rowsOf([buy('2024-03-01', '9500.00'), buy('2024-03-01', '1000.00')])).toEqual([]);
    expect(rowsOf([buy('2024-03-01', '9500.00'), buy('2024-03-01', '1000.00')], { 'least-part': '10' })).toEqual([
      [0, 1],
    ]);
  });

  it('never adds up currencies, directions or parties', () => {
    const first = buy('2024-03-01', '6000.00');
    expect(rowsOf([first, buy('2024-03-01', '6000.00', { currency: 'USD' })])).toEqual([]);
    expect(rowsOf([first, buy('2024-03-01', '-6000.00')])).toEqual([]);
    expect(rowsOf([first, buy('2024-03-01', '6000.00', { party: 'BETA' })])).toEqual([]);
  });

  it('is high where parts are equal or consecutively numbered', () => {
    const severity = (rows: FixtureRow[]) => resultOf(splitTransaction, tableOf(rows)).findings[0]!;
    expect(severity([buy('2024-03-01', '6000.00'), buy('2024-03-02', '6000.00')])).toMatchObject({ severity: 'high' });
    const numbered = severity([
      buy('2024-03-01', '6000.00', { reference: 'R-17' }),
      buy('2024-03-02', '5000.00', { reference: 'R-18' }),
    ]);
    expect(numbered.severity).toBe('high');
    expect(numbered.reason).toContain('with consecutive numbers');
  });

  it('reports a split under the highest limit it exceeds, and under a lower one only what is new', () => {
    const rows = [buy('2024-03-01', '4000.00'), buy('2024-03-01', '4500.00'), buy('2024-03-02', '4800.00')];
    const { findings } = resultOf(splitTransaction, tableOf(rows), { thresholds: '5000,10000' });
    expect(findings.map(finding => finding.reason)).toEqual([
      'ACME: 3 purchases from 2024-03-01 to 2024-03-02, each below 10,000.00 EUR, together 13,300.00 EUR.',
    ]);
    expect(rowsOf(rows.slice(0, 2), { thresholds: '5000,10000' })).toEqual([[0, 1]]);
  });

  it('gives a party that is invoiced so all the time one finding', () => {
    const rows = ['01', '08', '15', '22'].flatMap(day => [
      buy(`2024-03-${day}`, '6000.00'),
      buy(`2024-03-${day}`, '6500.00'),
    ]);
    const { findings, statistics } = resultOf(splitTransaction, tableOf(rows));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: 'low' });
    expect(findings[0]!.rows).toHaveLength(8);
    expect(statistics.splits).toBe(4);
  });

  it('says where there is no limit', () => {
    const { findings, limits } = resultOf(splitTransaction, tableOf([buy('2024-03-01', '6000.00')]), {
      thresholds: '',
    });
    expect(findings).toEqual([]);
    expect(limits).toContain('No approval limit is given (parameter thresholds): nothing was tested.');
  });

  it('does not depend on the order of rows', () => {
    expectOrderIndependence(splitTransaction, { 'least-part': '0' });
  });
});
