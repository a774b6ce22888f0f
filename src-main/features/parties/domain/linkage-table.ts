import type { CodedColumn } from '../../../kernel/dictionary.ts';
import type { FieldKind } from './field-kind.ts';

/** One column to compare: its texts as they stand, dictionary-encoded (−1 is unknown). */
export interface LinkageColumn {
  readonly name: string;
  readonly column: CodedColumn;
  /** What it holds; inferred from name and values where it is not given. */
  readonly kind?: FieldKind;
}

/** Records to link, column by column. Row numbers are 0-based and index every array. */
export interface LinkageTable {
  readonly rowCount: number;
  readonly fields: readonly LinkageColumn[];
  /** What rows are called; orders rows of equal content, so that the answer does not depend on the order of the rows. */
  readonly ids: readonly string[] | null;
  /** Two tables stacked: 0 or 1 for each row; only pairs across are made. Null for one table. */
  readonly side: Uint8Array | null;
}
