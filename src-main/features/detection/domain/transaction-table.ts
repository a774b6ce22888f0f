import type { CodedColumn } from '../../../kernel/dictionary.ts';

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
}

export type ColumnName = 'amount' | 'date' | 'account' | 'party' | 'currency' | 'reference' | 'record';

/** True where the data has the column. A reference column comes with its series and numbers, a record column with both hash words. */
export const hasColumn = (table: TransactionTable, name: ColumnName): boolean => {
  switch (name) {
    case 'amount':
      return table.amountUnits !== null;
    case 'date':
      return table.bookingDay !== null;
    case 'account':
      return table.account !== null;
    case 'party':
      return table.party !== null;
    case 'currency':
      return table.currency !== null;
    case 'reference':
      return table.referenceHash !== null && table.series !== null && table.seriesNumber !== null;
    case 'record':
      return table.recordHashHigh !== null && table.recordHashLow !== null;
  }
};

/** A column that a test cannot run without. Throws where it is missing: `runTest` refuses such a table before. */
export const requireColumn = <Column>(column: Column | null, name: ColumnName): Column => {
  if (column === null) throw new Error(`the column "${name}" is missing: run tests through runTest`);
  return column;
};
