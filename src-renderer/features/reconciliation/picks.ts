import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import type { Pair, SideName } from './reconciliation-types.ts';

/** Picked rows by id, in the order they were picked: they stay, however the lists are sorted or searched. */
export type Picks = Readonly<Record<SideName, ReadonlyMap<number, TransactionRow>>>;

export const NO_PICKS: Picks = { a: new Map(), b: new Map() };

/** The rows of a match, picked. */
export const picksOf = (pair: Pair): Picks => ({
  a: new Map(pair.a.map(row => [row.id, row])),
  b: new Map(pair.b.map(row => [row.id, row])),
});
