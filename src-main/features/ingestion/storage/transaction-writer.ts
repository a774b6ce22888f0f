import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { WriteStore } from '../../../platform/store.ts';
import type { ColumnSlice } from '../domain/transaction-columns.ts';
import { CODED_COLUMNS } from '../domain/transaction-columns.ts';
import type { SliceTexts } from './slice-texts.ts';
import { sliceTexts } from './slice-texts.ts';

/** Rows a prepared statement inserts: measured to be as fast as any larger number. */
const ROWS_PER_STATEMENT = 50;
/** Rows a unit of work inserts: short enough that a waiting command is not felt. */
const ROWS_PER_UNIT = 5_000;
/** Values bound a row; the source is the same in all and stands in the statement. */
const COLUMNS = 17;

const INSERT = `INSERT INTO transactions (id, source, row_number, byte_offset, byte_length, statement, booking_day, value_day,
  amount_units, currency, counterparty, counterparty_account, type, reference, description, category, ledger_account,
  entry) VALUES `;

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
  private readonly parameters: unknown[] = new Array<unknown>(ROWS_PER_STATEMENT * COLUMNS).fill(null);

  constructor({ connection }: WriteStore, source: number, firstId: number) {
    this.source = source;
    this.firstId = firstId;
    const places = `(?,${Math.trunc(source)}${',?'.repeat(COLUMNS - 1)})`;
    this.many = connection.prepare(INSERT + Array(ROWS_PER_STATEMENT).fill(places).join(','));
    this.one = connection.prepare(INSERT + places);
    this.value = connection.prepare(
      'INSERT INTO dictionary_values (source, dictionary, code, value) VALUES (?, ?, ?, ?)',
    );
  }

  /** The units of work of a slice: run each in a transaction, in order. */
  *units(slice: ColumnSlice): Generator<() => void> {
    const texts = sliceTexts(slice);
    for (let from = 0; from < slice.count; from += ROWS_PER_UNIT)
      yield () => this.rows(slice, texts, from, Math.min(slice.count, from + ROWS_PER_UNIT));
    yield () => this.newValues(slice);
  }

  private rows(slice: ColumnSlice, texts: SliceTexts, from: number, to: number): void {
    const { parameters } = this;
    let i = from;
    for (; i + ROWS_PER_STATEMENT <= to; i += ROWS_PER_STATEMENT) {
      for (let k = 0; k < ROWS_PER_STATEMENT; k++) this.row(slice, texts, i + k, parameters, k * COLUMNS);
      this.many.run(parameters);
    }
    const single: unknown[] = [];
    for (; i < to; i++) {
      this.row(slice, texts, i, single, 0);
      this.one.run(single);
    }
  }

  private row({ first, columns: c }: ColumnSlice, texts: SliceTexts, i: number, into: unknown[], at: number): void {
    const valueDay = c.valueDay[i]!;
    into[at] = this.firstId + first + i;
    into[at + 1] = c.rowNumber[i];
    into[at + 2] = c.byteOffset[i];
    into[at + 3] = c.byteLength[i];
    into[at + 4] = c.statement[i];
    into[at + 5] = c.bookingDay[i];
    into[at + 6] = valueDay === UNKNOWN_DAY ? null : valueDay;
    into[at + 7] = c.amountUnits[i];
    into[at + 8] = codeOrNull(c.currency[i]!);
    into[at + 9] = codeOrNull(c.counterparty[i]!);
    into[at + 10] = codeOrNull(c.counterpartyAccount[i]!);
    into[at + 11] = codeOrNull(c.type[i]!);
    into[at + 12] = texts.piece(2 * i);
    into[at + 13] = texts.piece(2 * i + 1);
    into[at + 14] = codeOrNull(c.category[i]!);
    into[at + 15] = codeOrNull(c.ledgerAccount[i]!);
    into[at + 16] = codeOrNull(c.entry[i]!);
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
