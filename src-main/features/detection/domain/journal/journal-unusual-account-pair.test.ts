import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { entryOf, expectOrderIndependent, foundEntries, sales } from './journal.fixture.ts';
import { journalUnusualAccountPair } from './journal-unusual-account-pair.ts';

const purchases = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    entryOf(`P${i}`, [
      ['6000 Cost', `${i + 1}.17`],
      ['3300 Payables', `-${i + 1}.17`],
    ]),
  ).flat();
const odd = entryOf('X', [
  ['6000 Cost', '900.00'],
  ['4000 Sales', '-900.00'],
]);

describe('journal-unusual-account-pair', () => {
  it('finds the one entry that joins two accounts which never meet otherwise', () => {
    // 40 sales, 40 purchases, one cost against sales: each of the two accounts in 41 of 81 entries, so that
    // 41 × 41 / 81 = 20.75 could be expected; lift = 1 / 20.75 = 0.048.
    const rows = [...sales(40), ...purchases(40), ...odd];
    const { findings, statistics } = resultOf(journalUnusualAccountPair, tableOf(rows));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([160, 161]);
    expect(findings[0]!.score).toBeCloseTo(1 - 81 / (41 * 41), 12);
    expect(findings[0]!.reason).toBe(
      'Debit 6000 Cost, credit 4000 Sales: 1 entry where 20.8 could be expected of accounts that occur in 41 and 41 of 81 entries (lift 0.048). Entry X of 2024-03-01 (2 lines, 900.00 EUR).',
    );
    expect(statistics).toEqual({ entries: 81, pairs: 3, unusual: 1 });
  });

  it('tells debit from credit: the usual pair the other way round is unusual', () => {
    const back = entryOf('R', [
      ['4000 Sales', '55.00'],
      ['1200 Receivables', '-55.00'],
    ]);
    expect(foundEntries(journalUnusualAccountPair, [...sales(30), ...back])).toEqual(['R']);
  });

  it('asks at the lift and below it, and up to the number of entries', () => {
    // With nine sales and one return the lift of the return is 1 × 10 / (10 × 10) = 0.1 exactly.
    const back = entryOf('R', [
      ['4000 Sales', '55.00'],
      ['1200 Receivables', '-55.00'],
    ]);
    const rows = [...sales(9), ...back];
    expect(foundEntries(journalUnusualAccountPair, rows)).toEqual(['R']);
    expect(foundEntries(journalUnusualAccountPair, rows, { lift: '0.0999' })).toEqual([]);
    const twice = [...sales(40), ...back, ...back.map(row => ({ ...row, entry: 'Q' }))];
    expect(foundEntries(journalUnusualAccountPair, twice)).toEqual(['Q+R']);
    expect(foundEntries(journalUnusualAccountPair, twice, { 'most-entries': '1' })).toEqual([]);
  });

  it('leaves accounts that are seldom used to another test', () => {
    const rare = entryOf('N', [
      ['2990 Never', '10.00'],
      ['4000 Sales', '-10.00'],
    ]);
    expect(foundEntries(journalUnusualAccountPair, [...sales(40), ...rare])).toEqual([]);
  });

  it('reads one line with its contra account as a pair, and leaves large compound entries out', () => {
    const booking = (entry: string, account: string, contra: string, amount: string) =>
      entryOf(entry, [[account, amount]], { counterpartyAccount: contra });
    const rows = [
      ...Array.from({ length: 20 }, (_, i) => booking(`B${i}`, '8400', '10000', `-${i + 1}.31`)).flat(),
      ...booking('BACK', '8400', '10000', '5.00'),
    ];
    expect(foundEntries(journalUnusualAccountPair, rows)).toEqual(['BACK']);
    const { population } = resultOf(journalUnusualAccountPair, tableOf(rows), { 'most-pairs': '1' });
    expect(population.used).toBe(21);
    const compound = entryOf('C', [
      ['1', '1.00'],
      ['2', '1.00'],
      ['3', '-2.00'],
    ]);
    expect(resultOf(journalUnusualAccountPair, tableOf(compound), { 'most-pairs': '1' }).population.excluded).toEqual([
      { reason: 'the entry has more pairs of accounts than tell anything', count: 3 },
    ]);
  });

  it('does not depend on the order of the rows', () => {
    expectOrderIndependent(journalUnusualAccountPair, [...sales(12), ...purchases(12), ...odd], { lift: '0.2' });
  });
});
