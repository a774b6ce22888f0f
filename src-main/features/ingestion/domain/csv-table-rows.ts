import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { MAX_SCALE, powerOfTen } from '../../../kernel/decimal.ts';
import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import { partyKey } from '../../standardization/domain/index.ts';
import { AmountReader, type DecimalSign, parseAmount } from './csv-amount.ts';
import { columnLabel } from './csv-column-names.ts';
import { type DateReading, parseDate } from './csv-date.ts';
import { DateReader } from './csv-date-reader.ts';
import type { CsvLayout } from './csv-dialect.ts';
import { codePageOf, Utf16Decoder } from './csv-encoding.ts';
import { CsvField } from './csv-field.ts';
import { GrowingCodes, grown } from './csv-growing-codes.ts';
import { codecOf } from './csv-layout-detection.ts';
import { CsvScanner, MORE, RECORD } from './csv-scanner.ts';
import type { TableColumns, TableMapping } from './csv-table-columns.ts';
import { HAS_HIGH_BYTE, RecordHash } from './record-hash.ts';
import { ReferenceParts } from './reference-parts.ts';
import { invalidUtf8At } from './utf8-text.ts';

const PIECE_BYTES = 1 << 18;
const SEARCH_BYTES = 1 << 16;

/** The column of each part, null where none is mapped. */
export type MappedColumns = Readonly<Record<keyof TableMapping, number | null>>;

/** Reads the records of a table into columns, in file order. */
export class TableRows {
  private readonly layout: CsvLayout;
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
  private readonly amounts: AmountReader;
  private readonly dates: DateReader;
  private readonly parts = new ReferenceParts();
  private readonly hash = new RecordHash();
  private readonly coded: Readonly<Record<'party' | 'account' | 'id' | 'currency', GrowingCodes>> = {
    party: new GrowingCodes(partyKey),
    account: new GrowingCodes(text => text),
    id: new GrowingCodes(text => text),
    currency: new GrowingCodes(text => text.toUpperCase()),
  };
  private capacity = 1024;
  private rowNumber = new Uint32Array(1024);
  private amountUnits = new Float64Array(1024);
  private bookingDay = new Int32Array(1024);
  private referenceHash = new Float64Array(1024);
  private series = new Int32Array(1024);
  private seriesNumber = new Float64Array(1024);
  private hashHigh = new Uint32Array(1024);
  private hashLow = new Uint32Array(1024);
  private scale = 2;
  private count = 0;
  private row = 0;
  private unsearched = 0;
  private badAmounts = 0;
  private badDates = 0;
  private missingAmounts = 0;
  private missingDates = 0;
  private tooLong = 0;

  constructor(
    layout: CsvLayout,
    mapped: MappedColumns,
    decimalSign: DecimalSign,
    dateOrder: DateReading,
    codecFor: CodecFor,
  ) {
    this.layout = layout;
    this.mapped = mapped;
    this.decimalSign = decimalSign;
    this.dateOrder = dateOrder;
    const { encoding } = layout.encoding;
    this.codecFor = codecFor;
    this.encoding = encoding;
    this.codec = codecOf(encoding, codecFor);
    this.undecided = layout.encoding.undecided;
    this.utf16 = encoding === 'utf-16le' || encoding === 'utf-16be' ? new Utf16Decoder(encoding) : null;
    this.scanner = new CsvScanner(layout.delimiter.delimiter, layout.quote);
    this.field = new CsvField(this.scanner, layout.quote, () => this.utf16 !== null || this.encoding === 'utf-8');
    this.amounts = new AmountReader(decimalSign, null);
    this.dates = new DateReader(dateOrder);
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
    return {
      rowCount: count,
      rowNumber: this.rowNumber.slice(0, count),
      amountUnits: given(mapped.amount, () => this.amountUnits.slice(0, count)),
      amountScale: this.scale,
      bookingDay: given(mapped.date, () => this.bookingDay.slice(0, count)),
      account: given(mapped.account, () => this.coded.account.column(count)),
      party: given(mapped.party, () => this.coded.party.column(count)),
      currency: given(mapped.currency, () => this.coded.currency.column(count)),
      id: given(mapped.id, () => this.coded.id.column(count)),
      referenceHash: given(mapped.reference, () => this.referenceHash.slice(0, count)),
      series: given(mapped.reference, () => ({ codes: this.series.slice(0, count), values: this.parts.seriesNames })),
      seriesNumber: given(mapped.reference, () => this.seriesNumber.slice(0, count)),
      recordHashHigh: this.hashHigh.slice(0, count),
      recordHashLow: this.hashLow.slice(0, count),
      names: Array.from({ length: this.layout.columnCount }, (_, column) => columnLabel(this.layout.names, column)),
      unreadable: {
        amount: this.badAmounts,
        date: this.badDates,
        missingAmount: this.missingAmounts,
        missingDate: this.missingDates,
        tooLong: this.tooLong,
      },
      dialect: {
        encoding: this.encoding,
        delimiter: this.layout.delimiter.delimiter,
        headerRow: this.layout.headerRow,
        dateOrder: given(mapped.date, () => this.dateOrder),
        decimalSign: given(mapped.amount, () => this.decimalSign),
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
    if (mapped.amount !== null) this.amountUnits[i] = this.amount(mapped.amount, i);
    if (mapped.date !== null) this.bookingDay[i] = this.day(mapped.date);
    for (const name of ['party', 'account', 'id', 'currency'] as const) {
      const column = mapped[name];
      if (column === null) continue;
      field.at(column);
      this.coded[name].set(i, field, codec);
    }
    if (mapped.reference !== null) {
      field.at(mapped.reference);
      this.parts.of(field.source, field.start, field.end, codec);
      this.referenceHash[i] = this.parts.hash;
      this.series[i] = this.parts.series;
      this.seriesNumber[i] = this.parts.number;
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

  private amount(column: number, row: number): number {
    const { field, amounts } = this;
    field.at(column);
    if (field.start === field.end) {
      this.missingAmounts++;
      return Number.NaN;
    }
    let units = Number.NaN;
    if (amounts.read(field.source.bytes, field.start, field.end))
      units = this.scaled(amounts.units, amounts.scale, row);
    else if (field.end - field.start <= 100) {
      const value = parseAmount(this.codec.slice(field.source.bytes, field.start, field.end), this.decimalSign, null);
      if (value !== null) units = this.scaled(value.units, value.scale, row);
    }
    if (Number.isNaN(units)) this.badAmounts++;
    return units;
  }

  /** Units at the table's scale, raised for all rows where needed; NaN when a value would not be exact. */
  private scaled(units: number, scale: number, row: number): number {
    let rest = units;
    let needed = scale;
    while (needed > this.scale && rest % 10 === 0) {
      rest /= 10;
      needed--;
    }
    if (needed > this.scale) {
      const factor = powerOfTen(needed - this.scale);
      if (needed > MAX_SCALE) return Number.NaN;
      for (let i = 0; i < row; i++)
        if (!Number.isNaN(this.amountUnits[i]!) && !Number.isSafeInteger(this.amountUnits[i]! * factor))
          return Number.NaN;
      for (let i = 0; i < row; i++) this.amountUnits[i] = this.amountUnits[i]! * factor;
      this.scale = needed;
      return rest;
    }
    const scaled = rest * powerOfTen(this.scale - needed);
    return Number.isSafeInteger(scaled) ? scaled : Number.NaN;
  }

  private day(column: number): CivilDay {
    const { field } = this;
    field.at(column);
    if (field.start === field.end) {
      this.missingDates++;
      return UNKNOWN_DAY;
    }
    let day = this.dates.read(field.source.bytes, field.start, field.end);
    if (day === UNKNOWN_DAY && field.end - field.start <= 64)
      day = parseDate(this.codec.slice(field.source.bytes, field.start, field.end), this.dateOrder) ?? UNKNOWN_DAY;
    if (day === UNKNOWN_DAY) this.badDates++;
    return day;
  }

  private grow(): void {
    const capacity = this.capacity * 2;
    this.rowNumber = grown(this.rowNumber, new Uint32Array(capacity));
    this.amountUnits = grown(this.amountUnits, new Float64Array(capacity));
    this.bookingDay = grown(this.bookingDay, new Int32Array(capacity));
    this.referenceHash = grown(this.referenceHash, new Float64Array(capacity));
    this.series = grown(this.series, new Int32Array(capacity));
    this.seriesNumber = grown(this.seriesNumber, new Float64Array(capacity));
    this.hashHigh = grown(this.hashHigh, new Uint32Array(capacity));
    this.hashLow = grown(this.hashLow, new Uint32Array(capacity));
    this.capacity = capacity;
  }
}
