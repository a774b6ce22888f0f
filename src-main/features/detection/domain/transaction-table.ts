import type { CodedColumn } from '../../../kernel/dictionary.ts';

/** Texts that are read only where they are needed. */
export interface TextColumn {
  /** The row's text, trimmed; '' where it has none. */
  at(row: number): string;
}

/**
 * The columns a forensic test reads: typed arrays of equal length, one element a transaction, in file order.
 * A column that the data does not have is null; a value that is unknown in a column that exists is
 * NaN (amount, number), UNKNOWN_DAY (days), UNKNOWN_CODE (codes) or 0 (reference hash). Unknown is never 0 money.
 */
export interface TransactionTable {
  readonly rowCount: number;
  /** What the rows are called outside: the record's row in its file. */
  readonly rowNumber: Uint32Array;
  /** Signed integer units of 10^-amountScale currency units. */
  readonly amountUnits: Float64Array | null;
  readonly amountScale: number;
  /**
   * Decimal texts (no sign of grouping) of amounts that have no exact units at `amountScale`, by row: they exceed 2^53 units
   * or are finer. Their units are NaN, so that no sum or comparison rests on them, but their digits are known.
   */
  readonly offScaleAmounts: ReadonlyMap<number, string>;
  readonly bookingDay: Int32Array | null;
  readonly account: CodedColumn | null;
  /** Standardized party key (trimmed, upper-cased, …). */
  readonly party: CodedColumn | null;
  readonly currency: CodedColumn | null;
  /** Reference, as a 53-bit hash of the trimmed text; 0 is "none". Equal hashes are taken as equal references. */
  readonly referenceHash: Float64Array | null;
  /**
   * Series of a sequential reference (its text up to the trailing number) and the number; NaN where it has none.
   * A reference of digits only has a number and no series text (UNKNOWN_CODE): such references form one series.
   */
  readonly series: CodedColumn | null;
  readonly seriesNumber: Float64Array | null;
  /** 64 bits over all of the record's own text: two words; equal pairs are candidates for "equal in every column". */
  readonly recordHashHigh: Uint32Array | null;
  readonly recordHashLow: Uint32Array | null;
  readonly valueDay: Int32Array | null;
  /** Day on which the record was entered into the books, where that is stated beside the booking day. */
  readonly enteredDay: Int32Array | null;
  /** Minute of the day (0 to 1439) at which it was entered or booked; -1 is unknown. */
  readonly minute: Int32Array | null;
  readonly counterpartyAccount: CodedColumn | null;
  /** Kind of transaction or document, as the file states it. */
  readonly type: CodedColumn | null;
  readonly category: CodedColumn | null;
  readonly ledgerAccount: CodedColumn | null;
  /** Journal entry or voucher that a ledger line belongs to. */
  readonly entry: CodedColumn | null;
  /** Who entered the record. */
  readonly poster: CodedColumn | null;
  readonly description: TextColumn | null;
  readonly referenceText: TextColumn | null;
  /** Columns of the table by the names that parameters of kind `columns` give. */
  readonly named: ReadonlyMap<string, CodedColumn>;
}

const ARRAY_OF = {
  amount: 'amountUnits',
  date: 'bookingDay',
  'value-date': 'valueDay',
  entered: 'enteredDay',
  time: 'minute',
  account: 'account',
  party: 'party',
  'counterparty-account': 'counterpartyAccount',
  currency: 'currency',
  type: 'type',
  category: 'category',
  'ledger-account': 'ledgerAccount',
  entry: 'entry',
  poster: 'poster',
  description: 'description',
  'reference-text': 'referenceText',
} as const satisfies Record<string, keyof TransactionTable>;

/** What tests and the command line call the columns. */
export type ColumnName = keyof typeof ARRAY_OF | 'reference' | 'record';

/** True where the data has the column. A reference column comes with its series and numbers, a record column with both hash words. */
export const hasColumn = (table: TransactionTable, name: ColumnName): boolean => {
  switch (name) {
    case 'reference':
      return table.referenceHash !== null && table.series !== null && table.seriesNumber !== null;
    case 'record':
      return table.recordHashHigh !== null && table.recordHashLow !== null;
    default:
      return table[ARRAY_OF[name]] !== null;
  }
};

/** A column that a test cannot run without. Throws where it is missing: `runTest` refuses such a table before. */
export const requireColumn = <Column>(column: Column | null, name: ColumnName): Column => {
  if (column === null) throw new Error(`the column "${name}" is missing: run tests through runTest`);
  return column;
};
