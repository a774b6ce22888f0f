import { isAscii } from 'node:buffer';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { WriteStore } from '../../../platform/store.ts';
import type { ColumnSlice } from '../domain/transaction-columns.ts';
import { CODED_COLUMNS } from '../domain/transaction-columns.ts';

/** Rows a prepared statement inserts: measured to be as fast as any larger number. */
const ROWS_PER_STATEMENT = 50;
/** Rows a unit of work inserts: short enough that a waiting command is not felt. */
const ROWS_PER_UNIT = 5_000;
const COLUMNS = 15;

const INSERT = `INSERT INTO transactions (id, source, row_number, byte_offset, byte_length, statement, booking_day, value_day,
  amount_units, currency, counterparty, counterparty_account, type, reference, description) VALUES `;
const PLACES = `(${Array(COLUMNS).fill('?').join(',')})`;

const bytesOf = (array: ArrayBufferView): Buffer =>
  Buffer.from(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
const codeOrNull = (code: number): number | null => (code < 0 ? null : code);

/**
 * Stores slices of an import: rows by one prepared statement, and the dictionary values that are new.
 */
export class TransactionWriter {
  private readonly source: number;
  private readonly firstId: number;
  private readonly many;
  private readonly one;
  private readonly value;
  private readonly codes: Record<string, number> = {};

  constructor({ connection }: WriteStore, source: number, firstId: number) {
    this.source = source;
    this.firstId = firstId;
    this.many = connection.prepare(INSERT + Array(ROWS_PER_STATEMENT).fill(PLACES).join(','));
    this.one = connection.prepare(INSERT + PLACES);
    this.value = connection.prepare(
      'INSERT INTO dictionary_values (source, dictionary, code, value) VALUES (?, ?, ?, ?)',
    );
  }

  /** The units of work of a slice: run each in a transaction, in order. */
  *units(slice: ColumnSlice): Generator<() => void> {
    const text = bytesOf(slice.text);
    const encoding = isAscii(text) ? 'latin1' : 'utf8';
    for (let from = 0; from < slice.count; from += ROWS_PER_UNIT)
      yield () => this.rows(slice, text, encoding, from, Math.min(slice.count, from + ROWS_PER_UNIT));
    yield () => this.newValues(slice);
  }

  private rows(slice: ColumnSlice, text: Buffer, encoding: 'latin1' | 'utf8', from: number, to: number): void {
    let parameters: unknown[] = [];
    for (let i = from; i < to; i++) {
      this.row(slice, text, encoding, i, parameters);
      if (parameters.length === ROWS_PER_STATEMENT * COLUMNS) {
        this.many.run(parameters);
        parameters = [];
      }
    }
    for (let at = 0; at < parameters.length; at += COLUMNS) this.one.run(parameters.slice(at, at + COLUMNS));
  }

  private row(slice: ColumnSlice, text: Buffer, encoding: 'latin1' | 'utf8', i: number, parameters: unknown[]): void {
    const c = slice.columns;
    const start = i === 0 ? 0 : slice.textEnds[2 * i - 1]!;
    const middle = slice.textEnds[2 * i]!;
    const end = slice.textEnds[2 * i + 1]!;
    const valueDay = c.valueDay[i]!;
    parameters.push(
      this.firstId + slice.first + i,
      this.source,
      c.rowNumber[i],
      c.byteOffset[i],
      c.byteLength[i],
      c.statement[i],
      c.bookingDay[i],
      valueDay === UNKNOWN_DAY ? null : valueDay,
      c.amountUnits[i],
      codeOrNull(c.currency[i]!),
      codeOrNull(c.counterparty[i]!),
      codeOrNull(c.counterpartyAccount[i]!),
      codeOrNull(c.type[i]!),
      start === middle ? '' : text.toString(encoding, start, middle),
      middle === end ? '' : text.toString(encoding, middle, end),
    );
  }

  private newValues(slice: ColumnSlice): void {
    for (const name of CODED_COLUMNS) {
      for (const value of slice.newValues[name]) {
        const code = this.codes[name] ?? 0;
        this.value.run(this.source, name, code, value);
        this.codes[name] = code + 1;
      }
    }
  }
}
