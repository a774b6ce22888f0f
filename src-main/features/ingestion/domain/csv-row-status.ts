import { ByteDictionary } from './byte-dictionary.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { CsvField } from './csv-field.ts';
import type { RowText } from './csv-row-text.ts';
import { saysNotBooked } from './csv-status.ts';

const NONE = -1;

/** Reads the state of each record: what is not booked is no transaction of the account. */
export class RowStatus {
  readonly column: number;
  private readonly field: CsvField;
  private readonly text: RowText;
  private readonly states = new ByteDictionary();
  private readonly notBooked: boolean[] = [];

  constructor(dialect: CsvDialect, field: CsvField, text: RowText) {
    this.column = dialect.choices.status?.columns[0] ?? NONE;
    this.field = field;
    this.text = text;
  }

  /** The state of the current record, where it says that it is not booked; else null. */
  unbooked(): string | null {
    const { field } = this;
    field.at(this.column);
    if (field.start === field.end) return null;
    const code = this.states.code(field.source, field.start, field.end, this.text.codec);
    if (code === this.notBooked.length) this.notBooked.push(saysNotBooked(this.states.values[code]!) === true);
    return this.notBooked[code]! ? this.states.values[code]! : null;
  }
}
