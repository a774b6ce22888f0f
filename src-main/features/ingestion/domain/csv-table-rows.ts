import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import { partyKey } from '../../standardization/domain/index.ts';
import type { DecimalSign } from './csv-amount.ts';
import { columnLabel } from './csv-column-names.ts';
import { type DateReading, parseDate } from './csv-date.ts';
import { DateReader } from './csv-date-reader.ts';
import type { CsvLayout } from './csv-dialect.ts';
import { codePageOf, Utf16Decoder } from './csv-encoding.ts';
import { CsvField } from './csv-field.ts';
import { GrowingCodes, grown } from './csv-growing-codes.ts';
import { codecOf } from './csv-layout-detection.ts';
import { CsvScanner, MORE, RECORD } from './csv-scanner.ts';
import { TableAmounts } from './csv-table-amounts.ts';
import type { TableColumns } from './csv-table-columns.ts';
import type { MappedColumns, SettledParts } from './csv-table-parts.ts';
import { TextColumnReader } from './csv-table-texts.ts';
import { HAS_HIGH_BYTE, RecordHash } from './record-hash.ts';
import { ReferenceParts } from './reference-parts.ts';
import { plainTimeOfDay, timeOfDay, UNKNOWN_MINUTE } from './time-of-day.ts';
import { invalidUtf8At } from './utf8-text.ts';

const PIECE_BYTES = 1 << 18;
const SEARCH_BYTES = 1 << 16;

/** Longer text is no date and no time. */
const MAX_DATE_BYTES = 64;

/** How the values of a table are read. */
export interface TableReading {
  readonly layout: CsvLayout;
  readonly parts: SettledParts;
  readonly decimalSign: DecimalSign;
  readonly dateOrder: DateReading;
  readonly valueDateOrder: DateReading;
  readonly enteredOrder: DateReading;
}

const DAY_KEYS = ['date', 'value-date', 'entered'] as const;
const CODED_KEYS = [
  'party',
  'account',
  'id',
  'currency',
  'counterparty-account',
  'type',
  'category',
  'ledger-account',
  'entry',
  'poster',
] as const;
const KEY_OF: Partial<Readonly<Record<(typeof CODED_KEYS)[number], (text: string) => string>>> = {
  party: partyKey,
  currency: text => text.toUpperCase(),
};

/** A column of days as it is read. */
interface DayColumn {
  readonly column: number;
  readonly order: DateReading;
  readonly reader: DateReader;
  days: Int32Array;
}

/** Reads the records of a table into columns, in file order. */
export class TableRows {
  private readonly layout: CsvLayout;
  private readonly settled: SettledParts;
  private readonly mapped: MappedColumns;
  private readonly decimalSign: DecimalSign;
  private readonly dateOrder: DateReading;
  private readonly codecFor: CodecFor;
  private encoding: string;
  private codec: TextCodec;
  /** The head was ASCII only: the first bytes beyond it decide the encoding. */
  private undecided: boolean;
  private readonly scanner: CsvScanner;
  private readonly field: CsvField;
  private readonly utf16: Utf16Decoder | null;
  private readonly parts = new ReferenceParts();
  private readonly amounts: TableAmounts;
  private readonly hash = new RecordHash();
  private readonly coded: ReadonlyMap<string, { readonly column: number; readonly codes: GrowingCodes }>;
  private readonly named: ReadonlyMap<string, { readonly column: number; readonly codes: GrowingCodes }>;
  private readonly days: ReadonlyMap<string, DayColumn>;
  private readonly allCoded: readonly { readonly column: number; readonly codes: GrowingCodes }[];
  private readonly allDays: readonly DayColumn[];
  private readonly descriptions: TextColumnReader | null;
  private readonly references: TextColumnReader | null;
  private minutes: Int32Array;
  private capacity = 1024;
  private rowNumber = new Uint32Array(1024);
  private referenceHash = new Float64Array(1024);
  private series = new Int32Array(1024);
  private seriesNumber = new Float64Array(1024);
  private hashHigh = new Uint32Array(1024);
  private hashLow = new Uint32Array(1024);
  private count = 0;
  private row = 0;
  private unsearched = 0;
  private badDates = 0;
  private missingDates = 0;
  private tooLong = 0;

  constructor(reading: TableReading, codecFor: CodecFor, wantsReferences: boolean) {
    const { layout, parts: settled, decimalSign } = reading;
    this.layout = layout;
    this.settled = settled;
    this.mapped = settled.columns;
    const { mapped } = this;
    this.decimalSign = decimalSign;
    this.dateOrder = reading.dateOrder;
    this.coded = new Map(
      CODED_KEYS.flatMap(key => {
        const column = mapped[key];
        return column === null ? [] : [[key, { column, codes: new GrowingCodes(KEY_OF[key] ?? (text => text)) }]];
      }),
    );
    this.named = new Map(
      [...settled.named].map(([name, column]) => [name, { column, codes: new GrowingCodes(text => text) }]),
    );
    this.allCoded = [...this.coded.values(), ...this.named.values()];
    const orders = { date: reading.dateOrder, 'value-date': reading.valueDateOrder, entered: reading.enteredOrder };
    this.days = new Map(
      DAY_KEYS.flatMap(key => {
        const column = mapped[key];
        const order = orders[key];
        return column === null
          ? []
          : [[key, { column, order, reader: new DateReader(order), days: new Int32Array(this.capacity) }]];
      }),
    );
    this.allDays = [...this.days.values()];
    this.minutes = new Int32Array(mapped.time === null ? 0 : this.capacity);
    const utf8 = codecOf('utf-8', codecFor);
    this.descriptions = mapped.description === null ? null : new TextColumnReader(utf8);
    this.references = mapped.reference === null || !wantsReferences ? null : new TextColumnReader(utf8);
    const { encoding } = layout.encoding;
    this.codecFor = codecFor;
    this.encoding = encoding;
    this.codec = codecOf(encoding, codecFor);
    this.undecided = layout.encoding.undecided;
    this.utf16 = encoding === 'utf-16le' || encoding === 'utf-16be' ? new Utf16Decoder(encoding) : null;
    this.scanner = new CsvScanner(layout.delimiter.delimiter, layout.quote);
    this.field = new CsvField(this.scanner, layout.quote, () => this.utf16 !== null || this.encoding === 'utf-8');
    this.amounts = new TableAmounts(this.field, decimalSign, () => this.codec);
  }

  feed(chunk: Uint8Array, final: boolean): void {
    const text = this.utf16 === null ? chunk : this.utf16.decode(chunk, final);
    for (let at = 0; at < text.length; at += PIECE_BYTES) {
      const piece = text.subarray(at, at + PIECE_BYTES);
      this.scanner.push(piece);
      this.unsearched += piece.length;
      if (this.unsearched >= SEARCH_BYTES) this.search(false);
    }
    if (final) this.search(true);
  }

  columns(): TableColumns {
    const { mapped, count } = this;
    const given = <T>(column: number | null, value: () => T): T | null => (column === null ? null : value());
    const coded = (key: (typeof CODED_KEYS)[number]): CodedColumn | null =>
      this.coded.get(key)?.codes.column(count) ?? null;
    const days = (key: (typeof DAY_KEYS)[number]): Int32Array | null =>
      this.days.get(key)?.days.slice(0, count) ?? null;
    const hasAmount = mapped.amount ?? mapped.debit ?? mapped.credit;
    return {
      rowCount: count,
      rowNumber: this.rowNumber.slice(0, count),
      amountUnits: given(hasAmount, () => this.amounts.units.slice(0, count)),
      amountScale: this.amounts.scale,
      offScaleAmounts: this.amounts.offScale,
      bookingDay: days('date'),
      valueDay: days('value-date'),
      enteredDay: days('entered'),
      minute: given(mapped.time, () => this.minutes.slice(0, count)),
      account: coded('account'),
      party: coded('party'),
      counterpartyAccount: coded('counterparty-account'),
      currency: coded('currency'),
      type: coded('type'),
      category: coded('category'),
      ledgerAccount: coded('ledger-account'),
      entry: coded('entry'),
      poster: coded('poster'),
      id: coded('id'),
      description: this.descriptions?.column() ?? null,
      referenceText: this.references?.column() ?? null,
      referenceHash: given(mapped.reference, () => this.referenceHash.slice(0, count)),
      series: given(mapped.reference, () => ({ codes: this.series.slice(0, count), values: this.parts.seriesNames })),
      seriesNumber: given(mapped.reference, () => this.seriesNumber.slice(0, count)),
      recordHashHigh: this.hashHigh.slice(0, count),
      recordHashLow: this.hashLow.slice(0, count),
      named: new Map([...this.named].map(([name, { codes }]) => [name, codes.column(count)])),
      names: Array.from({ length: this.layout.columnCount }, (_, column) => columnLabel(this.layout.names, column)),
      taken: this.settled.taken,
      unreadable: {
        amount: this.amounts.unreadable,
        date: this.badDates,
        missingAmount: this.amounts.missing,
        missingDate: this.missingDates,
        tooLong: this.tooLong,
      },
      dialect: {
        encoding: this.encoding,
        delimiter: this.layout.delimiter.delimiter,
        headerRow: this.layout.headerRow,
        dateOrder: given(mapped.date, () => this.dateOrder),
        decimalSign: given(hasAmount, () => this.decimalSign),
      },
    };
  }

  private search(final: boolean): void {
    const { scanner } = this;
    this.unsearched = 0;
    for (let found = scanner.next(final); found !== MORE; found = scanner.next(final)) {
      this.row++;
      if (found !== RECORD) this.tooLong++;
      else if (this.row >= this.layout.firstDataRow && !scanner.isBlank()) this.record();
    }
  }

  private record(): void {
    const { scanner, field, mapped, hash } = this;
    const i = this.count++;
    if (i === this.capacity) this.grow();
    this.rowNumber[i] = this.row;
    hash.of(scanner.source, scanner.recordStart, scanner.recordEnd);
    if (this.undecided && (hash.marks & HAS_HIGH_BYTE) !== 0) this.decideEncoding();
    const { codec } = this;
    this.hashHigh[i] = hash.high;
    this.hashLow[i] = hash.low;
    if (mapped.amount !== null) this.amounts.readAmount(mapped.amount, i);
    else if (mapped.debit !== null || mapped.credit !== null) this.amounts.readSides(mapped.debit, mapped.credit, i);
    for (const days of this.allDays) days.days[i] = this.day(days, days.column === mapped.date);
    for (const { column, codes } of this.allCoded) {
      field.at(column);
      codes.set(i, field, codec);
    }
    if (mapped.time !== null) this.minutes[i] = this.minute(mapped.time);
    if (this.descriptions !== null && mapped.description !== null) {
      field.at(mapped.description);
      this.descriptions.add(field, codec);
    }
    if (mapped.reference !== null) {
      field.at(mapped.reference);
      this.parts.of(field.source, field.start, field.end, codec);
      this.referenceHash[i] = this.parts.hash;
      this.series[i] = this.parts.series;
      this.seriesNumber[i] = this.parts.number;
      this.references?.add(field, codec);
    }
  }

  private decideEncoding(): void {
    const { scanner } = this;
    this.undecided = false;
    if (invalidUtf8At(scanner.source.bytes, scanner.recordStart, scanner.recordStart + scanner.windowRest, true) < 0)
      return;
    this.encoding = codePageOf(
      scanner.source.bytes.subarray(scanner.recordStart, scanner.recordStart + scanner.windowRest),
      this.codecFor,
    ).encoding;
    this.codec = codecOf(this.encoding, this.codecFor);
  }

  /** `counted`: of the column whose unreadable cells are told. */
  private day({ column, reader, order }: DayColumn, counted: boolean): CivilDay {
    const { field } = this;
    field.at(column);
    if (field.start === field.end) {
      if (counted) this.missingDates++;
      return UNKNOWN_DAY;
    }
    let day = reader.read(field.source.bytes, field.start, field.end);
    if (day === UNKNOWN_DAY && field.end - field.start <= MAX_DATE_BYTES)
      day = parseDate(this.fieldText(), order) ?? UNKNOWN_DAY;
    if (day === UNKNOWN_DAY && counted) this.badDates++;
    return day;
  }

  /** The minute of the day in a column of times, or of dates with a time behind them. */
  private minute(column: number): number {
    const { field } = this;
    field.at(column);
    if (field.start === field.end || field.end - field.start > MAX_DATE_BYTES) return UNKNOWN_MINUTE;
    const minute = plainTimeOfDay(field.source.bytes, field.start, field.end);
    return minute >= UNKNOWN_MINUTE ? minute : timeOfDay(this.fieldText());
  }

  private fieldText(): string {
    return this.codec.slice(this.field.source.bytes, this.field.start, this.field.end);
  }

  private grow(): void {
    const capacity = this.capacity * 2;
    this.rowNumber = grown(this.rowNumber, new Uint32Array(capacity));
    this.amounts.grow(capacity);
    for (const days of this.allDays) days.days = grown(days.days, new Int32Array(capacity));
    if (this.minutes.length > 0) this.minutes = grown(this.minutes, new Int32Array(capacity));
    this.referenceHash = grown(this.referenceHash, new Float64Array(capacity));
    this.series = grown(this.series, new Int32Array(capacity));
    this.seriesNumber = grown(this.seriesNumber, new Float64Array(capacity));
    this.hashHigh = grown(this.hashHigh, new Uint32Array(capacity));
    this.hashLow = grown(this.hashLow, new Uint32Array(capacity));
    this.capacity = capacity;
  }
}
