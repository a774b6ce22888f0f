import { type RowsByCode, rowsByCode } from './rows-by-code.ts';

/** True where the days of the rows with a code never step back. */
const isInOrder = (codes: Int32Array, days: Int32Array): boolean => {
  let before = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row]! < 0) continue;
    if (days[row]! < before) return false;
    before = days[row]!;
  }
  return true;
};

/**
 * Rows sorted by code and, within a code, by day (equal days: by row). Rows with a negative code are left out; those that
 * stay must have a day from `first` to `last`. Two counting sorts, no comparison.
 */
export const rowsByCodeInTime = (
  codes: Int32Array,
  codeCount: number,
  days: Int32Array,
  { first, last }: { readonly first: number; readonly last: number },
): RowsByCode => {
  // Statements are mostly in order of date: then one sort is enough.
  if (isInOrder(codes, days)) return rowsByCode(codes, codeCount);
  const dayCodes = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) dayCodes[row] = codes[row]! < 0 ? -1 : days[row]! - first;
  const inTime = rowsByCode(dayCodes, last - first + 1).rows;
  const codesInTime = new Int32Array(inTime.length);
  for (let i = 0; i < inTime.length; i++) codesInTime[i] = codes[inTime[i]!]!;
  const { starts, rows } = rowsByCode(codesInTime, codeCount);
  for (let i = 0; i < rows.length; i++) rows[i] = inTime[rows[i]!]!;
  return { starts, rows };
};
