import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { CsvField } from './csv-field.ts';
import type { RowText } from './csv-row-text.ts';
import type { TransactionColumnBuilder } from './transaction-column-builder.ts';

const NONE = -1;

/** A statement of a table: of one account and currency in one section of the file. */
interface IndexedStatement {
  readonly statement: number;
  readonly section: number;
}

/** Opens a statement for each account and currency, in order of appearance. */
export class StatementIndex {
  /** Sections of the file: a repeated header below another account's number begins one. */
  section = 0;
  readonly statements: IndexedStatement[] = [];
  private readonly builder: TransactionColumnBuilder;
  private readonly dialect: CsvDialect;
  private readonly statementId: string | null;
  private readonly field: CsvField;
  private readonly text: RowText;
  private readonly account: number;
  private readonly accounts = new ByteDictionary();
  private readonly byKey = new Map<number, number>();
  private sectionAccount: string | null;
  private lastKey = NONE;
  private lastStatement = NONE;

  constructor(
    builder: TransactionColumnBuilder,
    dialect: CsvDialect,
    statementId: string | null,
    field: CsvField,
    text: RowText,
  ) {
    this.builder = builder;
    this.dialect = dialect;
    this.statementId = statementId;
    this.field = field;
    this.text = text;
    this.account = dialect.choices.account?.columns[0] ?? NONE;
    this.sectionAccount = dialect.account;
  }

  /** What follows belongs to another account. */
  beginSection(account: string): void {
    if (account === this.sectionAccount) return;
    this.sectionAccount = account;
    this.section++;
    this.byKey.clear();
    this.lastKey = NONE;
  }

  /** The statement of the current record. `currency`: its code. */
  of(currency: number): number {
    let account = UNKNOWN_CODE;
    if (this.account >= 0) {
      const { field } = this;
      field.at(this.account);
      if (field.start < field.end) account = this.accounts.code(field.source, field.start, field.end, this.text.codec);
    }
    const key = (account + 1) * 65_536 + currency + 1;
    if (key === this.lastKey) return this.lastStatement;
    this.lastKey = key;
    this.lastStatement = this.byKey.get(key) ?? this.open(key, account, currency);
    return this.lastStatement;
  }

  private open(key: number, account: number, currency: number): number {
    const statement = this.builder.statement({
      accountId: account === UNKNOWN_CODE ? this.sectionAccount : this.accounts.values[account]!,
      currency: currency === UNKNOWN_CODE ? null : this.builder.values('currency')[currency]!,
      institution: null,
      owner: this.dialect.owner,
      statementId: this.statementId,
    });
    this.byKey.set(key, statement);
    this.statements.push({ statement, section: this.section });
    return statement;
  }
}
