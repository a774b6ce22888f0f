import { powerOfTen } from '../../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { decimalsInUse } from '../digits/decimals-in-use.ts';
import { rowsByCode } from '../rows-by-code.ts';
import type { TransactionTable } from '../transaction-table.ts';

/** Endings looked at: the last two digits of an amount in the smallest unit that its currency uses. */
const ENDINGS = 100;

/** Amounts of one account or poster that end alike far more often than they should. */
export interface ConstantEnding {
  readonly code: number;
  /** Decimals that the amounts are kept in: an ending 99 is 0.99 of two, 99 of none. */
  readonly decimals: number;
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

const endingOf = (size: number): number => size % ENDINGS;

/** How many different amounts of some rows have each ending. */
const endingsOf = (sizes: Float64Array, rows: Uint32Array): Uint32Array => {
  const own = Float64Array.from(rows, row => sizes[row]!).sort();
  const endings = new Uint32Array(ENDINGS);
  for (let i = 0; i < own.length; i++) if (own[i] !== own[i - 1]) endings[endingOf(own[i]!)]!++;
  return endings;
};

/** The least an ending needs to be reported. */
interface Least {
  readonly alike: number;
  readonly z: number;
}

/** Of amounts kept in the same decimals: `sizes` in their smallest unit, NaN where a row has none or is not of them. */
const endingsAlike = (column: CodedColumn, sizes: Float64Array, decimals: number, least: Least): ConstantEnding[] => {
  const codes = column.codes.map((code, row) => (Number.isNaN(sizes[row]!) ? -1 : code));
  const { starts, rows } = rowsByCode(codes, column.values.length);
  const own = column.values.map((_, code) => endingsOf(sizes, rows.subarray(starts[code]!, starts[code + 1]!)));
  const counts = own.map(endings => endings.reduce((sum, count) => sum + count, 0));
  const total = new Float64Array(ENDINGS);
  for (const endings of own) for (let ending = 0; ending < ENDINGS; ending++) total[ending]! += endings[ending]!;
  const all = counts.reduce((sum, count) => sum + count, 0);
  return own.flatMap((endings, code) => {
    const distinct = counts[code]!;
    let ending = 1;
    for (let other = 2; other < ENDINGS; other++) if (endings[other]! > endings[ending]!) ending = other;
    const alike = endings[ending]!;
    if (alike < least.alike) return [];
    const others = all - distinct;
    const expectedShare = Math.max(1 / ENDINGS, others === 0 ? 0 : (total[ending]! - alike) / others);
    const spread = Math.sqrt(distinct * expectedShare * (1 - expectedShare));
    const z = spread === 0 ? 0 : (alike - distinct * expectedShare) / spread;
    if (z < least.z) return [];
    const found = rows.subarray(starts[code]!, starts[code + 1]!).filter(row => endingOf(sizes[row]!) === ending);
    return [{ code, decimals, ending, rows: found, alike, distinct, expectedShare, z }];
  });
};

/**
 * For each code of a column the ending that its different amounts have most, where that is beyond chance: their number is
 * compared with a binomial of the share that the ending has among the different amounts of all the other codes, at least
 * 1/100 (uniform endings). An ending is the last two digits at the decimals the amount's currency is kept in, whatever the
 * scale of the table: 1,099 whole yen end in 99, and so do 12.99 euros; amounts of different decimals are looked at apart.
 * An amount that comes again and again counts once. `00` is not looked at: round amounts have a test of their own. Rows whose
 * amount is NaN or zero are left out.
 */
export const constantEndings = (
  table: TransactionTable,
  column: CodedColumn,
  units: Float64Array,
  least: Least,
): ConstantEnding[] => {
  const sizes = units.map(size => (size === 0 ? Number.NaN : Math.abs(size)));
  const inUse = decimalsInUse(table, sizes);
  return inUse.groups.flatMap(({ decimals }) => {
    const unit = powerOfTen(table.amountScale - decimals);
    const inUnits = sizes.map((size, row) => (inUse.at(row) === decimals ? Math.floor(size / unit) : Number.NaN));
    return endingsAlike(column, inUnits, decimals, least);
  });
};
