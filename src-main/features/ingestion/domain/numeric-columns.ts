import type { NumericColumns } from './transaction-columns.ts';

const unsigned = (capacity: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(capacity * 4));
const signed = (capacity: number): Int32Array => new Int32Array(new SharedArrayBuffer(capacity * 4));
const floating = (capacity: number): Float64Array => new Float64Array(new SharedArrayBuffer(capacity * 8));

/**
 * Empty columns with room for `capacity` transactions, in shared memory: the threads that analyse read the very arrays the
 * parser filled, without a copy. Room that is never used costs address space only.
 */
export const newColumns = (capacity: number): NumericColumns => ({
  rowNumber: unsigned(capacity),
  byteOffset: floating(capacity),
  byteLength: unsigned(capacity),
  statement: signed(capacity),
  bookingDay: signed(capacity),
  valueDay: signed(capacity),
  amountUnits: floating(capacity),
  currency: signed(capacity),
  counterparty: signed(capacity),
  counterpartyAccount: signed(capacity),
  type: signed(capacity),
  referenceHash: floating(capacity),
  series: signed(capacity),
  seriesNumber: floating(capacity),
  category: signed(capacity),
  ledgerAccount: signed(capacity),
  entry: signed(capacity),
  recordHashHigh: unsigned(capacity),
  recordHashLow: unsigned(capacity),
});

const each = (
  columns: NumericColumns,
  change: <A extends Uint32Array | Int32Array | Float64Array>(column: A) => A,
): NumericColumns => ({
  rowNumber: change(columns.rowNumber),
  byteOffset: change(columns.byteOffset),
  byteLength: change(columns.byteLength),
  statement: change(columns.statement),
  bookingDay: change(columns.bookingDay),
  valueDay: change(columns.valueDay),
  amountUnits: change(columns.amountUnits),
  currency: change(columns.currency),
  counterparty: change(columns.counterparty),
  counterpartyAccount: change(columns.counterpartyAccount),
  type: change(columns.type),
  referenceHash: change(columns.referenceHash),
  series: change(columns.series),
  seriesNumber: change(columns.seriesNumber),
  category: change(columns.category),
  ledgerAccount: change(columns.ledgerAccount),
  entry: change(columns.entry),
  recordHashHigh: change(columns.recordHashHigh),
  recordHashLow: change(columns.recordHashLow),
});

/** Views of rows [start, end): no copy. */
export const viewColumns = (columns: NumericColumns, start: number, end: number): NumericColumns =>
  each(columns, column => column.subarray(start, end) as typeof column);

/** Copies of rows [start, end), in buffers of their own. */
export const copyColumns = (columns: NumericColumns, start: number, end: number): NumericColumns =>
  each(columns, column => column.slice(start, end) as typeof column);

/** The same rows in columns of another capacity. */
export const resizeColumns = (columns: NumericColumns, capacity: number): NumericColumns =>
  each(columns, column => {
    const Type = column.constructor as new (buffer: SharedArrayBuffer) => typeof column;
    const larger = new Type(new SharedArrayBuffer(capacity * column.BYTES_PER_ELEMENT));
    larger.set(column);
    return larger;
  });
