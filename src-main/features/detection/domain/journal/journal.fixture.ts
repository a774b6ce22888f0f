import fc from 'fast-check';
import { expect } from 'vitest';
import type { ForensicTest, Parameters } from '../forensic-test.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';

/** The lines of an entry: account and signed amount each, and what all of them share. */
export const entryOf = (
  entry: string,
  lines: readonly (readonly [ledgerAccount: string, amount: string])[],
  shared: Omit<FixtureRow, 'entry' | 'ledgerAccount' | 'amount'> = {},
): FixtureRow[] =>
  lines.map(([ledgerAccount, amount]) => ({
    date: '2024-03-01',
    currency: 'EUR',
    ...shared,
    entry,
    ledgerAccount,
    amount,
  }));

/** Ordinary sales, `count` entries named S1, S2 …: a clean control. The amounts are neither round nor alike in their ends. */
export const sales = (
  count: number,
  shared: Omit<FixtureRow, 'entry' | 'ledgerAccount' | 'amount'> = {},
): FixtureRow[] =>
  Array.from({ length: count }, (_, i) => {
    const amount = `${100 + i * 7}.${String((i * 37 + 13) % 100).padStart(2, '0')}`;
    return entryOf(
      `S${i + 1}`,
      [
        ['1200 Receivables', amount],
        ['4000 Sales', `-${amount}`],
      ],
      shared,
    );
  }).flat();

/** The findings as sets of entries (or of rows, where a row has none), in no particular order. */
export const foundEntries = (test: ForensicTest, rows: readonly FixtureRow[], parameters: Parameters = {}): string[] =>
  resultOf(test, tableOf(rows), parameters)
    .findings.map(({ rows: found }) =>
      [...new Set(Array.from(found, row => rows[row]!.entry ?? JSON.stringify(rows[row])))].sort().join('+'),
    )
    .sort();

/** The order of the rows changes nothing but the row numbers: the same findings with the same reasons, scores and keys. */
export const expectOrderIndependent = (
  test: ForensicTest,
  rows: readonly FixtureRow[],
  parameters: Parameters = {},
): void => {
  const facts = (some: readonly FixtureRow[]) =>
    resultOf(test, tableOf(some), parameters)
      .findings.map(({ key, rows: found, severity, score, reason }) => ({
        key,
        rows: Array.from(found, row => JSON.stringify(some[row])).sort(),
        severity,
        score: score.toFixed(9),
        reason,
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  const expected = facts(rows);
  expect(expected.length).toBeGreaterThan(0);
  fc.assert(
    fc.property(fc.shuffledSubarray([...rows], { minLength: rows.length, maxLength: rows.length }), shuffled => {
      expect(facts(shuffled)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
};
