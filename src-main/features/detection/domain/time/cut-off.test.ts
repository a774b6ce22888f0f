import { describe, expect, it } from 'vitest';
import { expectOrderIndependence } from '../order-independence.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { cutOff } from './cut-off.ts';

const entry = (date: string, valueDate: string, amount = '100.00', ledgerAccount = '4400'): FixtureRow => ({
  date,
  valueDate,
  amount,
  ledgerAccount,
  currency: 'EUR',
});
const rowsOf = (rows: readonly FixtureRow[], parameters = {}) =>
  resultOf(cutOff, tableOf(rows), parameters).findings.map(finding => [...finding.rows]);

describe('cut-off', () => {
  it('finds what was booked after the close and belongs before it, and the reverse (worked example)', () => {
    const { findings, statistics } = resultOf(
      cutOff,
      tableOf([
        entry('2024-01-05', '2023-12-28'),
        entry('2024-01-09', '2023-12-30', '900.00'),
        entry('2023-12-29', '2024-01-03', '50.00'),
        entry('2023-12-30', '2023-12-30'),
        entry('2024-02-05', '2024-01-28'),
      ]),
    );
    expect(statistics).toEqual({ closes: 1, bookedLate: 2, bookedEarly: 1, flagged: 2 });
    expect(findings.map(({ rows }) => [...rows])).toEqual([[0, 1], [2]]);
    expect(findings.map(({ reason }) => reason)).toEqual([
      'Account 4400: 2 entries (1,000.00 EUR) belong to the period up to 2023-12-31 by their date and were booked after it. The largest: 900.00 EUR, 2024-01-09, dated 2023-12-30.',
      'Account 4400: 1 entry (50.00 EUR) was booked up to 2023-12-31 and belongs to the next period by its date. It: 50.00 EUR, 2023-12-29, dated 2024-01-03.',
    ]);
  });

  it('tests the close it is given, within the days it is given', () => {
    const june = [
      entry('2024-07-02', '2024-06-30'),
      entry('2024-12-31', '2024-06-29'),
      entry('2024-12-31', '2024-05-01'),
    ];
    expect(rowsOf(june)).toEqual([]);
    expect(rowsOf(june, { 'period-end': '2024-06-30' })).toEqual([[0, 1]]);
    expect(rowsOf(june, { 'period-end': '2024-06-30', days: '1' })).toEqual([[0, 1]]);
    expect(rowsOf(june, { 'year-end': '06-30' })).toEqual([[0, 1]]);
  });

  it('says how much by materiality, and what is unknown', () => {
    const rows = [entry('2024-01-05', '2023-12-28'), entry('', '2023-12-28'), entry('2024-01-05', '')];
    const severity = (materiality: string) => resultOf(cutOff, tableOf(rows), { materiality }).findings[0]!.severity;
    expect(['0', '100', '100.01'].map(severity)).toEqual(['medium', 'high', 'low']);
    expect(resultOf(cutOff, tableOf(rows)).population).toEqual({
      rows: 3,
      used: 1,
      excluded: [
        { reason: 'booking date is unknown', count: 1 },
        { reason: 'value or document date is unknown', count: 1 },
      ],
    });
    expect(resultOf(cutOff, tableOf(rows), { 'year-end': '06-30' }).limits[1]).toContain('Nothing was tested');
  });

  it('never adds up currencies', () => {
    const rows = [entry('2024-01-05', '2023-12-28'), { ...entry('2024-01-05', '2023-12-28'), currency: 'USD' }];
    expect(rowsOf(rows)).toEqual([[0], [1]]);
  });

  it('does not depend on the order of rows', () => {
    expectOrderIndependence(cutOff, {}, ['', '2023-12-31', '2024-01-02', '2024-03-04']);
  });
});
