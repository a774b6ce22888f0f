import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { entryOf, expectOrderIndependent, foundEntries, sales } from './journal.fixture.ts';
import { journalReversal } from './journal-reversal.ts';

const revenue = (entry: string, date: string, sign: '' | '-', poster?: string) =>
  entryOf(
    entry,
    [
      ['1200 Receivables', `${sign}25000.00`],
      ['4000 Sales', `${sign === '' ? '-' : ''}25000.00`],
    ],
    { date, ...(poster === undefined ? {} : { poster }) },
  );
const control = sales(6);

describe('journal-reversal', () => {
  it('finds revenue that is booked before the close and undone after it', () => {
    const rows = [...control, ...revenue('IN', '2024-12-30', '', 'zoe'), ...revenue('OUT', '2025-01-03', '-', 'ceo')];
    const { findings, statistics } = resultOf(journalReversal, tableOf(rows));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([12, 13, 14, 15]);
    expect(findings[0]!.severity).toBe('medium');
    expect(findings[0]!.reason).toBe(
      'Entry IN of 2024-12-30 (2 lines, 25,000.00 EUR) was undone 4 days later by entry OUT of 2025-01-03 (2 lines, 25,000.00 EUR): the same accounts and amounts the other way, across the close of 2024-12-31. zoe entered it, ceo undid it.',
    );
    expect(statistics).toEqual({ entries: 8, undone: 1, acrossClose: 1 });
  });

  it('finds one within the period too, at low severity', () => {
    const rows = [...control, ...revenue('IN', '2024-03-04', ''), ...revenue('OUT', '2024-03-09', '-')];
    const { findings } = resultOf(journalReversal, tableOf(rows));
    expect(findings.map(({ severity }) => severity)).toEqual(['low']);
    expect(findings[0]!.reason).toContain('within one period');
  });

  it('takes a period of its own and a number of days', () => {
    const rows = [...revenue('IN', '2024-03-30', ''), ...revenue('OUT', '2024-04-05', '-')];
    expect(resultOf(journalReversal, tableOf(rows), { 'period-end': '2024-03-31' }).statistics).toMatchObject({
      acrossClose: 1,
    });
    expect(foundEntries(journalReversal, rows, { days: '6' })).toEqual(['IN+OUT']);
    expect(foundEntries(journalReversal, rows, { days: '5' })).toEqual([]);
  });

  it('wants every line undone: other account, other amount, other currency or one line more are no reversal', () => {
    const booked = revenue('IN', '2024-12-30', '');
    const undone = revenue('OUT', '2025-01-03', '-');
    const changed = [
      undone.map(row => ({
        ...row,
        ledgerAccount: row.ledgerAccount === '4000 Sales' ? '4001 Other' : row.ledgerAccount!,
      })),
      undone.map(row => ({ ...row, amount: row.amount!.replace('25000', '24999') })),
      undone.map(row => ({ ...row, currency: 'USD' })),
      [...undone, ...entryOf('OUT', [['1200 Receivables', '1.00']], { date: '2025-01-03' })],
    ];
    for (const other of changed) expect(foundEntries(journalReversal, [...booked, ...other])).toEqual([]);
  });

  it('pairs each entry once, the nearest in time', () => {
    const rows = [
      ...revenue('A', '2024-12-01', ''),
      ...revenue('B', '2024-12-20', ''),
      ...revenue('X', '2024-12-22', '-'),
      ...revenue('Y', '2025-01-02', '-'),
    ];
    expect(foundEntries(journalReversal, rows)).toEqual(['A+Y', 'B+X']);
  });

  it('reads one line with its contra account: the accounts exchanged undo it as the sign does', () => {
    const booking = (entry: string, date: string, account: string, contra: string, amount: string) =>
      entryOf(entry, [[account, amount]], { date, counterpartyAccount: contra });
    const rows = [
      ...booking('A', '2024-12-30', '8400', '10000', '-119.00'),
      ...booking('B', '2025-01-02', '8400', '10000', '119.00'),
      ...booking('C', '2024-12-30', '8300', '10000', '-7.00'),
      ...booking('D', '2025-01-02', '10000', '8300', '-7.00'),
    ];
    expect(foundEntries(journalReversal, rows)).toEqual(['A+B', 'C+D']);
  });

  it('leaves entries out of which an amount, account or day is unknown', () => {
    const rows = [
      ...revenue('IN', '', ''),
      ...entryOf('U', [
        ['', '1.00'],
        ['2', '-1.00'],
      ]),
    ];
    const { population } = resultOf(journalReversal, tableOf([...control, ...rows]));
    expect(population.excluded[0]!.count).toBe(4);
  });

  it('does not depend on the order of the rows', () => {
    expectOrderIndependent(journalReversal, [
      ...control,
      ...revenue('IN', '2024-12-30', ''),
      ...revenue('OUT', '2025-01-03', '-'),
    ]);
  });
});
