import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FindingDraft } from '../forensic-test.ts';
import { comparable } from '../random-rows.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { JOURNAL_TESTS } from './journal-tests.ts';

// Small ledgers of few values, so that equal, missing and contradictory ones are common. Every column exists.
const line: fc.Arbitrary<FixtureRow> = fc.record({
  entry: fc.constantFrom('', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8'),
  amount: fc.constantFrom('', '0.00', '-5.00', '5.00', '-1000.00', '1000.00', '12.34', '-12.34', '99.99'),
  date: fc.constantFrom('', '2024-12-20', '2024-12-31', '2025-01-02'),
  entered: fc.constantFrom('', '2024-12-31', '2025-01-05', '2025-02-01'),
  currency: fc.constantFrom('', 'EUR', 'EUR', 'EUR', 'USD'),
  ledgerAccount: fc.constantFrom('', '1200', '4000', '6000'),
  counterpartyAccount: fc.constantFrom('', '', '1200', '70000'),
  poster: fc.constantFrom('', 'anna', 'anna', 'bert', 'ceo'),
  type: fc.constantFrom('', 'Sales', 'Manual', 'OD'),
  description: fc.constantFrom('', '-', 'rent', 'plug', 'storno', 'plug storno'),
  record: fc.constantFrom('a', 'b', 'c'),
});
const copy = fc.record({ of: fc.nat(), sign: fc.boolean() });
/** Rows, with some entries repeated with the other sign: reversals are rare among random ones. */
const ledger = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 40 }), fc.array(copy, { maxLength: 4 }))
  .map(([rows, copies]) => [
    ...rows,
    ...copies.flatMap(({ of, sign }, i) => {
      const { entry } = rows[of % rows.length]!;
      return rows
        .filter(row => row.entry === entry)
        .map(row => ({
          ...row,
          entry: `C${i}`,
          amount:
            !sign || row.amount === ''
              ? row.amount!
              : row.amount!.startsWith('-')
                ? row.amount!.slice(1)
                : `-${row.amount!}`,
        }));
    }),
  ]);
const shuffled = ledger.chain(rows =>
  fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }).map(order => ({ rows, order })),
);

/** Parameters under which small random ledgers have findings. */
const LOOSE: Readonly<Record<string, Record<string, string>>> = {
  'journal-unusual-account-pair': { lift: '1', 'most-entries': '100' },
  'journal-seldom-used-account': { 'percent-of-mean': '100' },
  'journal-unusual-poster': { 'percent-of-mean': '100' },
  'journal-round-or-constant-ending': { 'least-alike': '2' },
};
const byReport = (a: FindingDraft, b: FindingDraft): number => b.score - a.score || a.rows[0]! - b.rows[0]!;

describe('every journal test', () => {
  it.each(JOURNAL_TESTS)('$id accounts for every row, orders its findings, and ignores the order of rows', test => {
    const parameters = LOOSE[test.id] ?? {};
    let found = 0;
    fc.assert(
      fc.property(shuffled, ({ rows, order }) => {
        const result = resultOf(test, tableOf(rows), parameters);
        const { population, findings } = result;
        found += findings.length;
        expect(population.rows).toBe(rows.length);
        expect(population.used + population.excluded.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
        expect(findings.toSorted(byReport)).toEqual(findings);
        expect(new Set(findings.map(finding => finding.key)).size).toBe(findings.length);
        for (const { rows: own, score } of findings) {
          expect([...own]).toEqual([...new Set(own)].sort((a, b) => a - b));
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        const other = resultOf(test, tableOf(order.map(i => rows[i]!)), parameters);
        expect(comparable(other.findings, row => order[row]!)).toEqual(comparable(findings, row => row));
        expect([other.limits, other.population, other.statistics]).toEqual([
          result.limits,
          population,
          result.statistics,
        ]);
      }),
    );
    expect(found).toBeGreaterThan(0);
  });

  it.each(JOURNAL_TESTS)('$id takes an empty ledger and stops when it is cancelled', test => {
    const row = Object.fromEntries(
      ['entry', 'amount', 'date', 'ledgerAccount', 'poster', 'type', 'description'].map(name => [name, '']),
    );
    expect(resultOf(test, tableOf([row])).findings.filter(({ severity }) => severity !== 'low')).toEqual([]);
    const cancel = {
      progress: (): void => {
        throw new Error('cancelled');
      },
    };
    const parameters = Object.fromEntries(test.parameters.map(spec => [spec.name, spec.default]));
    expect(() => test.run(tableOf([{ ...row, entry: 'E' }]), parameters, cancel)).toThrow('cancelled');
  });
});
