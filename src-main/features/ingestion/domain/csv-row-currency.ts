import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import { currencyOf } from './csv-currency.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { CsvField } from './csv-field.ts';
import type { RowText } from './csv-row-text.ts';
import type { TransactionColumnBuilder } from './transaction-column-builder.ts';

const NONE = -1;

/** Codes of the currencies of records: of their column, of the amount's own sign, or the file's. */
export class RowCurrency {
  private readonly builder: TransactionColumnBuilder;
  private readonly field: CsvField;
  private readonly text: RowText;
  private readonly column: number;
  private readonly fileCurrency: number;
  private readonly spellings = new ByteDictionary();
  /** Code in the builder's dictionary of each spelling. */
  private readonly codes: number[] = [];

  constructor(builder: TransactionColumnBuilder, dialect: CsvDialect, field: CsvField, text: RowText) {
    this.builder = builder;
    this.field = field;
    this.text = text;
    this.column = dialect.choices.currency?.columns[0] ?? NONE;
    this.fileCurrency = dialect.currency === null ? UNKNOWN_CODE : builder.textCode('currency', dialect.currency);
  }

  /** The current record's. `carried`: the sign or code its amount carries, '' for none. */
  code(carried: string): number {
    if (this.column < 0)
      return carried === '' ? this.fileCurrency : this.builder.textCode('currency', currencyOf(carried) ?? carried);
    const { field } = this;
    field.at(this.column);
    if (field.start === field.end) return UNKNOWN_CODE;
    const code = this.spellings.code(field.source, field.start, field.end, this.text.codec);
    if (code === this.codes.length) {
      const spelling = this.spellings.values[code]!;
      this.codes.push(this.builder.textCode('currency', currencyOf(spelling) ?? spelling));
    }
    return this.codes[code]!;
  }
}
