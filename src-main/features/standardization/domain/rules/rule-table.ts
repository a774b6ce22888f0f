import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import type { CodedField, TextField } from './rule.ts';

/** The transactions rules are run over, as columns; one element a row. */
export interface RuleTable {
  readonly rowCount: number;
  /** Signed integer units of 10^-amountScale; NaN is unknown. */
  readonly amountUnits: Float64Array;
  readonly amountScale: number;
  /** Days since 1970-01-01. */
  readonly bookingDay: Int32Array;
  coded(field: CodedField): CodedColumn;
  /** Every row's text in row order; read only when a rule asks for it, for a million texts do not lie in columns. */
  texts(field: TextField): Iterable<string>;
}
