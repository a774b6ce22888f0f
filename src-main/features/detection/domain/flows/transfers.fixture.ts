import fc from 'fast-check';
import type { ForensicTest, Parameters } from '../forensic-test.ts';
import { comparable } from '../random-rows.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import type { TransactionTable } from '../transaction-table.ts';

/** Rows of a list of transfers, each written `A > B 2024-01-05 100.00`. */
export const transfers = (...lines: readonly string[]): FixtureRow[] =>
  lines.map(line => {
    const match = /^(\S+) > (\S+) (\d{4}-\d\d-\d\d) (\S+)$/.exec(line);
    if (match === null) throw new Error(`not a transfer: ${line}`);
    const [, account = '', party = '', date = '', amount = ''] = match;
    return { account, party, date, amount };
  });

export const transferTable = (...lines: readonly string[]): TransactionTable => tableOf(transfers(...lines));

/** Small dense lists of transfers: few nodes, few days and few amounts, so that patterns are common. */
export const randomTransfers: fc.Arbitrary<FixtureRow[]> = fc.array(
  fc.record({
    account: fc.constantFrom('A', 'B', 'C', 'D', 'E', ''),
    party: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', ''),
    date: fc.integer({ min: 1, max: 9 }).map(day => `2024-03-0${day}`),
    amount: fc.constantFrom('100.00', '95.00', '90.50', '300.00', '0.00', ''),
  }),
  { minLength: 1, maxLength: 40 },
);

/** Asserts that shuffled rows give the same findings and figures. */
export const findsTheSameShuffled = (
  test: ForensicTest,
  parameters: Parameters,
  equal: (before: unknown, after: unknown) => void,
): void =>
  fc.assert(
    fc.property(randomTransfers, fc.infiniteStream(fc.nat()), (rows, keys) => {
      const order = rows.map((_, i) => [keys.next().value as number, i] as const).sort((a, b) => a[0] - b[0]);
      const before = resultOf(test, tableOf(rows), parameters);
      const after = resultOf(test, tableOf(order.map(([, i]) => rows[i]!)), parameters);
      // Movements that are equal in every respect may stand for each other: rows are compared by what they say.
      const said = (row: number): number =>
        rows.findIndex(other => JSON.stringify(other) === JSON.stringify(rows[row]));
      equal(
        comparable(after.findings, row => said(order[row]![1])),
        comparable(before.findings, said),
      );
      equal(after.population, before.population);
    }),
    { numRuns: 60 },
  );
