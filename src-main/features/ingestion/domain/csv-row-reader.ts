import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { CodecFor } from '../../../kernel/text.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import { columnLabel } from './csv-column-names.ts';
import { currencyOf } from './csv-currency.ts';
import { type DateReading, parseDate } from './csv-date.ts';
import { DateReader } from './csv-date-reader.ts';
import type { CsvDialect } from './csv-dialect.ts';
import { CsvField } from './csv-field.ts';
import type { ColumnRole } from './csv-header-lexicon.ts';
import { LedgerColumns } from './csv-ledger-columns.ts';
import { isPlainWord, leadingLabel, mayLabelBalance } from './csv-line-labels.ts';
import { MoneyReader } from './csv-money-reader.ts';
import { balanceReason, RefusedLines } from './csv-refused-lines.ts';
import { RowAmount } from './csv-row-amount.ts';
import { RowBalances } from './csv-row-balances.ts';
import { FeeTotal } from './csv-row-fees.ts';
import { RowNotes } from './csv-row-notes.ts';
import { RowText } from './csv-row-text.ts';
import { RunningTotals } from './csv-running-totals.ts';
import type { CsvScanner } from './csv-scanner.ts';
import { StatementIndex } from './csv-statement-index.ts';
import { saysNotBooked } from './csv-status.ts';
import { HAS_NUL, RecordHash } from './record-hash.ts';
import { amountTooLarge, MAX_RAW_CHARACTERS, type TransactionColumnBuilder } from './transaction-column-builder.ts';

const SPACE = 32;
const NONE = -1;
const ANY = -2;
/** The longest date with a time and zone is far shorter; longer text is no date. */
const MAX_DATE_BYTES = 64;

/**
 * Turns the records of a table into transactions, column by column, straight from bytes. One object for a file;
 * `record` is called for each record the scanner finds.
 */
export class CsvRowReader {
  private readonly builder: TransactionColumnBuilder;
  private readonly dialect: CsvDialect;
  private readonly scanner: CsvScanner;
  private readonly text: RowText;
  private readonly field: CsvField;
  private readonly hash = new RecordHash();
  private readonly money: MoneyReader;
  private readonly amount: RowAmount;
  private readonly dates: DateReader;
  private readonly valueDates: DateReader;
  private readonly statements: StatementIndex;
  private readonly balances: RowBalances;
  private readonly refused: RefusedLines;
  private readonly ledger: LedgerColumns;
  private readonly fees: FeeTotal | null;
  private readonly notes = new RowNotes();
  private readonly totals = new RunningTotals();

  private readonly bookingDate: number;
  private readonly valueDate: number;
  private readonly currency: number;
  private readonly counterparty: number;
  /** The payee's column where payer and payee stand apart. */
  private readonly payee: number;
  private readonly counterpartyAccount: number;
  private readonly payeeAccount: number;
  private readonly reference: number;
  private readonly type: number;
  private readonly category: number;
  private readonly balance: number;
  private readonly status: number;
  private readonly descriptions: Int32Array;
  private readonly needed: number;
  private readonly continued: boolean;

  private readonly currencies = new ByteDictionary();
  /** Code in the builder's currency dictionary of each spelling of a currency. */
  private readonly currencyCodes: number[] = [];
  private readonly states = new ByteDictionary();
  private readonly notBooked: boolean[] = [];
  private readonly defaultCurrency: number;

  private row = 0;
  private offset = 0;
  private length = 0;
  /** Row whose header begins another table; 0 while the file is one. */
  private otherTable = 0;
  /** Rows that went on with the transaction above them. */
  continuationRows = 0;
  /** A transaction that the next record may go on with: its last arguments of `append`. */
  private held: HeldTransaction | null = null;

  constructor(
    builder: TransactionColumnBuilder,
    dialect: CsvDialect,
    scanner: CsvScanner,
    codecFor: CodecFor,
    statementId: string | null,
  ) {
    this.builder = builder;
    this.dialect = dialect;
    this.scanner = scanner;
    const text = new RowText(dialect.encoding, scanner, codecFor);
    const field = new CsvField(scanner, dialect.quote, () => text.isUtf8);
    this.text = text;
    this.field = field;
    this.money = new MoneyReader(dialect, field, text);
    this.amount = new RowAmount(dialect, this.money, field, text);
    this.dates = new DateReader(dialect.dateOrder.value);
    this.valueDates = new DateReader(dialect.valueDateOrder.value);
    this.statements = new StatementIndex(builder, dialect, statementId, field, text);
    this.balances = new RowBalances(builder);
    this.refused = new RefusedLines(dialect);
    this.ledger = new LedgerColumns(builder, dialect, field, text);
    const column = (role: ColumnRole, index = 0): number => dialect.choices[role]?.columns[index] ?? NONE;
    this.fees = dialect.feesApart ? new FeeTotal(builder, this.money, column('fee')) : null;
    this.bookingDate = column('bookingDate');
    this.valueDate = column('valueDate');
    this.currency = column('currency');
    this.counterparty = column('counterparty');
    this.payee = column('counterparty', 1);
    this.counterpartyAccount = column('counterpartyAccount');
    this.payeeAccount = column('counterpartyAccount', 1);
    this.reference = column('reference');
    this.type = column('type');
    this.category = column('category');
    this.balance = column('balance');
    this.status = column('status');
    this.descriptions = Int32Array.from(dialect.choices.description?.columns ?? []);
    this.needed = Math.max(this.bookingDate, this.amount.neededColumn);
    this.continued = dialect.continued;
    this.defaultCurrency = dialect.currency === null ? UNKNOWN_CODE : builder.textCode('currency', dialect.currency);
    for (const { fields } of dialect.preamble) {
      const line = this.refused.balance(fields);
      if (line !== null) this.balances.line(line, 0);
    }
  }

  /** The name of the file's encoding; settled late where the head was ASCII only. */
  get encoding(): string {
    return this.text.encoding;
  }

  /** Reads the scanner's current record, whose row is `row` and whose bytes lie at `offset` in the file. */
  record(row: number, offset: number, length: number): void {
    const { scanner, builder, field, text, hash } = this;
    this.row = row;
    this.offset = offset;
    this.length = length;
    hash.of(scanner.source, scanner.recordStart, scanner.recordEnd);
    text.begin(hash.marks);
    if (text.invalid || (hash.marks & HAS_NUL) !== 0) this.unusualBytes();
    if (scanner.unclosedQuote || scanner.strayQuote) this.unusualQuotes();
    if (this.continued && this.held !== null) {
      if (this.continues()) return;
      this.release();
    }
    const count = scanner.fieldCount;
    if ((count !== this.dialect.columnCount && !this.ragged(count)) || (this.otherTable > 0 && this.isElsewhere()))
      return;

    let bookingDay: CivilDay = UNKNOWN_DAY;
    if (this.bookingDate >= 0) {
      field.at(this.bookingDate);
      bookingDay = this.dates.read(field.source.bytes, field.start, field.end);
      if (bookingDay === UNKNOWN_DAY) {
        bookingDay = this.dateFromText(this.dialect.dateOrder.value);
        if (bookingDay === UNKNOWN_DAY) {
          this.refuse(this.refused.dateReason(this.fieldText()));
          return;
        }
      }
    }
    const problem = this.amount.read();
    if (problem !== null) {
      this.refuse(problem);
      return;
    }
    const amountCurrency = this.money.currency;
    const labelColumn = this.labelColumn();
    if (labelColumn !== NONE && this.isBalanceLine(labelColumn)) return;
    if (this.status >= 0 && this.isNotBooked()) return;
    const units = builder.unitsAtScale(this.amount.units, this.amount.scale);
    if (Number.isNaN(units)) {
      this.reject(amountTooLarge({ units: this.amount.units, scale: this.amount.scale }), true);
      return;
    }

    const valueDay = this.valueDate < 0 ? UNKNOWN_DAY : this.valueDay();
    let currency = this.defaultCurrency;
    if (this.currency >= 0) {
      field.at(this.currency);
      currency = field.start === field.end ? UNKNOWN_CODE : this.currencyCode();
    } else if (amountCurrency !== '')
      currency = builder.textCode('currency', currencyOf(amountCurrency) ?? amountCurrency);
    const statement = this.statements.of(currency);
    this.totals.add(units, builder.scale);
    const goesOut = units <= 0;
    const counterparty = this.coded('counterparty', this.payee >= 0 && goesOut ? this.payee : this.counterparty);
    const counterpartyAccount = this.coded(
      'counterpartyAccount',
      this.payeeAccount >= 0 && goesOut ? this.payeeAccount : this.counterpartyAccount,
    );
    const type = this.coded('type', this.type);
    const category = this.coded('category', this.category);
    const ledgerAccount = this.ledger.account();
    const entry = this.ledger.entry(statement, units);
    if (this.balance >= 0) this.followBalance(statement, units, bookingDay);
    this.fees?.read(row);

    if (this.reference >= 0) {
      field.at(this.reference);
      text.append(builder.text, field.source, field.start, field.end);
      builder.reference(field.source, field.start, field.end, text.codec);
    } else builder.reference(field.source, 0, 0, text.codec);
    const textStart = builder.text.length;
    for (const column of this.descriptions) {
      field.at(column);
      if (field.start === field.end) continue;
      if (builder.text.length > textStart) builder.text.byte(SPACE);
      text.append(builder.text, field.source, field.start, field.end);
    }
    if (field.lostQuote) this.lostQuote();
    this.refused.forget();
    if (this.continued) {
      const { high, low } = hash;
      this.held = {
        row,
        offset,
        length,
        statement,
        bookingDay,
        valueDay,
        units,
        currency,
        counterparty,
        counterpartyAccount,
        type,
        category,
        ledgerAccount,
        entry,
        high,
        low,
      };
      return;
    }
    builder.endDescription();
    builder.append(
      row,
      offset,
      length,
      statement,
      bookingDay,
      valueDay,
      units,
      currency,
      counterparty,
      counterpartyAccount,
      type,
      category,
      ledgerAccount,
      entry,
      hash.high,
      hash.low,
    );
  }

  /** Rejects the scanner's record that is over its limit. */
  tooLong(row: number, offset: number, length: number): void {
    const { longPrefix } = this.scanner;
    this.release();
    this.balances.breakOff();
    this.totals.breakOff();
    this.builder.reject({
      place: { row, byteOffset: offset, byteLength: Math.min(length, 0xffffffff) },
      reason: `record of ${length} bytes is longer than the 1 MiB a record may have`,
      raw: this.text.codec.slice(longPrefix, 0, longPrefix.length).slice(0, MAX_RAW_CHARACTERS),
    });
  }

  /** States balances, entries and counted warnings once the file has been read. */
  finish(): void {
    const { builder } = this;
    this.release();
    this.notes.send(builder);
    this.fees?.tell(this.dialect.choices.fee === undefined ? '' : this.label(this.dialect.choices.fee.columns[0]!));
    this.ledger.finish();
    if (this.text.doubt !== null) builder.warn({ row: null, code: 'csv.encoding-guessed', message: this.text.doubt });
    if (this.amount.marksCameLate)
      builder.warn({
        row: null,
        code: 'csv.late-credit-marks',
        message:
          'some amounts carry a plus or a credit mark and the others none, and all were read as positive: if the unmarked ones are charges, state flipAmount=yes or the indicator',
      });
    this.balances.finish(this.statements.statements, this.balance < 0 ? null : this.label(this.balance));
  }

  // ---- parts of a record ---------------------------------------------------------------------------------------

  private label(column: number): string {
    return `column "${columnLabel(this.dialect.names, column)}"`;
  }

  private fieldText(): string {
    return this.text.codec.slice(this.field.source.bytes, this.field.start, this.field.end);
  }

  private dateFromText(reading: DateReading): CivilDay {
    const { start, end } = this.field;
    if (start === end || end - start > MAX_DATE_BYTES) return UNKNOWN_DAY;
    return parseDate(this.fieldText(), reading) ?? UNKNOWN_DAY;
  }

  private valueDay(): CivilDay {
    const { field } = this;
    field.at(this.valueDate);
    if (field.start === field.end) return UNKNOWN_DAY;
    const day = this.valueDates.read(field.source.bytes, field.start, field.end);
    if (day !== UNKNOWN_DAY) return day;
    const parsed = this.dateFromText(this.dialect.valueDateOrder.value);
    if (parsed === UNKNOWN_DAY)
      this.notes.note(
        'csv.value-date',
        this.row,
        `the value date in ${this.label(this.valueDate)} cannot be read and is kept as unknown`,
      );
    return parsed;
  }

  private currencyCode(): number {
    const { field } = this;
    const code = this.currencies.code(field.source, field.start, field.end, this.text.codec);
    if (code === this.currencyCodes.length) {
      const spelling = this.currencies.values[code]!;
      this.currencyCodes.push(this.builder.textCode('currency', currencyOf(spelling) ?? spelling));
    }
    return this.currencyCodes[code]!;
  }

  private coded(name: 'counterparty' | 'counterpartyAccount' | 'type' | 'category', column: number): number {
    if (column < 0) return UNKNOWN_CODE;
    const { field } = this;
    field.at(column);
    return this.builder.code(name, field.source, field.start, field.end, this.text.codec);
  }

  private followBalance(statement: number, units: number, day: CivilDay): void {
    const read = this.money.read(this.balance);
    const balance = read === true ? this.builder.unitsAtScale(this.money.units, this.money.scale) : Number.NaN;
    if (read === false)
      this.notes.note('csv.balance-unreadable', this.row, `the balance in ${this.label(this.balance)} cannot be read`);
    this.balances.follow(statement, units, balance, day);
  }

  // ---- what is no transaction ----------------------------------------------------------------------------------

  /** The column whose first words may label a balance or total; where nothing describes the row, any: ANY. Else NONE. */
  private labelColumn(): number {
    const { field, descriptions } = this;
    for (const column of descriptions) {
      field.at(column);
      if (field.start < field.end) return this.isLabel() ? column : NONE;
    }
    if (this.counterparty < 0) return NONE;
    field.at(this.counterparty);
    if (field.start === field.end) return descriptions.length > 0 ? ANY : NONE;
    return this.isLabel() ? this.counterparty : NONE;
  }

  private isLabel(): boolean {
    const { field } = this;
    return mayLabelBalance(field.source.bytes, field.start, field.end) && leadingLabel(this.fieldText()) !== null;
  }

  /** A line that states a balance or turnover instead of a transaction is kept apart, and its balance used. */
  private isBalanceLine(labelColumn: number): boolean {
    const line = this.refused.balance(this.fields(), labelColumn === ANY ? null : labelColumn);
    if (line === null) return false;
    const { units, scale } = this.amount;
    if (isPlainWord(line.name) && !line.detailed && this.totals.equals(units, scale) === false) {
      this.notes.note(
        'csv.label-kept',
        this.row,
        `the text "${line.text.slice(0, 40)}" may label a total or a balance; the amount is no sum of the rows above and was read as a transaction`,
      );
      return false;
    }
    if (line.label === 'turnover') this.totals.restart();
    const amount = line.amount ?? { units, scale };
    this.balances.line({ ...line, amount }, this.statements.section);
    this.reject(balanceReason(line), false);
    return true;
  }

  private isNotBooked(): boolean {
    const { field } = this;
    field.at(this.status);
    if (field.start === field.end) return false;
    const code = this.states.code(field.source, field.start, field.end, this.text.codec);
    if (code === this.notBooked.length) this.notBooked.push(saysNotBooked(this.states.values[code]!) === true);
    if (!this.notBooked[code]) return false;
    this.reject(`not booked: ${this.label(this.status)} says "${this.states.values[code]!}"`, false);
    this.notes.note('csv.not-booked', this.row, 'rows that are not booked are kept as rejected records');
    return true;
  }

  /** A record below the header of another table. */
  private isElsewhere(): boolean {
    const line = this.refused.identify(this.fields(), '');
    if (line.reason === 'repeated header line') {
      this.otherTable = 0;
      this.reject(line.reason, false);
    } else
      this.reject(
        line.balance === null ? `belongs to another table, whose header stands in row ${this.otherTable}` : line.reason,
        false,
      );
    return true;
  }

  /** Rejects a record that could not be read, for what it turns out to be. */
  private refuse(reason: string): void {
    const line = this.refused.identify(this.fields(), reason);
    if (line.balance !== null) this.balances.line(line.balance, this.statements.section);
    if (line.account !== null) this.statements.beginSection(line.account);
    if (line.otherHeader) {
      this.otherTable = this.row;
      this.builder.warn({
        row: this.row,
        code: 'csv.second-table',
        message:
          'the header of another table stands here; its rows are kept as rejected records: cut them into a file of their own to read them',
      });
    }
    this.reject(line.reason, line.breaks);
  }

  /** The fields of the current record as text. */
  private fields(): string[] {
    return Array.from({ length: this.scanner.fieldCount }, (_, column) => {
      this.field.at(column);
      return this.fieldText();
    });
  }

  private rawText(): string {
    const { scanner } = this;
    const end = Math.min(scanner.recordEnd, scanner.recordStart + 4 * MAX_RAW_CHARACTERS);
    return this.text.codec.slice(scanner.source.bytes, scanner.recordStart, end).slice(0, MAX_RAW_CHARACTERS);
  }

  /** Keeps the record as rejected. `breaks`: running balances cannot be followed across it. */
  private reject(reason: string, breaks: boolean): void {
    if (breaks) {
      this.balances.breakOff();
      this.totals.breakOff();
    }
    this.builder.reject({
      place: { row: this.row, byteOffset: this.offset, byteLength: this.length },
      reason,
      raw: this.rawText(),
    });
  }

  // ---- what is unusual about a record --------------------------------------------------------------------------

  private unusualBytes(): void {
    if (this.text.invalid)
      this.notes.note(
        'csv.invalid-utf8',
        this.row,
        'bytes that are not valid UTF-8 are shown as U+FFFD; the original keeps them',
      );
    if ((this.hash.marks & HAS_NUL) !== 0) this.notes.note('csv.nul', this.row, 'the record holds NUL bytes');
  }

  private unusualQuotes(): void {
    if (this.scanner.unclosedQuote)
      this.builder.warn({
        row: this.row,
        code: 'csv.unclosed-quote',
        message:
          'a quote opens here that is never closed properly; the record was read with quotes as text, up to its line end',
      });
    else
      this.notes.note(
        'csv.stray-quote',
        this.row,
        'a quoted field holds a quote that is not doubled; it was read as text',
      );
  }

  private lostQuote(): void {
    this.field.lostQuote = false;
    this.notes.note(
      'csv.lost-quote',
      this.row,
      'a field ends in a quote and does not begin with one, among fields that are quoted; it was read without it',
    );
  }

  /** Says whether a record with an unusual number of fields can be used; rejects it otherwise. */
  private ragged(count: number): boolean {
    const expected = this.dialect.columnCount;
    if (count <= this.needed) {
      this.refuse(`${count} fields where ${expected} are usual: a needed one is missing`);
      return false;
    }
    if (count < expected)
      this.notes.note(
        'csv.short-row',
        this.row,
        `fewer fields than the ${expected} usual ones; the missing ones are taken as empty`,
      );
    else if (!this.emptyBeyond(expected))
      this.notes.note('csv.long-row', this.row, `more fields than the ${expected} usual ones`);
    return true;
  }

  private emptyBeyond(expected: number): boolean {
    for (let column = expected; column < this.scanner.fieldCount; column++) {
      this.field.at(column);
      if (this.field.start < this.field.end) return false;
    }
    return true;
  }

  // ---- transactions of several lines ---------------------------------------------------------------------------

  /** Adds a record that holds nothing but more text to the description of the transaction above it. */
  private continues(): boolean {
    const { field, builder, text, held } = this;
    const fields = this.fields();
    const rest = this.descriptions.filter(column => (fields[column] ?? '') !== '');
    if (held === null || rest.length === 0) return false;
    if (fields.some((value, column) => value !== '' && !this.descriptions.includes(column))) return false;
    if (this.refused.balance(fields) !== null) return false;
    for (const column of rest) {
      field.at(column);
      builder.text.byte(SPACE);
      text.append(builder.text, field.source, field.start, field.end);
    }
    this.continuationRows++;
    held.length = this.offset + this.length - held.offset;
    held.high = (Math.imul(held.high, 31) ^ this.hash.high) >>> 0;
    held.low = (Math.imul(held.low, 31) ^ this.hash.low) >>> 0;
    return true;
  }

  private release(): void {
    const { held, builder } = this;
    if (held === null) return;
    this.held = null;
    builder.endDescription();
    builder.append(
      held.row,
      held.offset,
      held.length,
      held.statement,
      held.bookingDay,
      held.valueDay,
      held.units,
      held.currency,
      held.counterparty,
      held.counterpartyAccount,
      held.type,
      held.category,
      held.ledgerAccount,
      held.entry,
      held.high,
      held.low,
    );
  }
}

interface HeldTransaction {
  readonly row: number;
  readonly offset: number;
  length: number;
  readonly statement: number;
  readonly bookingDay: CivilDay;
  readonly valueDay: CivilDay;
  readonly units: number;
  readonly currency: number;
  readonly counterparty: number;
  readonly counterpartyAccount: number;
  readonly type: number;
  readonly category: number;
  readonly ledgerAccount: number;
  readonly entry: number;
  high: number;
  low: number;
}
