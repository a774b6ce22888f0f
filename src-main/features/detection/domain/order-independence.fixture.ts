import fc from 'fast-check';
import { expect } from 'vitest';
import { inReportOrder } from './finding-order.ts';
import type { ForensicTest, Parameters } from './forensic-test.ts';
import { comparable, randomRows } from './random-rows.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from './transaction-table.fixture.ts';

const TIMES = ['', '00:00', '03:10', '09:00', '12:30', '17:59', '18:00', '23:59'];
const DAYS = ['', '2023-12-30', '2024-01-02', '2024-01-31', '2024-02-29', '2024-03-02', '2024-03-04', '2024-05-31'];

/** Random rows with every column that tests read. */
export const fullRows = (dates: readonly string[] = []): fc.Arbitrary<FixtureRow[]> =>
  randomRows(60).chain(rows =>
    fc
      .array(
        fc.record({
          ...(dates.length === 0 ? {} : { date: fc.constantFrom(...dates) }),
          time: fc.constantFrom(...TIMES),
          valueDate: fc.constantFrom(...DAYS),
          entered: fc.constantFrom(...DAYS),
          type: fc.constantFrom('CSH', 'CSH', 'TRF', 'money order', ''),
          poster: fc.constantFrom('', 'ANNA', 'BEN'),
          ledgerAccount: fc.constantFrom('', '1200', '4400'),
          entry: fc.constantFrom('', 'E1', 'E2', 'E3'),
          category: fc.constantFrom('', 'Salary', 'Rent'),
          counterpartyAccount: fc.constantFrom('', 'GB11223344', 'GB55667788'),
          description: fc.constantFrom('', 'invoice', 'manual adjustment'),
        }),
        { minLength: rows.length, maxLength: rows.length },
      )
      .map(more => rows.map((row, i) => ({ ...row, ...more[i]! }))),
  );

/**
 * Runs a test on random rows and on the same rows shuffled: every row is accounted for, findings are in report order with
 * keys of their own and ascending rows, and nothing but row numbers depends on the order of the rows. Under `parameters` the
 * random rows must have had findings. `dates` take the place of their days, where given.
 */
export const expectOrderIndependence = (
  test: ForensicTest,
  parameters: Parameters = {},
  dates: readonly string[] = [],
): void => {
  let found = 0;
  const shuffled = fullRows(dates).chain(rows =>
    fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }).map(order => ({ rows, order })),
  );
  fc.assert(
    fc.property(shuffled, ({ rows, order }) => {
      const result = resultOf(test, tableOf(rows), parameters);
      const { population, findings } = result;
      found += findings.length;
      expect(population.used + population.excluded.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      expect(inReportOrder(findings)).toEqual(findings);
      expect(new Set(findings.map(finding => finding.key)).size).toBe(findings.length);
      for (const { rows: own, score } of findings) {
        expect([...own]).toEqual([...new Set(own)].sort((a, b) => a - b));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }
      const other = resultOf(test, tableOf(order.map(i => rows[i]!)), parameters);
      expect(comparable(other.findings, row => order[row]!)).toEqual(comparable(findings, row => row));
      expect(other.limits).toEqual(result.limits);
      expect(other.population).toEqual(population);
      expect(other.statistics).toEqual(result.statistics);
    }),
  );
  expect(found).toBeGreaterThan(0);
};
