import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { TablePart } from '../../ingestion/domain/case-table.ts';
import type { SharedColumns } from '../../ingestion/domain/shared-columns.ts';
import type { ColumnName } from '../domain/transaction-table.ts';

/** Columns of a source's typed arrays; the texts of its rows lie in the store. */
export type ArrayColumnName = Exclude<ColumnName, 'description' | 'reference-text'>;

/** Columns that a source states for none of its rows unless their dictionary holds values. */
const BY_DICTIONARY: Partial<Record<ArrayColumnName, keyof SharedColumns['dictionaries']>> = {
  party: 'party',
  currency: 'currency',
  'counterparty-account': 'counterpartyAccount',
  type: 'type',
  category: 'category',
  'ledger-account': 'ledgerAccount',
  entry: 'entry',
  poster: 'poster',
  entered: 'entered',
  time: 'time',
};

const hasOther = (values: Float64Array | Int32Array, than: number): boolean => {
  for (let row = 0; row < values.length; row++) if (values[row] !== than) return true;
  return false;
};

/** Accounts are stated by statement: one without a row states none. */
const statesAccount = ({ accounts, columns }: TablePart): boolean => {
  const isNamed = accounts.map(account => account !== null && account !== '');
  if (!isNamed.includes(true)) return false;
  const { statement } = columns.columns;
  for (let row = 0; row < statement.length; row++) if (isNamed[statement[row]!] === true) return true;
  return false;
};

/**
 * True where a source states the column in some row; what no source of a table states is no column of it. Every record that
 * was imported has an amount and its own text.
 */
export const statesValue = (source: TablePart, column: ArrayColumnName): boolean => {
  const { count, columns, dictionaries } = source.columns;
  if (count === 0) return false;
  const dictionary = BY_DICTIONARY[column];
  if (dictionary !== undefined) return dictionaries[dictionary].ends.length > 0;
  switch (column) {
    case 'account':
      return statesAccount(source);
    case 'reference':
      return hasOther(columns.referenceHash, 0);
    case 'date':
      return hasOther(columns.bookingDay, UNKNOWN_DAY);
    case 'value-date':
      return hasOther(columns.valueDay, UNKNOWN_DAY);
    default:
      return true;
  }
};
