import type { CodedColumn } from '../../../kernel/dictionary.ts';
import type { DecimalSign } from './csv-amount.ts';
import type { DateReading } from './csv-date.ts';

/** The parts that columns of a table can play in a test. `debit` and `credit` together are an amount: debit less credit. */
export const TABLE_KEYS = [
  'amount',
  'debit',
  'credit',
  'date',
  'value-date',
  'entered',
  'time',
  'party',
  'reference',
  'account',
  'counterparty-account',
  'currency',
  'type',
  'category',
  'ledger-account',
  'entry',
  'poster',
  'description',
  'id',
] as const;
export type TableKey = (typeof TABLE_KEYS)[number];

/** Which column plays which part: a header name or a 1-based number. */
export type TableMapping = { readonly [Key in TableKey]?: string | undefined };

/** What of a table is read beside the mapped columns. */
export interface TableWishes {
  /** Parts that must be there: where they are not mapped, a column whose name says so is taken. */
  readonly needed?: readonly TableKey[];
  /** Further columns by header name or number, read as they stand. */
  readonly named?: readonly string[];
  /** Whether the texts of the reference column are wanted, and not only whether they are equal. */
  readonly referenceTexts?: boolean;
}

/** Texts of a column, read where they are asked for: trimmed, '' where the row has none. */
export interface TableTexts {
  at(row: number): string;
}

/**
 * Any table as columns for the forensic tests, one element a row, in file order. Columns that were not mapped are null;
 * a value that is missing or cannot be read is NaN, UNKNOWN_DAY, UNKNOWN_MINUTE, UNKNOWN_CODE or 0 (hash), and counted in
 * `unreadable`.
 */
export interface TableColumns {
  readonly rowCount: number;
  readonly rowNumber: Uint32Array;
  readonly amountUnits: Float64Array | null;
  readonly amountScale: number;
  /** Decimal texts of amounts that 2^53 units cannot hold, by row; their units are NaN. */
  readonly offScaleAmounts: ReadonlyMap<number, string>;
  readonly bookingDay: Int32Array | null;
  readonly valueDay: Int32Array | null;
  readonly enteredDay: Int32Array | null;
  readonly minute: Int32Array | null;
  readonly account: CodedColumn | null;
  /** Keyed by the name trimmed, upper-cased, inner white space collapsed. */
  readonly party: CodedColumn | null;
  readonly counterpartyAccount: CodedColumn | null;
  readonly currency: CodedColumn | null;
  readonly type: CodedColumn | null;
  readonly category: CodedColumn | null;
  readonly ledgerAccount: CodedColumn | null;
  readonly entry: CodedColumn | null;
  readonly poster: CodedColumn | null;
  readonly id: CodedColumn | null;
  readonly description: TableTexts | null;
  readonly referenceText: TableTexts | null;
  readonly referenceHash: Float64Array | null;
  readonly series: CodedColumn | null;
  readonly seriesNumber: Float64Array | null;
  readonly recordHashHigh: Uint32Array;
  readonly recordHashLow: Uint32Array;
  /** The wished columns by the names they were wished under. */
  readonly named: ReadonlyMap<string, CodedColumn>;
  /** Names of all columns of the table (`column 3` where it has no header). */
  readonly names: readonly string[];
  /** Needed parts that nobody mapped, and the column that was taken for each by its name. */
  readonly taken: readonly { readonly key: TableKey; readonly column: string }[];
  readonly unreadable: {
    /** Filled cells that are no amount, and no date. */
    readonly amount: number;
    readonly date: number;
    /** Empty cells of the amount column, and of the date column. */
    readonly missingAmount: number;
    readonly missingDate: number;
    /** Records over the length limit: the only ones that are no rows of the table. */
    readonly tooLong: number;
  };
  readonly dialect: {
    readonly encoding: string;
    readonly delimiter: string;
    readonly headerRow: number | null;
    readonly dateOrder: DateReading | null;
    readonly decimalSign: DecimalSign | null;
  };
}
