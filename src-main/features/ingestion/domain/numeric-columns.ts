import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { NumericColumns, TRAIL_COLUMNS } from './transaction-columns.ts';

const unsigned = (capacity: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(capacity * 4));
const signed = (capacity: number): Int32Array => new Int32Array(new SharedArrayBuffer(capacity * 4));
const floating = (capacity: number): Float64Array => new Float64Array(new SharedArrayBuffer(capacity * 8));

/**
 * Empty columns with room for `capacity` transactions, in shared memory: the threads that analyse read the very arrays the
 * parser filled, without a copy. Room that is never used costs address space only. Of TRAIL_COLUMNS there is none yet.
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
  poster: signed(0),
  entered: signed(0),
  time: signed(0),
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
  poster: change(columns.poster),
  entered: change(columns.entered),
  time: change(columns.time),
  recordHashHigh: change(columns.recordHashHigh),
  recordHashLow: change(columns.recordHashLow),
});

/** The same columns with room for one of TRAIL_COLUMNS, unknown in the first `count` rows. */
export const withTrailColumn = (
  columns: NumericColumns,
  name: (typeof TRAIL_COLUMNS)[number],
  count: number,
): NumericColumns => ({ ...columns, [name]: signed(columns.entry.length).fill(UNKNOWN_CODE, 0, count) });

/** Views of rows [start, end): no copy. */
export const viewColumns = (columns: NumericColumns, start: number, end: number): NumericColumns =>
  each(columns, column => column.subarray(start, end) as typeof column);

/** Copies of rows [start, end), in buffers of their own. */
export const copyColumns = (columns: NumericColumns, start: number, end: number): NumericColumns =>
  each(columns, column => column.slice(start, end) as typeof column);

/** The same rows in columns of another capacity. */
export const resizeColumns = (columns: NumericColumns, capacity: number): NumericColumns =>
  each(columns, column => {
    if (column.length === 0) return column;
    const Type = column.constructor as new (buffer: SharedArrayBuffer) => typeof column;
    const larger = new Type(new SharedArrayBuffer(capacity * column.BYTES_PER_ELEMENT));
    larger.set(column);
    return larger;
  });
