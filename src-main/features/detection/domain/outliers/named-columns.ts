import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import type { TransactionTable } from '../transaction-table.ts';

/** Columns of a case that have no name of their own in a file, by what the command line calls them. */
const STANDARD = {
  account: 'account',
  party: 'party',
  'counterparty-account': 'counterpartyAccount',
  currency: 'currency',
  type: 'type',
  category: 'category',
  'ledger-account': 'ledgerAccount',
  entry: 'entry',
  poster: 'poster',
} as const satisfies Record<string, keyof TransactionTable>;

/** The column of a name: the file's own, else a standard one; null where there is neither. */
export const columnNamed = (table: TransactionTable, name: string): CodedColumn | null => {
  const own = table.named.get(name);
  if (own !== undefined) return own;
  return Object.hasOwn(STANDARD, name) ? table[STANDARD[name as keyof typeof STANDARD]] : null;
};

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** The number each value of a column states; NaN where it states none. Each distinct text is read once. */
export const numbersOf = (column: CodedColumn): Float64Array =>
  Float64Array.from(column.values, text => (NUMBER.test(text.trim()) ? Number(text.trim()) : Number.NaN));
