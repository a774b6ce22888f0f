import type { CodedColumn } from '../../../kernel/dictionary.ts';

/**
 * One side of a reconciliation (a bank statement or a ledger): parallel columns of `rowCount` rows, in file order.
 * Unknown values: NaN for an amount, UNKNOWN_DAY for a day, UNKNOWN_CODE (or no column at all) for a currency, '' for text.
 */
export interface ReconciliationSide {
  readonly rowCount: number;
  /** What a row is called outside: its row in the file. */
  readonly rowNumber: Uint32Array;
  /** Booking day as a CivilDay. */
  readonly day: Int32Array;
  /** Signed integer units of 10^-scale currency units, as the file states the sign. */
  readonly amountUnits: Float64Array;
  readonly scale: number;
  readonly currency: CodedColumn | null;
  /** The own account of each row, where the side holds several: transfers between them are recognised. */
  readonly account?: CodedColumn | null;
  /** Counterparty and description of a row, separated by a blank. */
  text(index: number): string;
  /** Reference of a row. */
  reference(index: number): string;
  /** Rows that a person confirmed to repeat others: they match nothing. */
  readonly repeated?: ReadonlySet<number>;
}

export type SideName = 'bank' | 'ledger';
