import { describeRow, textAt } from '../figures.ts';
import type { TransactionTable } from '../transaction-table.ts';

/** A ledger line in words, with the entry it belongs to where that is known: "entry 4711, -1,234.50 EUR, 2024-03-01". */
export const entryInWords = (table: TransactionTable, row: number): string => {
  const entry = textAt(table.entry, row);
  return entry === null ? describeRow(table, row) : `entry ${entry}, ${describeRow(table, row)}`;
};
