import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import type { FlowNodes } from './flow-nodes.ts';

/** How a row is read: by its sign, or as a list of transfers whose amounts carry no direction. */
export const DIRECTIONS = ['auto', 'signed', 'account-to-party', 'party-to-account'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Each row as a movement of money; `from` is -1 where the row is none (the reasons are counted in `excluded`). */
export interface FlowRows {
  readonly direction: Exclude<Direction, 'auto'>;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
}

/**
 * `auto`: signed where any amount is negative; else the table is a list of transfers from its account column to its
 * counterparty, the way such lists are written (AMLSim: `nameOrig, nameDest, amount`).
 */
const resolve = (direction: Direction, units: Float64Array): Exclude<Direction, 'auto'> => {
  if (direction !== 'auto') return direction;
  for (let row = 0; row < units.length; row++) if (units[row]! < 0) return 'signed';
  return 'account-to-party';
};

/** Reads every row as a movement from one node to another: none where no account or no day is stated. */
export const flowRows = (table: TransactionTable, nodes: FlowNodes, asked: Direction): FlowRows => {
  const units = requireColumn(table.amountUnits, 'amount');
  // The tests of flows refuse a table without these columns; the graph of a case is shown, and is then empty.
  const days = table.bookingDay;
  const accounts = table.account?.codes ?? null;
  const counterparties = table.counterpartyAccount?.codes ?? null;
  const parties = table.party?.codes ?? null;
  const direction = resolve(asked, units);
  const from = new Int32Array(table.rowCount).fill(-1);
  const to = new Int32Array(table.rowCount).fill(-1);
  const count = { amount: 0, zero: 0, day: 0, account: 0, counterparty: 0, itself: 0 };
  for (let row = 0; row < table.rowCount; row++) {
    const amount = units[row]!;
    const account = accounts === null ? UNKNOWN_CODE : accounts[row]!;
    if (Number.isNaN(amount)) count.amount++;
    else if (amount === 0) count.zero++;
    else if (days === null || days[row] === UNKNOWN_DAY) count.day++;
    else if (account === UNKNOWN_CODE) count.account++;
    else {
      const number = counterparties === null ? UNKNOWN_CODE : counterparties[row]!;
      const party = parties === null ? UNKNOWN_CODE : parties[row]!;
      const own = nodes.ofAccount[account]!;
      const other =
        number !== UNKNOWN_CODE
          ? nodes.ofCounterpartyAccount[number]!
          : party === UNKNOWN_CODE
            ? -1
            : nodes.ofParty[party]!;
      if (other === -1) count.counterparty++;
      else if (other === own) count.itself++;
      else {
        const outgoing = direction === 'signed' ? amount < 0 : direction === 'account-to-party';
        from[row] = outgoing ? own : other;
        to[row] = outgoing ? other : own;
      }
    }
  }
  const excluded = [
    { reason: 'amount is unknown', count: count.amount },
    { reason: 'amount is zero', count: count.zero },
    { reason: 'date is unknown', count: count.day },
    { reason: 'account is unknown', count: count.account },
    { reason: 'counterparty is unknown', count: count.counterparty },
    { reason: 'account and counterparty are the same', count: count.itself },
  ].filter(group => group.count > 0);
  return { direction, from, to, excluded };
};
