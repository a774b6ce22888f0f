import type { TransactionTable } from '../transaction-table.ts';
import { EXAMINED, type FlowNodes } from './flow-nodes.ts';
import type { FlowRows } from './flow-rows.ts';

/** Days by which the two statements of one transfer may differ in date (a weekend and a bank holiday between them). */
export const MIRROR_DAYS = 5;

/**
 * Transfers between two examined accounts appear in both statements. For each row of the payer's statement: the row of the
 * payee's that states the same movement, or -1. One row mirrors one row: same accounts, amount and currency, dates at most
 * MIRROR_DAYS apart, paired in order of date (the earliest possible pair first, which pairs as many as can be paired).
 * A list of transfers has no second side.
 */
export const mirroredRows = (table: TransactionTable, nodes: FlowNodes, rows: FlowRows): Int32Array => {
  const twin = new Int32Array(table.rowCount).fill(-1);
  const { from, to } = rows;
  const units = table.amountUnits;
  const days = table.bookingDay;
  if (rows.direction !== 'signed' || units === null || days === null) return twin;
  const currency = table.currency?.codes ?? null;
  const between = (row: number): boolean =>
    from[row] !== -1 && nodes.kinds[from[row]!] === EXAMINED && nodes.kinds[to[row]!] === EXAMINED;
  let payers = 0;
  let payees = 0;
  for (let row = 0; row < from.length; row++) {
    if (!between(row)) continue;
    if (units[row]! < 0) payers++;
    else payees++;
  }
  if (payers === 0 || payees === 0) return twin;
  const candidates = new Uint32Array(payers + payees);
  let next = 0;
  for (let row = 0; row < from.length; row++) if (between(row)) candidates[next++] = row;
  const movement = (a: number, b: number): number =>
    from[a]! - from[b]! ||
    to[a]! - to[b]! ||
    (currency === null ? 0 : currency[a]! - currency[b]!) ||
    Math.abs(units[a]!) - Math.abs(units[b]!);
  candidates.sort(
    (a, b) => movement(a, b) || Math.sign(units[a]!) - Math.sign(units[b]!) || days[a]! - days[b]! || a - b,
  );
  for (let start = 0; start < candidates.length; ) {
    let end = start + 1;
    while (end < candidates.length && movement(candidates[start]!, candidates[end]!) === 0) end++;
    let payee = start;
    while (payee < end && units[candidates[payee]!]! < 0) payee++;
    for (let payer = start, middle = payee; payer < middle && payee < end; ) {
      const apart = days[candidates[payee]!]! - days[candidates[payer]!]!;
      if (apart < -MIRROR_DAYS) payee++;
      else if (apart > MIRROR_DAYS) payer++;
      else twin[candidates[payer++]!] = candidates[payee++]!;
    }
    start = end;
  }
  return twin;
};
