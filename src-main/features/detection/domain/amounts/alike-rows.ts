import { textAt } from '../figures.ts';
import type { TransactionTable } from '../transaction-table.ts';

/** Rows of one direction and currency: only these are compared with each other or added up. */
export interface AlikeRows {
  readonly direction: 'in' | 'out';
  /** Null is unknown: rows of unknown currency are alike among themselves. */
  readonly currency: string | null;
  readonly rows: number[];
}

/** Parts rows (of known amount) by sign and currency, in order of first appearance; zero counts as `in`. */
export const alikeRows = (table: TransactionTable, rows: Uint32Array): AlikeRows[] => {
  const amounts = table.amountUnits!;
  const currencies = table.currency?.codes ?? null;
  const groups = new Map<number, number[]>();
  let lastKey = -1;
  let own: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const key = 2 * (currencies === null ? 0 : currencies[row]! + 1) + (amounts[row]! < 0 ? 1 : 0);
    if (key !== lastKey) {
      own = groups.get(key) ?? [];
      if (own.length === 0) groups.set(key, own);
      lastKey = key;
    }
    own.push(row);
  }
  return [...groups].map(([key, own]) => ({
    direction: key % 2 === 1 ? 'out' : 'in',
    currency: textAt(table.currency, own[0]!),
    rows: own,
  }));
};
