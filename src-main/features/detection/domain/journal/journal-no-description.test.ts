import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { entryOf, expectOrderIndependent, foundEntries, sales } from './journal.fixture.ts';
import { journalNoDescription } from './journal-no-description.ts';

const described = (entry: string, ...texts: string[]) =>
  texts.flatMap((description, i) => entryOf(entry, [[`${1000 + i}`, i === 0 ? '70.00' : '-70.00']], { description }));
const control = sales(3, { description: 'Invoice to a customer' });

describe('journal-no-description', () => {
  it('finds the entry that nobody explained, with all its lines', () => {
    const rows = [...control, ...described('X', '', '  ').map(row => ({ ...row, poster: 'zoe' }))];
    const { findings, statistics } = resultOf(journalNoDescription, tableOf(rows));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([6, 7]);
    expect(findings[0]!.reason).toBe('Entry X of 2024-03-01 (2 lines, 70.00 EUR) has no description; entered by zoe.');
    expect(statistics).toEqual({ entries: 4, withoutDescription: 1 });
  });

  it('counts an entry as described where one line is', () => {
    expect(foundEntries(journalNoDescription, [...control, ...described('X', '', 'Rent March')])).toEqual([]);
  });

  it.each(['-', '...', 'n/a', 'XXX', 'sans', 'Diverses', '???'])('takes %s for nothing', text => {
    expect(foundEntries(journalNoDescription, [...control, ...described('X', text)])).toEqual(['X']);
  });

  it.each(['7', 'Nonesuch Ltd', 'sans plomb', 'x-ray'])('takes %s for a description', text => {
    expect(foundEntries(journalNoDescription, [...control, ...described('X', text)])).toEqual([]);
  });

  it('puts together what is usual in a ledger', () => {
    const rows = [
      ...control,
      ...Array.from({ length: 101 }, (_, i) =>
        described(`X${i}`, '').map(row => ({ ...row, poster: i < 60 ? 'a' : 'b' })),
      ).flat(),
    ];
    const { findings, limits } = resultOf(journalNoDescription, tableOf(rows));
    expect(findings.map(({ reason, rows: found }) => [reason, found.length])).toEqual([
      ['60 entries entered by a have no description.', 60],
      ['41 entries entered by b have no description.', 41],
    ]);
    expect(limits[0]).toContain('101 of 104 entries have no description');
  });

  it('does not depend on the order of the rows', () => {
    expectOrderIndependent(journalNoDescription, [...control, ...described('X', '', ''), ...described('Y', '')]);
  });
});
