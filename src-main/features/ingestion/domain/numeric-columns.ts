import type { NumericColumns } from './transaction-columns.ts';

/** Empty columns with room for `capacity` transactions. */
export const newColumns = (capacity: number): NumericColumns => ({
  rowNumber: new Uint32Array(capacity),
  byteOffset: new Float64Array(capacity),
  byteLength: new Uint32Array(capacity),
  statement: new Int32Array(capacity),
  bookingDay: new Int32Array(capacity),
  valueDay: new Int32Array(capacity),
  amountUnits: new Float64Array(capacity),
  currency: new Int32Array(capacity),
  counterparty: new Int32Array(capacity),
  counterpartyAccount: new Int32Array(capacity),
  type: new Int32Array(capacity),
  referenceHash: new Float64Array(capacity),
  series: new Int32Array(capacity),
  seriesNumber: new Float64Array(capacity),
  recordHashHigh: new Uint32Array(capacity),
  recordHashLow: new Uint32Array(capacity),
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
    const larger = new (column.constructor as new (length: number) => typeof column)(capacity);
    larger.set(column);
    return larger;
  });
