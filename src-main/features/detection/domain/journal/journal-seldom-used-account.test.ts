import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { entryOf, expectOrderIndependent, foundEntries, sales } from './journal.fixture.ts';
import { journalSeldomUsedAccount } from './journal-seldom-used-account.ts';

const odd = entryOf('X', [
  ['9999 Clearing', '500.00'],
  ['4000 Sales', '-500.00'],
]);

describe('journal-seldom-used-account', () => {
  it('finds the entry on the account that nothing else uses', () => {
    // Accounts by entries: 1200 in 10, 4000 in 11, 9999 in 1: 22 / 3 = 7.33 on average; 1 is at most a quarter of it.
    const { findings, statistics } = resultOf(journalSeldomUsedAccount, tableOf([...sales(10), ...odd]));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([20, 21]);
    expect(findings[0]!.reason).toBe(
      'Account 9999 Clearing is used by 1 entry of 11, 500.00 EUR in all; an account of this ledger is used by 7.3 on average. Entry X of 2024-03-01 (2 lines, 500.00 EUR).',
    );
    expect(statistics).toEqual({ entries: 11, accounts: 3, meanEntriesPerAccount: 7.33, seldomUsed: 1 });
  });

  it('asks nothing of a ledger in which every account is used seldom', () => {
    const once = Array.from({ length: 5 }, (_, i) =>
      entryOf(`E${i}`, [
        [`A${i}`, '1.00'],
        [`B${i}`, '-1.00'],
      ]),
    ).flat();
    expect(foundEntries(journalSeldomUsedAccount, once)).toEqual([]);
  });

  it('counts entries, not lines, and stops at the number given', () => {
    const lines = entryOf('X', [
      ['9999 Clearing', '1.00'],
      ['9999 Clearing', '2.00'],
      ['9999 Clearing', '3.00'],
      ['4000 Sales', '-6.00'],
    ]);
    expect(foundEntries(journalSeldomUsedAccount, [...sales(20), ...lines])).toEqual(['X']);
    const twice = [...sales(20), ...odd, ...odd.map(row => ({ ...row, entry: 'Y' }))];
    expect(foundEntries(journalSeldomUsedAccount, twice)).toEqual(['X+Y']);
    expect(foundEntries(journalSeldomUsedAccount, twice, { 'most-entries': '1' })).toEqual([]);
  });

  it('leaves rows without an account out, and takes a row as an entry where the table has none', () => {
    const unknown = entryOf('U', [['', '1.00']]);
    const { population } = resultOf(journalSeldomUsedAccount, tableOf([...sales(5), ...unknown]));
    expect(population).toEqual({
      rows: 11,
      used: 10,
      excluded: [{ reason: 'no line of the entry names an account', count: 1 }],
    });
    const rows = [...sales(10), ...odd].map(({ ledgerAccount }) => ({ ledgerAccount: ledgerAccount! }));
    const { findings } = resultOf(journalSeldomUsedAccount, tableOf(rows));
    expect([...findings[0]!.rows]).toEqual([20]);
    expect(findings[0]!.reason).toContain('A row.');
  });

  it('does not depend on the order of the rows', () => {
    expectOrderIndependent(journalSeldomUsedAccount, [...sales(10), ...odd]);
  });
});
