import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import type { ByteSource } from './byte-source.ts';
import { AmountReader, currencyOf, parseAmount } from './csv-amount.ts';
import { type DateOrder, DateReader, parseDate } from './csv-date.ts';
import { type CsvDialect, codecOf, columnLabel, scannedEncoding } from './csv-detection.ts';
import { CsvField } from './csv-field.ts';
import { type ColumnRole, indicatorSign, namesBalanceLine, namesTotal } from './csv-header-lexicon.ts';
import type { CsvScanner } from './csv-scanner.ts';
import { HAS_HIGH_BYTE, HAS_NUL, RecordHash } from './record-hash.ts';
import { RunningBalance } from './running-balance.ts';
import { amountTooLarge, MAX_RAW_CHARACTERS, type TransactionColumnBuilder } from './transaction-column-builder.ts';
import { invalidUtf8At, singleByteTable } from './utf8-text.ts';

const SPACE = 32;
/** Longest label of a balance line that is looked for. */
const LABEL_BYTES = 32;
const NONE = -1;

/** Warnings of one kind, told once with their number. */
interface WarningKind {
  count: number;
  readonly row: number;
  readonly text: string;
}

/**
 * Turns the records of a table into transactions, column by column, straight from bytes. One object for a file;
 * `record` is called for each record the scanner finds.
 */
export class CsvRowReader {
  /** The name of the file's encoding; settled late where the head was ASCII only. */
  encoding: string;
  private readonly builder: TransactionColumnBuilder;
  private readonly dialect: CsvDialect;
  private readonly scanner: CsvScanner;
  private readonly codecFor: CodecFor;
  private codec: TextCodec;
  private table: Int32Array | null = null;
  private undecided: boolean;
  private readonly field: CsvField;
  private readonly hash = new RecordHash();
  private readonly amounts: AmountReader;
  private readonly dates: DateReader;
  private readonly valueDates: DateReader;
  private readonly balance = new RunningBalance();

  private readonly account: number;
  private readonly bookingDate: number;
  private readonly valueDate: number;
  private readonly amount: number;
  private readonly debit: number;
  private readonly credit: number;
  private readonly indicator: number;
  private readonly currency: number;
  private readonly counterparty: number;
  private readonly counterpartyAccount: number;
  private readonly reference: number;
  private readonly type: number;
  private readonly balanceColumn: number;
  private readonly descriptions: Int32Array;
  private readonly needed: number;

  private readonly accounts = new ByteDictionary();
  private readonly currencies = new ByteDictionary();
  /** Code in the builder's currency dictionary of each spelling of a currency. */
  private readonly currencyCodes: number[] = [];
  private readonly indicators = new ByteDictionary();
  private readonly indicatorSigns: number[] = [];
  private readonly statements = new Map<number, number>();
  private lastStatementKey = NONE;
  private lastStatement = NONE;
  private readonly defaultCurrency: number;
  private readonly kinds = new Map<string, WarningKind>();
  private readonly balanceLabels: BalanceLabels = { opening: null, closing: null };

  private row = 0;
  private offset = 0;
  private length = 0;
  private marks = 0;
  private invalid = false;
  /** The amount just read. */
  private units = 0;
  private scale = 0;

  constructor(builder: TransactionColumnBuilder, dialect: CsvDialect, scanner: CsvScanner, codecFor: CodecFor) {
    this.builder = builder;
    this.dialect = dialect;
    this.scanner = scanner;
    this.codecFor = codecFor;
    this.encoding = dialect.encoding.encoding;
    this.codec = codecOf(this.encoding, codecFor);
    this.undecided = dialect.encoding.undecided;
    if (scannedEncoding(this.encoding) !== 'utf-8') this.table = singleByteTable(this.codec);
    this.field = new CsvField(scanner, dialect.quote, () => this.table === null);
    this.amounts = new AmountReader(dialect.decimalSign.value, dialect.groupingSign);
    this.dates = new DateReader(dialect.dateOrder.value);
    this.valueDates = new DateReader(dialect.valueDateOrder.value);
    const column = (role: ColumnRole): number => dialect.choices[role]?.columns[0] ?? NONE;
    this.account = column('account');
    this.bookingDate = column('bookingDate');
    this.valueDate = column('valueDate');
    this.amount = column('amount');
    this.debit = column('debit');
    this.credit = column('credit');
    this.indicator = dialect.indicatorSigns ? column('indicator') : NONE;
    this.currency = column('currency');
    this.counterparty = column('counterparty');
    this.counterpartyAccount = column('counterpartyAccount');
    this.reference = column('reference');
    this.type = column('type');
    this.balanceColumn = column('balance');
    this.descriptions = Int32Array.from(dialect.choices.description?.columns ?? []);
    this.needed = Math.max(this.bookingDate, this.amount, this.indicator, Math.min(this.debit, this.credit));
    this.defaultCurrency = dialect.currency === null ? UNKNOWN_CODE : builder.textCode('currency', dialect.currency);
  }

  /** Reads the scanner's current record, whose row is `row` and whose bytes lie at `offset` in the file. */
  record(row: number, offset: number, length: number): void {
    const scanner = this.scanner;
    const builder = this.builder;
    const field = this.field;
    this.row = row;
    this.offset = offset;
    this.length = length;
    const hash = this.hash;
    hash.of(scanner.source, scanner.recordStart, scanner.recordEnd);
    this.marks = hash.marks;
    this.invalid = false;
    if (hash.marks !== 0) this.unusualBytes();
    if (scanner.unclosedQuote || scanner.strayQuote) this.unusualQuotes();
    const count = scanner.fieldCount;
    if (count !== this.dialect.columnCount && !this.ragged(count)) return;

    field.at(this.bookingDate);
    let bookingDay = this.dates.read(field.source.bytes, field.start, field.end);
    if (bookingDay === UNKNOWN_DAY) {
      bookingDay = this.dateFromText(this.dialect.dateOrder.value);
      if (bookingDay === UNKNOWN_DAY) {
        this.rejectDate();
        return;
      }
    }
    if (!this.readAmount()) return;
    if (this.descriptions.length > 0 && this.isBalanceLine(bookingDay)) return;
    const units = builder.unitsAtScale(this.units, this.scale);
    if (Number.isNaN(units)) {
      this.reject(amountTooLarge({ units: this.units, scale: this.scale }));
      return;
    }

    let valueDay: CivilDay = UNKNOWN_DAY;
    if (this.valueDate >= 0) {
      field.at(this.valueDate);
      if (field.start < field.end) {
        valueDay = this.valueDates.read(field.source.bytes, field.start, field.end);
        if (valueDay === UNKNOWN_DAY) {
          valueDay = this.dateFromText(this.dialect.valueDateOrder.value);
          if (valueDay === UNKNOWN_DAY)
            this.note(
              'csv.value-date',
              `the value date in ${this.label(this.valueDate)} cannot be read and is kept as unknown`,
            );
        }
      }
    }
    let currency = this.defaultCurrency;
    if (this.currency >= 0) {
      field.at(this.currency);
      currency = field.start === field.end ? UNKNOWN_CODE : this.currencyCode();
    }
    const statement = this.statementOf(currency);
    const counterparty = this.coded('counterparty', this.counterparty);
    const counterpartyAccount = this.coded('counterpartyAccount', this.counterpartyAccount);
    const type = this.coded('type', this.type);
    if (this.balanceColumn >= 0) this.followBalance(units, bookingDay);

    if (this.reference >= 0) {
      field.at(this.reference);
      this.appendText(field.source, field.start, field.end);
      builder.reference(field.source, field.start, field.end, this.codec);
    } else builder.reference(field.source, 0, 0, this.codec);
    const textStart = builder.text.length;
    for (const column of this.descriptions) {
      field.at(column);
      if (field.start === field.end) continue;
      if (builder.text.length > textStart) builder.text.byte(SPACE);
      this.appendText(field.source, field.start, field.end);
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
      UNKNOWN_CODE,
      UNKNOWN_CODE,
      UNKNOWN_CODE,
      hash.high,
      hash.low,
    );
  }

  /** Rejects the scanner's record that is over its limit. */
  tooLong(row: number, offset: number, length: number): void {
    const { longPrefix } = this.scanner;
    this.balance.breakOff();
    this.builder.reject({
      place: { row, byteOffset: offset, byteLength: Math.min(length, 0xffffffff) },
      reason: `record of ${length} bytes is longer than the 1 MiB a record may have`,
      raw: this.codec.slice(longPrefix, 0, longPrefix.length).slice(0, MAX_RAW_CHARACTERS),
    });
  }

  /** States balances and counted warnings once the file has been read. */
  finish(): void {
    for (const [code, kind] of this.kinds)
      this.builder.warn({
        row: kind.row,
        code,
        message: `${kind.text} (${kind.count} ${kind.count === 1 ? 'row' : 'rows'}, first here)`,
      });
    if (this.statements.size !== 1) return;
    const statement = this.lastStatement;
    const followed = this.balanceColumn >= 0 ? this.balance.balances() : { opening: null, closing: null };
    const opening = followed.opening ?? this.balanceLabels.opening;
    const closing = followed.closing ?? this.balanceLabels.closing;
    if (opening !== null || closing !== null) this.builder.balances(statement, { opening, closing });
    if (this.balanceColumn >= 0 && followed.opening === null)
      this.builder.warn({
        row: null,
        code: 'csv.balance',
        message: `the balances in ${this.label(this.balanceColumn)} do not follow from the amounts; opening and closing balance are left unknown`,
      });
  }

  private label(column: number): string {
    return `column "${columnLabel(this.dialect.names, column)}"`;
  }

  private fieldText(): string {
    return this.codec.slice(this.field.source.bytes, this.field.start, this.field.end);
  }

  private dateFromText(order: DateOrder): CivilDay {
    const { start, end } = this.field;
    // The longest date with a time and zone is far shorter; long text is no date.
    if (start === end || end - start > 64) return UNKNOWN_DAY;
    return parseDate(this.fieldText(), order) ?? UNKNOWN_DAY;
  }

  /** Reads one column of money into `units` and `scale`; null when empty, false when it is not a number. */
  private readMoney(column: number): boolean | null {
    const field = this.field;
    field.at(column);
    if (field.start === field.end) return null;
    if (this.amounts.read(field.source.bytes, field.start, field.end)) {
      this.units = this.amounts.units;
      this.scale = this.amounts.scale;
      return true;
    }
    if (field.end - field.start > 100) return false;
    const value = parseAmount(this.fieldText(), this.dialect.decimalSign.value, this.dialect.groupingSign);
    if (value === null) return false;
    this.units = value.units;
    this.scale = value.scale;
    return true;
  }

  /** Reads the signed amount of the record; rejects it and answers false when there is none. */
  private readAmount(): boolean {
    if (this.amount < 0) return this.readSides();
    const read = this.readMoney(this.amount);
    if (read !== true) {
      this.rejectAmount(this.amount, read);
      return false;
    }
    if (this.indicator < 0) return true;
    const { field } = this;
    field.at(this.indicator);
    const code = this.indicators.code(field.source, field.start, field.end, this.codec);
    if (code === this.indicatorSigns.length) this.indicatorSigns.push(indicatorSign(this.indicators.values[code]!));
    const sign = this.indicatorSigns[code]!;
    if (sign === 0) {
      this.reject(`${this.label(this.indicator)} says neither debit nor credit: "${this.fieldText()}"`);
      return false;
    }
    if (this.units < 0) {
      this.reject(`the amount is negative and ${this.label(this.indicator)} gives a sign too: "${this.fieldText()}"`);
      return false;
    }
    if (sign < 0 && this.units !== 0) this.units = -this.units;
    return true;
  }

  private readSides(): boolean {
    const debit = this.debit < 0 ? null : this.readMoney(this.debit);
    if (debit === false) {
      this.rejectAmount(this.debit, false);
      return false;
    }
    const debitUnits = debit === null ? 0 : this.units;
    const debitScale = this.scale;
    const credit = this.credit < 0 ? null : this.readMoney(this.credit);
    if (credit === false) {
      this.rejectAmount(this.credit, false);
      return false;
    }
    if (debit === null && credit === null) {
      this.rejectAmount(this.debit < 0 ? this.credit : this.debit, null);
      return false;
    }
    const creditUnits = credit === null ? 0 : this.units;
    if (debitUnits !== 0 && creditUnits !== 0) {
      this.reject(`both ${this.label(this.debit)} and ${this.label(this.credit)} are filled`);
      return false;
    }
    if (debitUnits !== 0 || credit === null) {
      this.units = this.dialect.debitSigned || debitUnits === 0 ? debitUnits : -debitUnits;
      this.scale = debitScale;
    }
    return true;
  }

  private rejectAmount(column: number, read: boolean | null): void {
    this.field.at(column);
    if (read === false)
      this.reject(
        `amount "${this.fieldText()}" in ${this.label(column)} is not a number here (decimal sign "${this.dialect.decimalSign.value}")`,
      );
    else if (this.amount < 0 && this.debit >= 0 && this.credit >= 0)
      this.reject(`no amount in ${this.label(this.debit)} or ${this.label(this.credit)}`);
    else this.reject(`no amount in ${this.label(column)}`);
  }

  private rejectDate(): void {
    this.field.at(this.bookingDate);
    const text = this.fieldText();
    const { names } = this.dialect;
    if (
      names?.[this.bookingDate] !== undefined &&
      text === names[this.bookingDate]!.trim() &&
      this.repeatsHeader(names)
    ) {
      this.reject('repeated header line');
      return;
    }
    const where = this.label(this.bookingDate);
    const raw = this.rawText();
    if (text === '')
      this.reject(namesTotal(raw) ? `no date in ${where}; looks like a total line` : `no date in ${where}`);
    else
      this.reject(
        `date "${text.slice(0, 60)}" in ${where} is no ${ORDER_WORDS[this.dialect.dateOrder.value]} of the calendar`,
      );
  }

  private repeatsHeader(names: readonly string[]): boolean {
    for (const [column, name] of names.entries()) {
      this.field.at(column);
      if (this.fieldText() !== name.trim()) return false;
    }
    return true;
  }

  /** A line that states a balance or turnover instead of a transaction is kept apart, and its balance used. */
  private isBalanceLine(day: CivilDay): boolean {
    const { field } = this;
    field.at(this.descriptions[0]!);
    if (field.end - field.start > LABEL_BYTES || field.end === field.start) return false;
    const last = field.source.bytes[field.end - 1]!;
    if (last >= 48 && last <= 57) return false;
    const label = namesBalanceLine(this.fieldText());
    if (label === null) return false;
    const stated = { amount: { units: this.units, scale: this.scale }, date: day };
    if (label === 'opening') this.balanceLabels.opening ??= stated;
    if (label === 'closing') this.balanceLabels.closing = stated;
    const text = this.fieldText();
    this.reject(`"${text}" states a balance or turnover, not a transaction`, false);
    return true;
  }

  private currencyCode(): number {
    const code = this.currencies.code(this.field.source, this.field.start, this.field.end, this.codec);
    if (code === this.currencyCodes.length) {
      const spelling = this.currencies.values[code]!;
      this.currencyCodes.push(this.builder.textCode('currency', currencyOf(spelling) ?? spelling));
    }
    return this.currencyCodes[code]!;
  }

  private coded(name: 'counterparty' | 'counterpartyAccount' | 'type', column: number): number {
    if (column < 0) return UNKNOWN_CODE;
    const { field } = this;
    field.at(column);
    return this.builder.code(name, field.source, field.start, field.end, this.codec);
  }

  private statementOf(currency: number): number {
    let account = UNKNOWN_CODE;
    if (this.account >= 0) {
      const { field } = this;
      field.at(this.account);
      if (field.start < field.end) account = this.accounts.code(field.source, field.start, field.end, this.codec);
    }
    const key = (account + 1) * 65_536 + currency + 1;
    if (key === this.lastStatementKey) return this.lastStatement;
    let statement = this.statements.get(key);
    if (statement === undefined) {
      statement = this.builder.statement({
        accountId: account === UNKNOWN_CODE ? this.dialect.account : this.accounts.values[account]!,
        currency: currency === UNKNOWN_CODE ? null : this.builder.values('currency')[currency]!,
        institution: null,
        owner: null,
        statementId: null,
      });
      this.statements.set(key, statement);
    }
    this.lastStatementKey = key;
    this.lastStatement = statement;
    return statement;
  }

  private followBalance(units: number, day: CivilDay): void {
    const read = this.readMoney(this.balanceColumn);
    const balance = read === true ? this.builder.unitsAtScale(this.units, this.scale) : Number.NaN;
    if (read === false)
      this.note('csv.balance-unreadable', `the balance in ${this.label(this.balanceColumn)} cannot be read`);
    this.balance.add(units, balance, this.builder.scale, day);
  }

  private appendText(source: ByteSource, start: number, end: number): void {
    const { text } = this.builder;
    if ((this.marks & HAS_HIGH_BYTE) === 0 || (this.table === null && !this.invalid)) text.bytes(source, start, end);
    else if (this.table !== null) text.mapped(source, start, end, this.table);
    else text.text(this.codec.slice(source.bytes, start, end));
  }

  /** A record with bytes beyond ASCII or NUL bytes. */
  private unusualBytes(): void {
    const { scanner } = this;
    if ((this.marks & HAS_HIGH_BYTE) !== 0) {
      if (this.undecided) this.decideEncoding();
      if (this.table === null && invalidUtf8At(scanner.source.bytes, scanner.recordStart, scanner.recordEnd) >= 0) {
        this.invalid = true;
        this.note('csv.invalid-utf8', 'bytes that are not valid UTF-8 are shown as U+FFFD; the original keeps them');
      }
    }
    if ((this.marks & HAS_NUL) !== 0) this.note('csv.nul', 'the record holds NUL bytes');
  }

  /** The head was ASCII only; the first bytes beyond it decide, with all that follows in the window. */
  private decideEncoding(): void {
    const { scanner } = this;
    this.undecided = false;
    if (invalidUtf8At(scanner.source.bytes, scanner.recordStart, scanner.recordStart + scanner.windowRest, true) < 0)
      return;
    this.encoding = 'windows-1252';
    this.codec = codecOf(this.encoding, this.codecFor);
    this.table = singleByteTable(this.codec);
  }

  private unusualQuotes(): void {
    if (this.scanner.unclosedQuote)
      this.builder.warn({
        row: this.row,
        code: 'csv.unclosed-quote',
        message:
          'a quote opens here that is never closed properly; the record was read with quotes as text, up to its line end',
      });
    else this.note('csv.stray-quote', 'a quoted field holds a quote that is not doubled; it was read as text');
  }

  /** Says whether a record with an unusual number of fields can be used; rejects it otherwise. */
  private ragged(count: number): boolean {
    const expected = this.dialect.columnCount;
    if (count <= this.needed) {
      this.field.at(0);
      const raw = this.rawText();
      this.reject(
        namesTotal(raw) && count < expected
          ? `${count} fields where ${expected} are usual; looks like a total line`
          : `${count} fields where ${expected} are usual: a needed one is missing`,
      );
      return false;
    }
    if (count < expected)
      this.note('csv.short-row', `fewer fields than the ${expected} usual ones; the missing ones are taken as empty`);
    else if (!this.emptyBeyond(expected)) this.note('csv.long-row', `more fields than the ${expected} usual ones`);
    return true;
  }

  private emptyBeyond(expected: number): boolean {
    for (let column = expected; column < this.scanner.fieldCount; column++) {
      this.field.at(column);
      if (this.field.start < this.field.end) return false;
    }
    return true;
  }

  private rawText(): string {
    const { scanner } = this;
    const end = Math.min(scanner.recordEnd, scanner.recordStart + 4 * MAX_RAW_CHARACTERS);
    return this.codec.slice(scanner.source.bytes, scanner.recordStart, end).slice(0, MAX_RAW_CHARACTERS);
  }

  /** Keeps the record as rejected. `breaks`: running balances cannot be followed across it. */
  private reject(reason: string, breaks = true): void {
    if (breaks) this.balance.breakOff();
    this.builder.reject({
      place: { row: this.row, byteOffset: this.offset, byteLength: this.length },
      reason,
      raw: this.rawText(),
    });
  }

  private note(code: string, text: string): void {
    const kind = this.kinds.get(code);
    if (kind === undefined) this.kinds.set(code, { count: 1, row: this.row, text });
    else kind.count++;
  }
}

interface BalanceLabels {
  opening: { amount: { units: number; scale: number }; date: CivilDay } | null;
  closing: { amount: { units: number; scale: number }; date: CivilDay } | null;
}

const ORDER_WORDS: Readonly<Record<DateOrder, string>> = {
  ymd: 'year-month-day date',
  dmy: 'day-month-year date',
  mdy: 'month-day-year date',
};
