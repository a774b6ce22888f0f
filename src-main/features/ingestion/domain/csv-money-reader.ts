import { AmountReader, exceedsExactness, parseAmount, peelAmount } from './csv-amount.ts';
import { columnLabel } from './csv-column-names.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { CsvField } from './csv-field.ts';
import type { RowText } from './csv-row-text.ts';

/** Longer text is no amount. */
const MAX_AMOUNT_BYTES = 100;
const PLUS = 43;
const MINUS = 45;

/** Reads columns of money of the current record. Results are left in the fields, so that nothing is allocated. */
export class MoneyReader {
  units = 0;
  scale = 0;
  /** The text itself said which way the money goes. */
  signed = false;
  /** The currency sign or code the text carried; only where the dialect asks for it. */
  currency = '';
  private readonly dialect: CsvDialect;
  private readonly field: CsvField;
  private readonly text: RowText;
  private readonly amounts: AmountReader;

  constructor(dialect: CsvDialect, field: CsvField, text: RowText) {
    this.dialect = dialect;
    this.field = field;
    this.text = text;
    this.amounts = new AmountReader(dialect.decimalSign.value, dialect.groupingSign);
  }

  /** Reads one column into `units` and `scale`: true; null when it is empty, false when it is not a number. */
  read(column: number): boolean | null {
    const { field, amounts } = this;
    field.at(column);
    if (field.start === field.end) return null;
    const { bytes } = field.source;
    if (amounts.read(bytes, field.start, field.end)) {
      this.units = amounts.units;
      this.scale = amounts.scale;
      const first = bytes[field.start]!;
      this.signed = first === PLUS || first === MINUS;
      this.currency = '';
      return true;
    }
    return this.readText();
  }

  private readText(): boolean | null {
    const { field, dialect } = this;
    if (field.end - field.start > MAX_AMOUNT_BYTES) return false;
    const text = this.text.codec.slice(field.source.bytes, field.start, field.end);
    const value = parseAmount(text, dialect.decimalSign.value, dialect.groupingSign);
    // A dash alone, or a currency without a number, is how spreadsheets write nothing.
    if (value === null) return isNothing(text) ? null : false;
    this.units = value.units;
    this.scale = value.scale;
    this.signed = value.signed;
    if (dialect.currencyInAmounts) this.currency = peelAmount(text)?.currency ?? '';
    return true;
  }

  /** Why a column gave no amount. */
  problem(column: number, read: boolean | null): string {
    this.field.at(column);
    const label = `column "${columnLabel(this.dialect.names, column)}"`;
    if (read === null) return `no amount in ${label}`;
    const { source, start, end } = this.field;
    const text = this.text.codec.slice(source.bytes, start, end);
    const { decimalSign, groupingSign } = this.dialect;
    const amount = `amount "${text.slice(0, 60)}" in ${label}`;
    return end - start <= MAX_AMOUNT_BYTES && exceedsExactness(text, decimalSign.value, groupingSign)
      ? `${amount} has more digits than can be kept exactly (at most 9 decimals and 2^53 units: 15 digits always can)`
      : `${amount} is not a number here (decimal sign "${decimalSign.value}")`;
  }
}

const isNothing = (text: string): boolean => /^[-–—]$/.test(text.trim());
