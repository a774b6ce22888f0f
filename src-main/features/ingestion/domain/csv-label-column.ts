import type { CsvDialect } from './csv-dialect.ts';
import type { CsvField } from './csv-field.ts';
import { leadingLabel, mayBeginLabel, mayLabelBalance } from './csv-line-labels.ts';
import type { RowText } from './csv-row-text.ts';
import type { CsvScanner } from './csv-scanner.ts';

/** No column of the record labels a balance or total. */
export const NO_LABEL = -1;
/** Nothing describes the record: any column may. */
export const ANY_COLUMN = -2;

/** Looks at the first words of each record: only those that label a balance or total make a record worth a second look. */
export class LabelColumn {
  private readonly scanner: CsvScanner;
  private readonly field: CsvField;
  private readonly text: RowText;
  /** The first column that describes; NO_LABEL for none. */
  private readonly first: number;
  private readonly descriptions: Int32Array;
  private readonly counterparty: number;

  constructor(dialect: CsvDialect, scanner: CsvScanner, field: CsvField, text: RowText) {
    this.scanner = scanner;
    this.field = field;
    this.text = text;
    this.descriptions = Int32Array.from(dialect.choices.description?.columns ?? []);
    this.counterparty = dialect.choices.counterparty?.columns[0] ?? NO_LABEL;
    this.first = this.descriptions[0] ?? NO_LABEL;
  }

  /** The column whose text may label a balance or total, ANY_COLUMN or NO_LABEL. */
  find(): number {
    const { scanner, first } = this;
    if (first >= 0 && first < scanner.fieldCount) {
      const start = scanner.starts[first]!;
      const { bytes } = scanner.source;
      if (scanner.ends[first]! - start >= 2 && !mayBeginLabel(bytes[start]!, bytes[start + 1]!)) return NO_LABEL;
    }
    return this.look();
  }

  private look(): number {
    const { field, descriptions } = this;
    for (const column of descriptions) {
      field.at(column);
      if (field.start < field.end) return this.isLabel() ? column : NO_LABEL;
    }
    if (this.counterparty < 0) return NO_LABEL;
    field.at(this.counterparty);
    if (field.start === field.end) return descriptions.length > 0 ? ANY_COLUMN : NO_LABEL;
    return this.isLabel() ? this.counterparty : NO_LABEL;
  }

  private isLabel(): boolean {
    const { source, start, end } = this.field;
    return (
      mayLabelBalance(source.bytes, start, end) &&
      leadingLabel(this.text.codec.slice(source.bytes, start, end)) !== null
    );
  }
}
