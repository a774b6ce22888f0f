import type { Statement } from 'better-sqlite3';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { Connection } from '../../../platform/database.ts';
import type { WriteStore } from '../../../platform/store.ts';
import type { ColumnSlice, NumericColumns } from '../domain/transaction-columns.ts';
import { CODED_COLUMNS } from '../domain/transaction-columns.ts';
import type { SliceTexts } from './slice-texts.ts';
import { sliceTexts } from './slice-texts.ts';

/** Rows a prepared statement inserts: measured to be as fast as any larger number. */
const ROWS_PER_STATEMENT = 50;
/** Rows a unit of work inserts: short enough that a waiting command is not felt. */
const ROWS_PER_UNIT = 5_000;

/** Columns whose numbers are stored as they are. */
const PLAIN = [
  ['row_number', 'rowNumber'],
  ['byte_offset', 'byteOffset'],
  ['byte_length', 'byteLength'],
  ['statement', 'statement'],
  ['booking_day', 'bookingDay'],
  ['amount_units', 'amountUnits'],
] as const satisfies readonly (readonly [string, keyof NumericColumns])[];

/**
 * Columns that may hold nothing in a slice, with the number that says so in a row. Where a slice has none of a column at all,
 * the column is left out of the statement: binding a NULL costs as much as binding a value.
 */
const OPTIONAL = [
  ['value_day', 'valueDay', UNKNOWN_DAY],
  ['currency', 'currency', -1],
  ['counterparty', 'counterparty', -1],
  ['counterparty_account', 'counterpartyAccount', -1],
  ['type', 'type', -1],
  ['category', 'category', -1],
  ['ledger_account', 'ledgerAccount', -1],
  ['entry', 'entry', -1],
  ['poster', 'poster', -1],
  ['entered', 'entered', -1],
  ['time', 'time', -1],
] as const satisfies readonly (readonly [string, keyof NumericColumns, number])[];
type OptionalColumn = (typeof OPTIONAL)[number];

/** id, the plain columns, reference and description; then what else the slice states. */
const FIXED = 1 + PLAIN.length + 2;

const states = (column: NumericColumns[keyof NumericColumns], count: number, unknown: number): boolean => {
  // A column without room is unknown throughout.
  const length = Math.min(count, column.length);
  for (let i = 0; i < length; i++) if (column[i] !== unknown) return true;
  return false;
};

/** Inserts rows of one set of columns: many at once, or one. */
class RowInsert {
  private readonly stated: readonly OptionalColumn[];
  private readonly width: number;
  private readonly many: Statement;
  private readonly one: Statement;
  private readonly parameters: unknown[];

  /** The source is the same in all rows and stands in the statement. */
  constructor(connection: Connection, source: number, stated: readonly OptionalColumn[]) {
    this.stated = stated;
    this.width = FIXED + stated.length;
    const names = [
      'source',
      'id',
      ...PLAIN.map(([name]) => name),
      'reference',
      'description',
      ...stated.map(([name]) => name),
    ];
    const places = `(${Math.trunc(source)}${',?'.repeat(this.width)})`;
    const into = `INSERT INTO transactions (${names.join(', ')}) VALUES `;
    // eslint-disable-next-line no-restricted-syntax -- names of our own schema, places and a whole number
    this.many = connection.prepare(into + Array(ROWS_PER_STATEMENT).fill(places).join(','));
    // eslint-disable-next-line no-restricted-syntax -- the same
    this.one = connection.prepare(into + places);
    this.parameters = new Array<unknown>(ROWS_PER_STATEMENT * this.width).fill(null);
  }

  /** Rows [from, to) of a slice, whose first row has the id `firstId`. */
  run(slice: ColumnSlice, texts: SliceTexts, firstId: number, from: number, to: number): void {
    let i = from;
    for (; i + ROWS_PER_STATEMENT <= to; i += ROWS_PER_STATEMENT) {
      this.fill(slice, texts, firstId, i, ROWS_PER_STATEMENT, this.parameters);
      this.many.run(this.parameters);
    }
    const single = new Array<unknown>(this.width).fill(null);
    for (; i < to; i++) {
      this.fill(slice, texts, firstId, i, 1, single);
      this.one.run(single);
    }
  }

  /** Values of rows [from, from + rows), column by column: each loop reads one array. */
  private fill(
    slice: ColumnSlice,
    texts: SliceTexts,
    firstId: number,
    from: number,
    rows: number,
    into: unknown[],
  ): void {
    const { width } = this;
    const { columns } = slice;
    for (let k = 0; k < rows; k++) into[k * width] = firstId + from + k;
    let place = 1;
    for (const [, name] of PLAIN) {
      const column = columns[name];
      for (let k = 0; k < rows; k++) into[k * width + place] = column[from + k];
      place += 1;
    }
    for (let k = 0; k < rows; k++) {
      const piece = 2 * (from + k);
      into[k * width + place] = texts.piece(piece);
      into[k * width + place + 1] = texts.piece(piece + 1);
    }
    place += 2;
    for (const [, name, unknown] of this.stated) {
      const column = columns[name];
      for (let k = 0; k < rows; k++) {
        const value = column[from + k];
        into[k * width + place] = value === undefined || value === unknown ? null : value;
      }
      place += 1;
    }
  }
}

/**
 * Stores slices of an import: rows by prepared statements, and the dictionary values that are new.
 */
export class TransactionWriter {
  private readonly connection: Connection;
  private readonly source: number;
  private readonly firstId: number;
  private readonly inserts = new Map<string, RowInsert>();
  private readonly value;
  private readonly codes: Record<string, number> = {};

  constructor({ connection }: WriteStore, source: number, firstId: number) {
    this.connection = connection;
    this.source = source;
    this.firstId = firstId;
    this.value = connection.prepare(
      'INSERT INTO dictionary_values (source, dictionary, code, value) VALUES (?, ?, ?, ?)',
    );
  }

  /** The units of work of a slice: run each in a transaction, in order. */
  *units(slice: ColumnSlice): Generator<() => void> {
    const texts = sliceTexts(slice);
    const insert = this.insertOf(slice);
    const firstId = this.firstId + slice.first;
    for (let from = 0; from < slice.count; from += ROWS_PER_UNIT)
      yield () => insert.run(slice, texts, firstId, from, Math.min(slice.count, from + ROWS_PER_UNIT));
    yield () => this.newValues(slice);
  }

  private insertOf({ columns, count }: ColumnSlice): RowInsert {
    const stated = OPTIONAL.filter(([, name, unknown]) => states(columns[name], count, unknown));
    const key = stated.map(([name]) => name).join();
    let insert = this.inserts.get(key);
    if (insert === undefined) {
      insert = new RowInsert(this.connection, this.source, stated);
      this.inserts.set(key, insert);
    }
    return insert;
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
