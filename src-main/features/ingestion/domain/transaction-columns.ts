/**
 * Transactions as columns: typed arrays, one element a transaction in file order. This is what parsers fill,
 * what the store keeps as rows and column segments, and what the forensic tests read. No per-row objects.
 */

/** Dictionary-encoded columns; a code indexes the list of all values seen so far in this import; -1 is unknown. */
export const CODED_COLUMNS = [
  'currency',
  'counterparty',
  'counterpartyAccount',
  'type',
  'series',
  'category',
  'ledgerAccount',
  'entry',
  'poster',
  'entered',
  'time',
] as const;
export type CodedColumnName = (typeof CODED_COLUMNS)[number];

/**
 * Who entered a record, on which day (ISO 8601) and at what time of day (HH:MM): few files state any, so that such a
 * column has length 0 until a record does. The rows before that are then unknown.
 */
export const TRAIL_COLUMNS = ['poster', 'entered', 'time'] as const satisfies readonly CodedColumnName[];

/** The numeric columns with their array types. */
export interface NumericColumns {
  readonly rowNumber: Uint32Array;
  readonly byteOffset: Float64Array;
  readonly byteLength: Uint32Array;
  /** Index of the statement the transaction belongs to. */
  readonly statement: Int32Array;
  readonly bookingDay: Int32Array;
  readonly valueDay: Int32Array;
  /** Signed integer units of 10^-scale currency units. */
  readonly amountUnits: Float64Array;
  readonly currency: Int32Array;
  /** Counterparty as spelled in the file, trimmed: many spellings may stand for one party. */
  readonly counterparty: Int32Array;
  readonly counterpartyAccount: Int32Array;
  readonly type: Int32Array;
  /** hash53 of the trimmed reference text; 0 is none. */
  readonly referenceHash: Float64Array;
  /** Text of the reference before its trailing digits, where it ends in digits (`INV-00042` → `INV-`). */
  readonly series: Int32Array;
  /** The trailing digits as a number, NaN where there are none or more than 15. */
  readonly seriesNumber: Float64Array;
  /** Category or merchant category code as the file states it. */
  readonly category: Int32Array;
  /** General ledger account of a ledger line. */
  readonly ledgerAccount: Int32Array;
  /** Journal entry or voucher of a ledger line. */
  readonly entry: Int32Array;
  readonly poster: Int32Array;
  readonly entered: Int32Array;
  readonly time: Int32Array;
  readonly recordHashHigh: Uint32Array;
  readonly recordHashLow: Uint32Array;
}

/** A run of consecutive transactions, self-contained, its buffers transferable to another thread. */
export interface ColumnSlice {
  /** Index (0-based, among the accepted transactions of the import) of the slice's first transaction. */
  readonly first: number;
  readonly count: number;
  /** Decimals of amountUnits in this slice. */
  readonly scale: number;
  readonly columns: NumericColumns;
  /** UTF-8 text of reference and description, back to back: reference 0, description 0, reference 1, … */
  readonly text: Uint8Array;
  /** End of each piece in `text`: textEnds[2i] of reference i, textEnds[2i+1] of description i. */
  readonly textEnds: Uint32Array;
  /** Dictionary values that appeared for the first time in this slice, in code order. */
  readonly newValues: Readonly<Record<CodedColumnName, readonly string[]>>;
}
