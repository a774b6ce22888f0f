import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { entryOf, expectOrderIndependent, foundEntries, sales } from './journal.fixture.ts';
import { journalPostClose } from './journal-post-close.ts';

const posted = (entry: string, date: string, entered?: string) =>
  entryOf(
    entry,
    [
      ['1200', '80.00'],
      ['4000', '-80.00'],
    ],
    { date, ...(entered === undefined ? {} : { entered }) },
  );
const control = sales(5, { date: '2024-12-30', entered: '2024-12-31' });

describe('journal-post-close', () => {
  it('finds what was entered after the close into the closed period', () => {
    const rows = [...control, ...posted('LATE', '2024-12-31', '2025-01-20')];
    const { findings, statistics } = resultOf(journalPostClose, tableOf(rows), { 'period-end': '2024-12-31' });
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([10, 11]);
    expect(findings[0]!.severity).toBe('medium');
    expect(findings[0]!.reason).toBe(
      'Entry LATE of 2024-12-31 (2 lines, 80.00 EUR): belongs to the period closed on 2024-12-31 and was entered on 2025-01-20, 20 days after.',
    );
    expect(statistics).toEqual({ entries: 6, enteredAfterClose: 1, datedAfterClose: 0 });
  });

  it('allows the days in which the books are still open: 20 days are allowed by 20 and not by 19', () => {
    const rows = [...control, ...posted('LATE', '2024-12-31', '2025-01-20')];
    const at = (days: string) => foundEntries(journalPostClose, rows, { 'period-end': '2024-12-31', days });
    expect(at('20')).toEqual([]);
    expect(at('19')).toEqual(['LATE']);
  });

  it('takes every financial year as a period where no end is given', () => {
    const rows = [
      ...control,
      ...posted('A', '2023-06-30', '2023-07-01'),
      ...posted('B', '2023-06-30', '2024-01-01'),
      ...posted('C', '2024-02-01', '2024-07-01'),
    ];
    expect(foundEntries(journalPostClose, rows)).toEqual(['B']);
    expect(foundEntries(journalPostClose, rows, { 'year-end': '06-30' })).toEqual(['A', 'B', 'C']);
  });

  it('takes an entry dated after the close where the day of entry is not stated, at low severity', () => {
    const rows = [...sales(5, { date: '2024-12-30' }), ...posted('AFTER', '2025-01-15')];
    const { findings, limits } = resultOf(journalPostClose, tableOf(rows), { 'period-end': '2024-12-31' });
    expect(findings.map(({ severity, reason }) => [severity, reason])).toEqual([
      [
        'low',
        'Entry AFTER of 2025-01-15 (2 lines, 80.00 EUR): dated 15 days after the close of 2024-12-31; the day of entry is not stated.',
      ],
    ]);
    expect(limits.join(' ')).toContain('The day of entry is not stated anywhere');
  });

  it('does not list a whole ledger that was made final later: it says so', () => {
    const rows = Array.from({ length: 101 }, (_, i) => posted(`F${i}`, '2024-05-01', '2025-03-01')).flat();
    const { findings, limits, statistics } = resultOf(journalPostClose, tableOf(rows));
    expect(findings).toEqual([]);
    expect(statistics.enteredAfterClose).toBe(101);
    expect(limits[0]).toContain('101 of 101 entries were entered after the close');
  });

  it('does not guess an unknown day', () => {
    const rows = [...control, ...posted('U', ''), ...posted('V', '2024-12-31', '')];
    const { population, findings } = resultOf(journalPostClose, tableOf(rows));
    expect(findings).toEqual([]);
    expect(population.excluded).toEqual([
      { reason: 'the day of booking is unknown', count: 2 },
      { reason: 'the day of entry is unknown, and no end of the period was given', count: 2 },
    ]);
  });

  it('does not depend on the order of the rows', () => {
    expectOrderIndependent(journalPostClose, [...control, ...posted('L', '2024-12-31', '2025-02-01')]);
  });
});
