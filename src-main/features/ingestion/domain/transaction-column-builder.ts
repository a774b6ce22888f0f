import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { type Decimal, formatUnits, MAX_SCALE, powerOfTen } from '../../../kernel/decimal.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { TextCodec } from '../../../kernel/text.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import type { ByteSource } from './byte-source.ts';
import { EntryTrail } from './entry-trail.ts';
import { copyColumns, newColumns, resizeColumns, viewColumns } from './numeric-columns.ts';
import { RecordHash } from './record-hash.ts';
import { ReferenceParts } from './reference-parts.ts';
import {
  FileRefused,
  type ParsedTransaction,
  type ParseWarning,
  type RejectedRecord,
  type StatementBalances,
  type StatementHeader,
  type StatementSink,
} from './statement-sink.ts';
import { StatementAccumulator, type StatementTotals } from './statement-totals.ts';
import { UNKNOWN_MINUTE } from './time-of-day.ts';
import { CODED_COLUMNS, type CodedColumnName, type ColumnSlice, type NumericColumns } from './transaction-columns.ts';
import { Utf8Text } from './utf8-text.ts';

/** More unreadable records than this and the file is not taken for a list of transactions. */
export const MAX_REJECTED = 100_000;
/** Characters of raw text kept with a rejected record. */
export const MAX_RAW_CHARACTERS = 2_000;
const FIRST_SCALE = 2;

export interface TransactionColumnBuilderOptions {
  /** Transactions expected; columns start with this room. */
  readonly capacityHint?: number;
  /** Transactions a slice. */
  readonly sliceRows?: number;
  /** Receives each slice once it is full, and the rest at `finish()`. */
  readonly onSlice?: (slice: ColumnSlice) => void;
}

/**
 * Collects transactions as typed columns and hands them on in self-contained slices. Parsers of documents send
 * ParsedTransaction objects (`transaction`); the CSV reader, with a million rows to read, writes codes, numbers and
 * bytes (`reference`, `endReference`, `endDescription`, `append`). Call `finish()` after the parser's `end()`.
 */
export class TransactionColumnBuilder implements StatementSink {
  readonly rejected: RejectedRecord[] = [];
  readonly warnings: ParseWarning[] = [];
  /** Text of the slice being filled: the low-level path appends reference and description here. */
  readonly text = new Utf8Text(1 << 21);
  /** Transactions accepted so far. */
  count = 0;
  /** Decimals of amountUnits: one scale for the import, raised when an amount needs more. */
  scale = FIRST_SCALE;

  private readonly sliceRows: number;
  private readonly onSlice: ((slice: ColumnSlice) => void) | null;
  private readonly coded: Readonly<Record<Exclude<CodedColumnName, 'series'>, ByteDictionary>> = {
    currency: new ByteDictionary(),
    counterparty: new ByteDictionary(),
    counterpartyAccount: new ByteDictionary(),
    type: new ByteDictionary(),
    category: new ByteDictionary(),
    ledgerAccount: new ByteDictionary(),
    entry: new ByteDictionary(),
    poster: new ByteDictionary(),
    entered: new ByteDictionary(),
    time: new ByteDictionary(),
  };
  private readonly sentValues: Record<CodedColumnName, number> = {
    currency: 0,
    counterparty: 0,
    counterpartyAccount: 0,
    type: 0,
    series: 0,
    category: 0,
    ledgerAccount: 0,
    entry: 0,
    poster: 0,
    entered: 0,
    time: 0,
  };
  private readonly accumulators: StatementAccumulator[] = [];
  private capacity: number;
  private numeric: NumericColumns;
  private sliceStart = 0;
  private textEnds: Uint32Array;
  private readonly parts = new ReferenceParts();
  private readonly scratch = new Utf8Text(1024);
  private readonly hash = new RecordHash();
  private readonly trail = new EntryTrail(
    text => this.textCode('entered', text),
    text => this.textCode('time', text),
  );

  constructor(options: TransactionColumnBuilderOptions = {}) {
    this.sliceRows = options.sliceRows ?? 25_000;
    this.onSlice = options.onSlice ?? null;
    this.capacity = Math.max(1024, options.capacityHint ?? 0);
    this.numeric = newColumns(this.capacity);
    this.textEnds = new Uint32Array(2 * this.sliceRows);
  }

  // ---- StatementSink -------------------------------------------------------------------------------------------

  statement(header: StatementHeader): number {
    return this.accumulators.push(new StatementAccumulator(header)) - 1;
  }

  balances(statement: number, balances: StatementBalances): void {
    this.accumulators[statement]!.balances = balances;
  }

  entries(statement: number, entries: number): void {
    this.accumulators[statement]!.entries = entries;
  }

  /** Adds one transaction. An amount that does not fit 2^53 units at the import's scale is rejected with its place. */
  transaction(transaction: ParsedTransaction): void {
    const { place } = transaction;
    const units = this.unitsAtScale(transaction.amount.units, transaction.amount.scale);
    const canonical = canonicalRecord(transaction);
    if (Number.isNaN(units)) {
      this.reject({ place, reason: amountTooLarge(transaction.amount), raw: canonical });
      return;
    }
    const reference = transaction.reference.trim();
    this.text.text(reference);
    this.referenceText(reference);
    this.endDescriptionText(transaction.description.trim());
    this.enteredBy(
      this.textCode('poster', (transaction.poster ?? '').trim()),
      transaction.enteredDay ?? UNKNOWN_DAY,
      transaction.minute ?? UNKNOWN_MINUTE,
    );
    this.scratch.length = 0;
    this.scratch.text(canonical);
    this.hash.of(this.scratch.source, 0, this.scratch.length);
    this.append(
      place.row,
      place.byteOffset,
      place.byteLength,
      transaction.statement,
      transaction.bookingDate,
      transaction.valueDate,
      units,
      this.textCode('currency', transaction.currency ?? ''),
      this.textCode('counterparty', transaction.counterparty.trim()),
      this.textCode('counterpartyAccount', transaction.counterpartyAccount.trim()),
      this.textCode('type', transaction.type.trim()),
      this.textCode('category', (transaction.category ?? '').trim()),
      this.textCode('ledgerAccount', (transaction.ledgerAccount ?? '').trim()),
      this.textCode('entry', (transaction.entry ?? '').trim()),
      this.hash.high,
      this.hash.low,
    );
  }

  /** Keeps a record that could not be read. Throws FileRefused beyond MAX_REJECTED of them. */
  reject(record: RejectedRecord): void {
    if (this.rejected.length >= MAX_REJECTED)
      throw new FileRefused(
        'records.unreadable',
        `More than ${MAX_REJECTED} records could not be read; the last at row ${record.place.row}: ${record.reason}. The file is not what it was taken for, or its layout was taken for another: of a table, state delimiter, dateOrder, decimalSign or columns.`,
        record.place.row,
      );
    this.rejected.push(
      record.raw.length > MAX_RAW_CHARACTERS ? { ...record, raw: record.raw.slice(0, MAX_RAW_CHARACTERS) } : record,
    );
  }

  warn(warning: ParseWarning): void {
    this.warnings.push(warning);
  }

  // ---- results -------------------------------------------------------------------------------------------------

  /** Views of all columns so far, `count` long. */
  columns(): NumericColumns {
    return viewColumns(this.numeric, 0, this.count);
  }

  /** Values of a dictionary column by code. */
  values(name: CodedColumnName): readonly string[] {
    return name === 'series' ? this.parts.seriesNames : this.coded[name].values;
  }

  /** Totals of each statement, in file order. */
  statements(): StatementTotals[] {
    return this.accumulators.map(accumulator => accumulator.totals(this.scale));
  }

  /** Sends the last, partly filled slice. */
  finish(): void {
    if (this.count > this.sliceStart) this.sendSlice();
  }

  // ---- low-level path ------------------------------------------------------------------------------------------

  /** Code of source[start, end) in a dictionary column; UNKNOWN_CODE when empty. The bytes are already trimmed. */
  code(
    name: Exclude<CodedColumnName, 'series'>,
    source: ByteSource,
    start: number,
    end: number,
    codec: TextCodec,
  ): number {
    return start === end ? UNKNOWN_CODE : this.coded[name].code(source, start, end, codec);
  }

  /** Code of a text in a dictionary column; UNKNOWN_CODE when empty. Not for files whose bytes are not UTF-8. */
  textCode(name: Exclude<CodedColumnName, 'series'>, text: string): number {
    if (text === '') return UNKNOWN_CODE;
    this.scratch.length = 0;
    this.scratch.text(text);
    return this.coded[name].code(this.scratch.source, 0, this.scratch.length, verbatim(text));
  }

  /**
   * The amount in units of the import's scale, which is raised where the amount needs it. NaN when it, or an amount
   * read before, would not fit 2^53 units at that scale.
   */
  unitsAtScale(units: number, scale: number): number {
    if (scale === this.scale) return units;
    if (scale < this.scale) {
      const scaled = units * powerOfTen(this.scale - scale);
      return Number.isSafeInteger(scaled) ? scaled : Number.NaN;
    }
    let rest = units;
    let needed = scale;
    while (needed > this.scale && rest % 10 === 0) {
      rest /= 10;
      needed--;
    }
    if (needed === this.scale) return rest;
    return needed <= MAX_SCALE && this.refine(needed) ? rest : Number.NaN;
  }

  /**
   * States the reference, whose text (trimmed, UTF-8) the caller has appended to `text`; source[start, end) are its
   * bytes in the file. Derives hash, series and number; then `endDescription` and `append` must follow.
   */
  reference(source: ByteSource, start: number, end: number, codec: TextCodec): void {
    this.endReference();
    this.parts.of(source, start, end, codec);
  }

  /** Ends the description, whose text the caller has appended to `text`. */
  endDescription(): void {
    this.textEnds[2 * (this.count - this.sliceStart) + 1] = this.text.length;
  }

  /**
   * States who entered the next transaction (code of `poster`), on which day and at what minute of the day, UNKNOWN_CODE,
   * UNKNOWN_DAY and UNKNOWN_MINUTE where not stated; then `append` must follow. Need not be called where nothing is.
   */
  enteredBy(poster: number, day: CivilDay, minute: number): void {
    this.trail.state(poster, day, minute);
  }

  /** Adds the transaction whose reference and description were stated before. `units` come from `unitsAtScale`. */
  append(
    rowNumber: number,
    byteOffset: number,
    byteLength: number,
    statement: number,
    bookingDay: CivilDay,
    valueDay: CivilDay,
    units: number,
    currency: number,
    counterparty: number,
    counterpartyAccount: number,
    type: number,
    category: number,
    ledgerAccount: number,
    entry: number,
    recordHashHigh: number,
    recordHashLow: number,
  ): void {
    const i = this.count;
    if (i === this.capacity) {
      this.capacity *= 2;
      this.numeric = resizeColumns(this.numeric, this.capacity);
    }
    const columns = this.numeric;
    columns.rowNumber[i] = rowNumber;
    columns.byteOffset[i] = byteOffset;
    columns.byteLength[i] = byteLength;
    columns.statement[i] = statement;
    columns.bookingDay[i] = bookingDay;
    columns.valueDay[i] = valueDay;
    columns.amountUnits[i] = units;
    columns.currency[i] = currency;
    columns.counterparty[i] = counterparty;
    columns.counterpartyAccount[i] = counterpartyAccount;
    columns.type[i] = type;
    columns.category[i] = category;
    columns.ledgerAccount[i] = ledgerAccount;
    columns.entry[i] = entry;
    columns.referenceHash[i] = this.parts.hash;
    columns.series[i] = this.parts.series;
    columns.seriesNumber[i] = this.parts.number;
    columns.recordHashHigh[i] = recordHashHigh;
    columns.recordHashLow[i] = recordHashLow;
    if (this.trail.isKept) this.numeric = this.trail.write(columns, i);
    this.accumulators[statement]!.add(units, bookingDay);
    this.count = i + 1;
    if (this.count - this.sliceStart === this.sliceRows) this.sendSlice();
  }

  // ---- inside --------------------------------------------------------------------------------------------------

  private referenceText(reference: string): void {
    this.scratch.length = 0;
    this.scratch.text(reference);
    this.reference(this.scratch.source, 0, this.scratch.length, prefixOf(reference, this.scratch.length));
  }

  private endDescriptionText(description: string): void {
    this.text.text(description);
    this.endDescription();
  }

  private endReference(): void {
    this.textEnds[2 * (this.count - this.sliceStart)] = this.text.length;
  }

  /** Raises the scale; false, and nothing changed, when an amount read before would not fit. */
  private refine(scale: number): boolean {
    const digits = scale - this.scale;
    const factor = powerOfTen(digits);
    const units = this.numeric.amountUnits;
    for (let i = 0; i < this.count; i++) if (!Number.isSafeInteger(units[i]! * factor)) return false;
    // A slice has one scale: what it holds so far leaves with the old one.
    if (this.count > this.sliceStart) this.sendSlice();
    for (let i = 0; i < this.count; i++) units[i] = units[i]! * factor;
    for (const accumulator of this.accumulators) accumulator.refine(digits);
    this.scale = scale;
    return true;
  }

  private sendSlice(): void {
    const first = this.sliceStart;
    const count = this.count - first;
    if (this.onSlice !== null) {
      const newValues = Object.fromEntries(
        CODED_COLUMNS.map(name => [name, this.values(name).slice(this.sentValues[name])]),
      ) as unknown as Record<CodedColumnName, readonly string[]>;
      for (const name of CODED_COLUMNS) this.sentValues[name] = this.values(name).length;
      this.onSlice({
        first,
        count,
        scale: this.scale,
        columns: copyColumns(this.numeric, first, this.count),
        text: this.text.copy(),
        textEnds: this.textEnds.slice(0, 2 * count),
        newValues,
      });
    }
    this.sliceStart = this.count;
    this.text.length = 0;
  }
}

export const amountTooLarge = ({ units, scale }: Decimal): string =>
  `amount ${formatUnits(units, scale)} cannot be kept exactly beside the others of this file (2^53 units at the decimals of the finest): import it as a file of its own`;

/** A codec for one known text: spares decoding bytes that were just encoded from it. */
const verbatim = (text: string): TextCodec => ({ encoding: 'utf-8', slice: () => text });

/** A codec for the start of one known text that was encoded to `byteLength` bytes and ends in ASCII from `end` on. */
const prefixOf = (text: string, byteLength: number): TextCodec => ({
  encoding: 'utf-8',
  slice: (_bytes, _start, end) => text.slice(0, text.length - (byteLength - end)),
});

/** All fields of a transaction that the file states, in one unambiguous line: what its record hash is taken over. */
const canonicalRecord = (t: ParsedTransaction): string =>
  JSON.stringify([
    t.statement,
    t.bookingDate,
    t.valueDate,
    t.amount.units,
    t.amount.scale,
    t.currency,
    t.description,
    t.counterparty,
    t.counterpartyAccount,
    t.reference,
    t.type,
    ...[t.category ?? '', t.ledgerAccount ?? '', t.entry ?? ''].filter(field => field !== ''),
    // The time of day is no part of it: exports of one transaction differ in it.
    ...((t.poster ?? '') === '' && (t.enteredDay ?? UNKNOWN_DAY) === UNKNOWN_DAY
      ? []
      : [{ poster: t.poster ?? '', enteredDay: t.enteredDay ?? UNKNOWN_DAY }]),
  ]);
