import type { CodedColumn } from '../../../kernel/dictionary.ts';
import type { DecimalSign } from './csv-amount.ts';
import type { DateReading } from './csv-date.ts';

/** Which column plays which part: a header name or a 1-based number. */
export interface TableMapping {
  readonly amount?: string;
  readonly date?: string;
  readonly party?: string;
  readonly reference?: string;
  readonly account?: string;
  readonly id?: string;
  readonly currency?: string;
}

/**
 * Any table as columns for the forensic tests, one element a row, in file order. Columns that were not mapped are null;
 * a value that is missing or cannot be read is NaN, UNKNOWN_DAY, UNKNOWN_CODE or 0 (hash), and counted in `unreadable`.
 */
export interface TableColumns {
  readonly rowCount: number;
  readonly rowNumber: Uint32Array;
  readonly amountUnits: Float64Array | null;
  readonly amountScale: number;
  readonly bookingDay: Int32Array | null;
  readonly account: CodedColumn | null;
  /** Keyed by the name trimmed, upper-cased, inner white space collapsed. */
  readonly party: CodedColumn | null;
  readonly currency: CodedColumn | null;
  readonly id: CodedColumn | null;
  readonly referenceHash: Float64Array | null;
  readonly series: CodedColumn | null;
  readonly seriesNumber: Float64Array | null;
  readonly recordHashHigh: Uint32Array;
  readonly recordHashLow: Uint32Array;
  /** Names of all columns of the table (`column 3` where it has no header). */
  readonly names: readonly string[];
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
