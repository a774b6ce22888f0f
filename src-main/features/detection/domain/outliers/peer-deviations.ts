import { powerOfTen } from '../../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { rowsByCode } from '../rows-by-code.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { numbersOf } from './named-columns.ts';
import { robustSpread, type Spread } from './peer-groups.ts';

export interface Measure {
  readonly what: 'amount' | 'unit price';
  /** The number compared, on the chosen scale; NaN where the row cannot be compared. */
  readonly values: Float64Array;
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
}

/** |amount|, or |amount| ÷ quantity, on the chosen scale. Zero has no logarithm. */
export const measure = (table: TransactionTable, quantity: CodedColumn | null, isLog: boolean): Measure => {
  const units = requireColumn(table.amountUnits, 'amount');
  const unit = powerOfTen(table.amountScale);
  const quantities = quantity === null ? null : numbersOf(quantity);
  const values = new Float64Array(table.rowCount).fill(Number.NaN);
  const count = { amount: 0, quantity: 0, zero: 0 };
  for (let row = 0; row < table.rowCount; row++) {
    const amount = Math.abs(units[row]!) / unit;
    const code = quantity === null ? 0 : quantity.codes[row]!;
    const per = quantities === null ? 1 : code < 0 ? Number.NaN : Math.abs(quantities[code]!);
    if (Number.isNaN(amount)) count.amount++;
    else if (!(per > 0)) count.quantity++;
    else if (isLog && amount === 0) count.zero++;
    else values[row] = isLog ? Math.log(amount / per) : amount / per;
  }
  const excluded = [
    { reason: 'amount is unknown', count: count.amount },
    { reason: 'quantity is unknown or zero', count: count.quantity },
    { reason: 'amount is zero: it has no logarithm', count: count.zero },
  ].filter(group => group.count > 0);
  return { what: quantity === null ? 'amount' : 'unit price', values, excluded };
};

export interface PeerDeviations {
  /** Robust standard deviations of each row from its group's median; NaN where it was not compared. */
  readonly deviations: Float64Array;
  readonly spreads: readonly (Spread | null)[];
  readonly sizes: Uint32Array;
  readonly small: number;
  readonly groups: number;
  /** Groups whose own spread is below the floor. */
  readonly narrow: number;
  readonly floor: number;
}

/** Spreads narrower than this share of the median spread of all groups count as that wide: equal prices are no measure of error. */
const LEAST_SPREAD_SHARE = 0.25;

/**
 * How far each value lies from the median of its group. `codes` are the groups (-1: none); a group needs `least` values, and a spread
 * below a quarter of the median spread counts as that wide.
 */
export const peerDeviations = (
  values: Float64Array,
  codes: Int32Array,
  groupCount: number,
  method: 'iqr' | 'mad',
  least: number,
  progress: (group: number) => void,
): PeerDeviations => {
  const compared = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) compared[row] = Number.isNaN(values[row]!) ? -1 : codes[row]!;
  const { starts, rows } = rowsByCode(compared, groupCount);
  const sizes = new Uint32Array(groupCount);
  const ordered = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) ordered[i] = values[rows[i]!]!;
  const spreads: (Spread | null)[] = [];
  const known: number[] = [];
  let small = 0;
  for (let group = 0; group < groupCount; group++) {
    progress(group);
    const own = ordered.subarray(starts[group]!, starts[group + 1]!);
    sizes[group] = own.length;
    if (own.length < least) {
      small += own.length;
      spreads.push(null);
      continue;
    }
    const spread = robustSpread(own.sort(), method);
    spreads.push(spread);
    if (spread.sigma > 0) known.push(spread.sigma);
  }
  known.sort((a, b) => a - b);
  const floor = LEAST_SPREAD_SHARE * (known[known.length >> 1] ?? 0);
  const deviations = new Float64Array(values.length).fill(Number.NaN);
  for (let row = 0; row < values.length; row++) {
    const spread = compared[row]! < 0 ? null : (spreads[compared[row]!] ?? null);
    if (spread === null) continue;
    const distance = Math.abs(values[row]! - spread.median);
    const sigma = Math.max(spread.sigma, floor);
    deviations[row] = sigma > 0 ? distance / sigma : distance > 0 ? Infinity : 0;
  }
  const groups = spreads.filter(spread => spread !== null).length;
  return {
    deviations,
    spreads,
    sizes,
    small,
    groups,
    narrow: spreads.filter(s => s !== null && s.sigma < floor).length,
    floor,
  };
};
