import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { rowsByCode } from '../rows-by-code.ts';

/** Endings looked at: the last two digits of an amount in its smallest units in use. */
const ENDINGS = 100;

/** Amounts of one account or poster that end alike far more often than they should. */
export interface ConstantEnding {
  readonly code: number;
  /** The last two digits, 1 to 99. */
  readonly ending: number;
  /** Rows with that ending, ascending. */
  readonly rows: Uint32Array;
  /** Different amounts among them, and among all rows of the account or poster. */
  readonly alike: number;
  readonly distinct: number;
  /** Share of the ending in the different amounts of all others, at least a hundredth. */
  readonly expectedShare: number;
  /** Standard deviations above what that share lets expect. */
  readonly z: number;
}

const endingOf = (units: number): number => Math.abs(units) % ENDINGS;

/** How many different amounts of some rows have each ending. */
const endingsOf = (units: Float64Array, rows: Uint32Array): Uint32Array => {
  const sizes = Float64Array.from(rows, row => Math.abs(units[row]!)).sort();
  const endings = new Uint32Array(ENDINGS);
  for (let i = 0; i < sizes.length; i++) if (sizes[i] !== sizes[i - 1]) endings[endingOf(sizes[i]!)]!++;
  return endings;
};

/**
 * For each code of a column the ending that its different amounts have most, where that is beyond chance: their number is
 * compared with a binomial of the share that the ending has among the different amounts of all the other codes, at least
 * 1/100 (uniform endings). An amount that comes again and again counts once. `00` is not looked at: round amounts have a test
 * of their own. Rows whose amount is NaN or zero are left out.
 */
export const constantEndings = (
  column: CodedColumn,
  units: Float64Array,
  least: { readonly alike: number; readonly z: number },
): ConstantEnding[] => {
  const codes = column.codes.map((code, row) => (Number.isNaN(units[row]!) || units[row] === 0 ? -1 : code));
  const { starts, rows } = rowsByCode(codes, column.values.length);
  const own = column.values.map((_, code) => endingsOf(units, rows.subarray(starts[code]!, starts[code + 1]!)));
  const sizes = own.map(endings => endings.reduce((sum, count) => sum + count, 0));
  const total = new Float64Array(ENDINGS);
  for (const endings of own) for (let ending = 0; ending < ENDINGS; ending++) total[ending]! += endings[ending]!;
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return own.flatMap((endings, code) => {
    const distinct = sizes[code]!;
    let ending = 1;
    for (let other = 2; other < ENDINGS; other++) if (endings[other]! > endings[ending]!) ending = other;
    const alike = endings[ending]!;
    if (alike < least.alike) return [];
    const others = all - distinct;
    const expectedShare = Math.max(1 / ENDINGS, others === 0 ? 0 : (total[ending]! - alike) / others);
    const spread = Math.sqrt(distinct * expectedShare * (1 - expectedShare));
    const z = spread === 0 ? 0 : (alike - distinct * expectedShare) / spread;
    if (z < least.z) return [];
    const found = rows.subarray(starts[code]!, starts[code + 1]!).filter(row => endingOf(units[row]!) === ending);
    return [{ code, ending, rows: found, alike, distinct, expectedShare, z }];
  });
};
