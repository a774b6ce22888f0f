import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { CsvDialect } from './csv-dialect.ts';
import { EntrySums } from './csv-entry-sums.ts';
import type { CsvField } from './csv-field.ts';
import type { RowText } from './csv-row-text.ts';
import type { TransactionColumnBuilder } from './transaction-column-builder.ts';
import { Utf8Text } from './utf8-text.ts';

const NONE = -1;
const SPACE = 32;

/** Reads what a ledger's lines have beside those of a bank: the account they are posted to, and their journal entry. */
export class LedgerColumns {
  private readonly builder: TransactionColumnBuilder;
  private readonly field: CsvField;
  private readonly text: RowText;
  private readonly number: number;
  private readonly name: number;
  private readonly entryColumn: number;
  private readonly sums = new EntrySums();
  private readonly joined = new Utf8Text(256);
  private statement = NONE;

  constructor(builder: TransactionColumnBuilder, dialect: CsvDialect, field: CsvField, text: RowText) {
    this.builder = builder;
    this.field = field;
    this.text = text;
    this.number = dialect.choices.ledgerAccount?.columns[0] ?? NONE;
    this.name = dialect.choices.ledgerAccount?.columns[1] ?? NONE;
    this.entryColumn = dialect.choices.entry?.columns[0] ?? NONE;
  }

  /** Code of the ledger account of the current record: its number and name, or the one that is stated. */
  account(): number {
    if (this.number < 0) return UNKNOWN_CODE;
    const { field, builder, text } = this;
    field.at(this.number);
    if (this.name < 0) return builder.code('ledgerAccount', field.source, field.start, field.end, text.codec);
    const { joined } = this;
    joined.length = 0;
    joined.bytes(field.source, field.start, field.end);
    field.at(this.name);
    if (joined.length > 0 && field.start < field.end) joined.byte(SPACE);
    joined.bytes(field.source, field.start, field.end);
    return builder.code('ledgerAccount', joined.source, 0, joined.length, text.codec);
  }

  /** Code of the journal entry of the current record, to which its amount is added. */
  entry(statement: number, units: number): number {
    if (this.entryColumn < 0) return UNKNOWN_CODE;
    const { field, builder } = this;
    field.at(this.entryColumn);
    const code = builder.code('entry', field.source, field.start, field.end, this.text.codec);
    if (code === UNKNOWN_CODE) return code;
    this.statement = statement;
    this.sums.add(code, units, builder.scale);
    return code;
  }

  /** States how many entries there are and which do not balance. */
  finish(): void {
    const { builder, sums } = this;
    if (sums.entries === 0) return;
    builder.entries(this.statement, sums.entries);
    const message = sums.unbalanced(builder.values('entry'));
    if (message !== null) builder.warn({ row: null, code: 'ledger.entry-unbalanced', message });
  }
}
