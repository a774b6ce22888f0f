import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { CodecFor } from '../../../kernel/text.ts';
import { columnLabel } from './csv-column-names.ts';
import { type DateReading, parseDate } from './csv-date.ts';
import { DateReader } from './csv-date-reader.ts';
import type { CsvDialect } from './csv-dialect.ts';
import { CsvField } from './csv-field.ts';
import type { ColumnRole } from './csv-header-lexicon.ts';
import { HeldTransaction } from './csv-held-transaction.ts';
import { ANY_COLUMN, LabelColumn, NO_LABEL } from './csv-label-column.ts';
import { LedgerColumns } from './csv-ledger-columns.ts';
import { isPlainWord } from './csv-line-labels.ts';
import { MoneyReader } from './csv-money-reader.ts';
import { RecordOddities } from './csv-record-oddities.ts';
import { balanceReason, RefusedLines } from './csv-refused-lines.ts';
import { RowAmount } from './csv-row-amount.ts';
import { RowBalances } from './csv-row-balances.ts';
import { RowCurrency } from './csv-row-currency.ts';
import { FeeTotal } from './csv-row-fees.ts';
import { RowNotes } from './csv-row-notes.ts';
import { RowStatus } from './csv-row-status.ts';
import { RowText } from './csv-row-text.ts';
import { RowTrail } from './csv-row-trail.ts';
import { RunningTotals } from './csv-running-totals.ts';
import type { CsvScanner } from './csv-scanner.ts';
import { StatementIndex } from './csv-statement-index.ts';
import { HAS_NUL, RecordHash } from './record-hash.ts';
import { amountTooLarge, MAX_RAW_CHARACTERS, type TransactionColumnBuilder } from './transaction-column-builder.ts';

const SPACE = 32;
const NONE = -1;
/** The longest date with a time and zone is far shorter; longer text is no date. */
const MAX_DATE_BYTES = 64;
/** A plain date; what is longer may state a time. */
const LONGEST_DATE = 10;

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
  private readonly notes = new RowNotes();
  private readonly money: MoneyReader;
  private readonly amount: RowAmount;
  private readonly dates: DateReader;
  private readonly valueDates: DateReader;
  private readonly currencies: RowCurrency;
  private readonly status: RowStatus;
  private readonly statements: StatementIndex;
  private readonly balances: RowBalances;
  private readonly totals = new RunningTotals();
  private readonly ledger: LedgerColumns;
  private readonly trail: RowTrail;
  private readonly fees: FeeTotal | null;
  private readonly labels: LabelColumn;
  private readonly refused: RefusedLines;
  private readonly oddities: RecordOddities;
  private readonly held: HeldTransaction;

  private readonly bookingDate: number;
  private readonly valueDate: number;
  private readonly counterparty: number;
  /** The payee's column where payer and payee stand apart. */
  private readonly payee: number;
  private readonly counterpartyAccount: number;
  private readonly payeeAccount: number;
  private readonly reference: number;
  private readonly type: number;
  private readonly category: number;
  private readonly balance: number;
  private readonly descriptions: Int32Array;
  private readonly needed: number;
  private readonly continued: boolean;

  private row = 0;
  private offset = 0;
  private length = 0;
  /** Row whose header begins another table; 0 while the file is one. */
  private otherTable = 0;

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
    this.currencies = new RowCurrency(builder, dialect, field, text);
    this.status = new RowStatus(dialect, field, text);
    this.statements = new StatementIndex(builder, dialect, statementId, field, text);
    this.balances = new RowBalances(builder);
    this.ledger = new LedgerColumns(builder, dialect, field, text);
    this.trail = new RowTrail(builder, dialect, field, text, this.notes);
    this.labels = new LabelColumn(dialect, scanner, field, text);
    this.refused = new RefusedLines(dialect);
    this.oddities = new RecordOddities(builder, scanner, field, text, this.notes);
    this.held = new HeldTransaction(builder);
    const column = (role: ColumnRole, index = 0): number => dialect.choices[role]?.columns[index] ?? NONE;
    this.fees = dialect.feesApart ? new FeeTotal(builder, this.money, column('fee')) : null;
    this.bookingDate = column('bookingDate');
    this.valueDate = column('valueDate');
    this.counterparty = column('counterparty');
    this.payee = column('counterparty', 1);
    this.counterpartyAccount = column('counterpartyAccount');
    this.payeeAccount = column('counterpartyAccount', 1);
    this.reference = column('reference');
    this.type = column('type');
    this.category = column('category');
    this.balance = column('balance');
    this.descriptions = Int32Array.from(dialect.choices.description?.columns ?? []);
    this.needed = Math.max(this.bookingDate, this.amount.neededColumn);
    this.continued = dialect.continued;
    for (const { fields } of dialect.preamble) {
      const line = this.refused.balance(fields);
      if (line !== null) this.balances.line(line, 0);
    }
  }

  /** The name of the file's encoding; settled late where the head was ASCII only. */
  get encoding(): string {
    return this.text.encoding;
  }

  /** Records that went on with the transaction above them. */
  get continuationRows(): number {
    return this.held.continuations;
  }

  /** Reads the scanner's current record, whose row is `row` and whose bytes lie at `offset` in the file. */
  record(row: number, offset: number, length: number): void {
    const { scanner, builder, field, text, hash } = this;
    this.row = row;
    this.offset = offset;
    this.length = length;
    hash.of(scanner.source, scanner.recordStart, scanner.recordEnd);
    text.begin(hash.marks);
    if (text.invalid || (hash.marks & HAS_NUL) !== 0) this.oddities.bytes(row, hash.marks);
    if (scanner.unclosedQuote || scanner.strayQuote) this.oddities.quotes(row);
    if (this.continued && this.held.isHolding) {
      if (this.continues()) return;
      this.held.release();
    }
    const count = scanner.fieldCount;
    if ((count !== this.dialect.columnCount && !this.hasNeeded(count)) || (this.otherTable > 0 && this.isElsewhere()))
      return;

    this.trail.begin();
    const bookingDay = this.bookingDate < 0 ? UNKNOWN_DAY : this.bookingDay();
    if (bookingDay === UNKNOWN_DAY && this.bookingDate >= 0) {
      this.refuse(this.refused.dateReason(this.fieldText()));
      return;
    }
    const problem = this.amount.read();
    if (problem !== null) {
      this.refuse(problem);
      return;
    }
    const carriedCurrency = this.money.currency;
    const labelColumn = this.labels.find();
    if (labelColumn !== NO_LABEL && this.isBalanceLine(labelColumn)) return;
    if (this.status.column >= 0 && this.isNotBooked()) return;
    const units = builder.unitsAtScale(this.amount.units, this.amount.scale);
    if (Number.isNaN(units)) {
      this.reject(amountTooLarge({ units: this.amount.units, scale: this.amount.scale }), true);
      return;
    }

    const valueDay = this.valueDate < 0 ? UNKNOWN_DAY : this.valueDay();
    const currency = this.currencies.code(this.row, carriedCurrency);
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
    const stated = this.trail.read(row);
    this.appendTexts();
    if (field.lostQuote) this.oddities.lostQuote(row);
    this.refused.forget();
    const { high, low } = hash;
    if (this.continued) {
      this.held.hold({
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
        poster: this.trail.poster,
        enteredDay: this.trail.enteredDay,
        minute: this.trail.minute,
        high,
        low,
      });
      return;
    }
    builder.endDescription();
    if (stated) builder.enteredBy(this.trail.poster, this.trail.enteredDay, this.trail.minute);
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
      high,
      low,
    );
  }

  /** Rejects the scanner's record that is over its limit. */
  tooLong(row: number, offset: number, length: number): void {
    const { longPrefix } = this.scanner;
    this.held.release();
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
    const { fee } = this.dialect.choices;
    this.held.release();
    this.notes.send(builder);
    this.currencies.finish();
    if (fee !== undefined) this.fees?.tell(this.label(fee.columns[0]!));
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

  /** The fields of the current record as text. */
  private fields(): string[] {
    return Array.from({ length: this.scanner.fieldCount }, (_, column) => {
      this.field.at(column);
      return this.fieldText();
    });
  }

  private bookingDay(): CivilDay {
    const { field } = this;
    field.at(this.bookingDate);
    if (field.end - field.start > LONGEST_DATE) this.trail.bookedAt();
    const day = this.dates.read(field.source.bytes, field.start, field.end);
    return day === UNKNOWN_DAY ? this.dateFromText(this.dialect.dateOrder.value) : day;
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

  private dateFromText(reading: DateReading): CivilDay {
    const { start, end } = this.field;
    if (start === end || end - start > MAX_DATE_BYTES) return UNKNOWN_DAY;
    return parseDate(this.fieldText(), reading) ?? UNKNOWN_DAY;
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

  /** Gives reference and description to the builder; the caller ends the description. */
  private appendTexts(): void {
    const { builder, field, text } = this;
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
  }

  /** Adds a record that holds nothing but more text to the description of the transaction above it. */
  private continues(): boolean {
    const { field, builder, text } = this;
    const fields = this.fields();
    const rest = this.descriptions.filter(column => (fields[column] ?? '') !== '');
    if (rest.length === 0 || fields.some((value, column) => value !== '' && !this.descriptions.includes(column)))
      return false;
    if (this.refused.balance(fields) !== null) return false;
    for (const column of rest) {
      field.at(column);
      builder.text.byte(SPACE);
      text.append(builder.text, field.source, field.start, field.end);
    }
    this.held.extend(this.offset + this.length, this.hash.high, this.hash.low);
    return true;
  }

  // ---- what is no transaction ----------------------------------------------------------------------------------

  /** A line that states a balance or turnover instead of a transaction is kept apart, and its balance used. */
  private isBalanceLine(labelColumn: number): boolean {
    const line = this.refused.balance(this.fields(), labelColumn === ANY_COLUMN ? null : labelColumn);
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
    this.balances.line({ ...line, amount: line.amount ?? { units, scale } }, this.statements.section);
    this.reject(balanceReason(line), false);
    return true;
  }

  private isNotBooked(): boolean {
    const state = this.status.unbooked();
    if (state === null) return false;
    this.reject(`not booked: ${this.label(this.status.column)} says "${state}"`, false);
    this.notes.note('csv.not-booked', this.row, 'rows that are not booked are kept as rejected records');
    return true;
  }

  /** Says whether a record with an unusual number of fields can be used; rejects it otherwise. */
  private hasNeeded(count: number): boolean {
    const expected = this.dialect.columnCount;
    if (count <= this.needed) {
      this.refuse(`${count} fields where ${expected} are usual: a needed one is missing`);
      return false;
    }
    this.oddities.fields(this.row, count, expected);
    return true;
  }

  /** A record below the header of another table. */
  private isElsewhere(): boolean {
    const line = this.refused.identify(this.fields(), '');
    const again = line.reason === 'repeated header line';
    if (again) this.otherTable = 0;
    this.reject(
      again || line.balance !== null
        ? line.reason
        : `belongs to another table, whose header stands in row ${this.otherTable}`,
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

  /** Keeps the record as rejected. `breaks`: balances and totals prove nothing across it. */
  private reject(reason: string, breaks: boolean): void {
    const { scanner } = this;
    if (breaks) {
      this.balances.breakOff();
      this.totals.breakOff();
    }
    const end = Math.min(scanner.recordEnd, scanner.recordStart + 4 * MAX_RAW_CHARACTERS);
    this.builder.reject({
      place: { row: this.row, byteOffset: this.offset, byteLength: this.length },
      reason,
      raw: this.text.codec.slice(scanner.source.bytes, scanner.recordStart, end).slice(0, MAX_RAW_CHARACTERS),
    });
  }
}
