import fc from 'fast-check';
import type { FindingDraft } from './forensic-test.ts';
import type { FixtureRow } from './transaction-table.fixture.ts';

const DAYS = Array.from({ length: 12 }, (_, i) => `2024-03-${String(i + 1).padStart(2, '0')}`);

const AMOUNTS = ['', '0.00', '-5.00', '5.00', '50.01', '9499.99', '9500.00', '9999.99', '10000.00', '10499.99'];
const REFERENCES = ['', 'none', '7', '9', 'INV-1', 'INV-2', 'INV-05', 'INV-9', 'X1', 'X2000', 'X90000'];

const randomRow: fc.Arbitrary<FixtureRow> = fc.record({
  amount: fc.constantFrom(...AMOUNTS),
  date: fc.constantFrom('', ...DAYS),
  account: fc.constantFrom('', 'A1', 'A2'),
  party: fc.constantFrom('', 'ALPHA', 'BETA', 'GAMMA'),
  currency: fc.constantFrom('', 'EUR', 'EUR', 'USD'),
  reference: fc.constantFrom(...REFERENCES),
  record: fc.constantFrom('a', 'b', 'c'),
});

/** A copy of an earlier row, with nothing or one column changed: equal and almost equal rows must be common. */
const repeat = fc.record({
  of: fc.nat(),
  changed: fc.constantFrom('', '', 'amount', 'date', 'account', 'party', 'currency', 'reference', 'record'),
});

/** Small tables from few values, so that equal, missing and contradictory values are common. Every column exists. */
export const randomRows = (maxLength = 40): fc.Arbitrary<FixtureRow[]> =>
  fc
    .tuple(fc.array(randomRow, { maxLength, minLength: 1 }), fc.array(repeat, { maxLength: maxLength / 4 }))
    .map(([rows, repeats]) => {
      const copies = repeats.map(({ of, changed }) => {
        const source = rows[of % rows.length]!;
        const other = rows[(of + 1) % rows.length]!;
        return changed === '' ? source : { ...source, [changed]: other[changed as keyof FixtureRow] };
      });
      return [...rows, ...copies];
    });

/** A finding as compared between runs: rows by what they were called before shuffling. */
export const comparable = (findings: readonly FindingDraft[], rowBefore: (row: number) => number): unknown[] =>
  findings
    .map(({ key, rows, severity, score, reason }) => ({
      key,
      rows: [...rows].map(rowBefore).sort((a, b) => a - b),
      severity,
      score,
      reason,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));

/** Rows of the findings as sorted lists, themselves sorted: what a brute-force recomputation is compared with. */
export const rowSets = (findings: readonly { readonly rows: ArrayLike<number> }[]): string[] =>
  findings.map(({ rows }) => Array.from(rows).join(' ')).sort();
