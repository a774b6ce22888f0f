import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { currencyStatus } from '../../standardization/domain/index.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import { columnAnswer, columnLabel } from './csv-column-names.ts';
import { currencyOf, statedCurrency } from './csv-currency.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { CsvField } from './csv-field.ts';
import type { RowText } from './csv-row-text.ts';
import type { TransactionColumnBuilder } from './transaction-column-builder.ts';

const NONE = -1;
/** Spellings told one by one, and how much of one is shown. */
const MOST_TOLD = 5;
const SHOWN_CHARACTERS = 40;

/** Rows that state a currency which ISO 4217 does not list. */
interface UnknownCurrency {
  readonly spelling: string;
  readonly row: number;
  count: number;
}

/** Codes of the currencies of records: of their column, of the amount's own sign, or the file's. */
export class RowCurrency {
  private readonly builder: TransactionColumnBuilder;
  private readonly dialect: CsvDialect;
  private readonly field: CsvField;
  private readonly text: RowText;
  private readonly column: number;
  private readonly fileCurrency: number;
  private readonly spellings = new ByteDictionary();
  /** Code in the builder's dictionary of each spelling. */
  private readonly codes: number[] = [];
  /** By code of the builder's dictionary. */
  private readonly unknown = new Map<number, UnknownCurrency>();

  constructor(builder: TransactionColumnBuilder, dialect: CsvDialect, field: CsvField, text: RowText) {
    this.builder = builder;
    this.dialect = dialect;
    this.field = field;
    this.text = text;
    this.column = dialect.choices.currency?.columns[0] ?? NONE;
    this.fileCurrency = dialect.currency === null ? UNKNOWN_CODE : builder.textCode('currency', dialect.currency);
  }

  /** The currency of record `row`, the current one. `carried`: the sign or code its amount carries, '' for none. */
  code(row: number, carried: string): number {
    const code = this.stated(row) ?? this.carried(row, carried);
    if (this.unknown.size > 0) {
      const unknown = this.unknown.get(code);
      if (unknown !== undefined) unknown.count++;
    }
    return code;
  }

  /** Tells each currency that was kept as it is written. */
  finish(): void {
    const label = this.column < 0 ? 'an amount' : `column "${columnLabel(this.dialect.names, this.column)}"`;
    const all = [...this.unknown.values()];
    const wayOut =
      this.column < 0
        ? 'state the one that is meant with currency==CODE'
        : `state the one that is meant with currency==CODE, or another column with currency=COLUMN (now ${columnAnswer(this.dialect.names, this.column)})`;
    for (const { spelling, row, count } of all.slice(0, MOST_TOLD))
      this.builder.warn({
        row,
        code: 'csv.currency-unknown',
        message: `"${spelling.slice(0, SHOWN_CHARACTERS)}" in ${label} names no single currency of ISO 4217: kept as written, and equal only to what is written the same; ${wayOut} (${count} ${count === 1 ? 'row' : 'rows'}, first here)`,
      });
    const rest = all.slice(MOST_TOLD);
    if (rest.length > 0)
      this.builder.warn({
        row: rest[0]!.row,
        code: 'csv.currency-unknown',
        message: `${rest.length} more such currencies in ${label} (${rest.reduce((sum, { count }) => sum + count, 0)} rows, first here)`,
      });
  }

  /** What the column states; null where it is not there or empty. */
  private stated(row: number): number | null {
    if (this.column < 0) return null;
    const { field } = this;
    field.at(this.column);
    if (field.start === field.end) return null;
    const code = this.spellings.code(field.source, field.start, field.end, this.text.codec);
    if (code === this.codes.length) {
      const spelling = this.spellings.values[code]!;
      this.codes.push(this.known(row, spelling, statedCurrency(spelling)));
    }
    return this.codes[code]!;
  }

  private carried(row: number, carried: string): number {
    return carried === '' ? this.fileCurrency : this.known(row, carried, currencyOf(carried));
  }

  /** The code of `currency`, or of the spelling where it means none: then it is remembered to be told. */
  private known(row: number, spelling: string, currency: string | null): number {
    const code = this.builder.textCode('currency', currency ?? spelling);
    const listed = currency !== null && currencyStatus(currency).status !== 'unknown';
    if (!listed && !this.unknown.has(code)) this.unknown.set(code, { spelling, row, count: 0 });
    return code;
  }
}
