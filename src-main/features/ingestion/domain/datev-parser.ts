import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { DatevColumns, datevBooking, isColumnNames } from './datev-booking.ts';
import { BOOKING_BATCH, categoryName, type DatevHeader, datevHeader, statementHeader } from './datev-header.ts';
import { type DatevRecord, DatevRecords } from './datev-records.ts';
import { LineReader } from './line-reader.ts';
import type { CreateParser, ParserContext } from './parser-context.ts';
import { warnOfCommodities } from './plaintext-commodities.ts';
import { refuseUtf16 } from './plaintext-lines.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

class DatevParser implements StatementParser {
  readonly format: FormatName = 'datev-csv';
  private readonly sink: StatementSink;
  private readonly lines: LineReader;
  private readonly records: DatevRecords;
  private readonly tally = new WarningTally();
  private header: DatevHeader | null = null;
  private columns: DatevColumns | null = null;
  private columnCount = 0;
  private statement = -1;
  private readonly currencies = new Set<string>();
  private recordCount = 0;
  private bookings = 0;
  private started = false;

  constructor({ sink, codecFor }: ParserContext) {
    this.sink = sink;
    this.records = new DatevRecords(
      record => this.record(record),
      ({ row, byteOffset, byteLength, raw }) =>
        this.broken({ row, byteOffset, byteLength, raw, fields: [] }, 'a text in quotes does not end'),
    );
    // The format is windows-1252; files of other programs are UTF-8 as well.
    this.lines = new LineReader(codecFor, 'windows-1252', line => this.records.line(line));
  }

  write(chunk: Uint8Array): void {
    if (!this.started) refuseUtf16(chunk);
    this.started = true;
    this.lines.write(chunk);
  }

  end(): void {
    this.lines.end();
    this.records.end();
    const { header, sink } = this;
    if (header === null) throw new FileRefused('file.empty', 'The file is empty: it holds no header record.');
    if (header.category !== BOOKING_BATCH)
      sink.warn({
        row: null,
        code: 'datev.no-bookings',
        message: `The file holds ${this.recordCount} records of category ${header.category}, ${categoryName(header)}: master data and no bookings. It has no transactions.`,
      });
    else if (this.recordCount === 0)
      sink.warn({ row: null, code: 'datev.no-bookings', message: 'The batch holds no booking.' });
    sink.entries(this.statement, this.bookings);
    this.tally.send(sink);
    warnOfCommodities(sink, this.currencies);
  }

  encoding(): string {
    return this.lines.encoding;
  }

  dialect(): Dialect {
    const { header } = this;
    return {
      origin: header?.origin ?? null,
      headerVersion: header?.version ?? null,
      category: header?.category ?? null,
      formatName: header?.formatName ?? null,
      formatVersion: header?.formatVersion ?? null,
      batchName: header?.batchName ?? null,
      accountLength: header?.accountLength ?? null,
      locked: header?.locked ?? null,
      columns: this.columnCount,
      columnNames: this.columns?.named ?? null,
      records: this.recordCount,
      bookings: this.bookings,
    };
  }

  private record(record: DatevRecord): void {
    const { fields } = record;
    if (this.header === null) {
      this.header = datevHeader(fields);
      this.statement = this.sink.statement(statementHeader(this.header));
      return;
    }
    if (this.columns === null) {
      const names = this.header.category !== BOOKING_BATCH || isColumnNames(fields) ? fields : null;
      this.columns = new DatevColumns(names);
      this.columnCount = fields.length;
      this.records.columns = fields.length;
      if (this.header.category === BOOKING_BATCH) this.tellColumns(names, this.columns);
      if (names !== null) return;
    }
    this.recordCount++;
    if (this.header.category === BOOKING_BATCH) this.booking(record, this.columns, this.header);
  }

  private tellColumns(names: readonly string[] | null, columns: DatevColumns): void {
    if (names === null)
      this.tally.note(
        'datev.no-column-names',
        2,
        'The record of column names is missing: the order of the format holds',
      );
    else if (!columns.named)
      this.tally.note('datev.column-names', 2, 'The column names are not those of the format: its own order holds');
    else if (columns.moved)
      this.tally.note(
        'datev.column-order',
        2,
        'The columns stand in another order than the format has: their names hold',
      );
  }

  private broken(record: DatevRecord, reason: string): void {
    if (this.header === null)
      throw new FileRefused('datev.header', `The header record cannot be read: ${reason}.`, record.row);
    const { row, byteOffset, byteLength, raw } = record;
    this.recordCount++;
    this.sink.reject({ place: { row, byteOffset, byteLength }, reason, raw });
  }

  private booking(record: DatevRecord, columns: DatevColumns, header: DatevHeader): void {
    const { row, byteOffset, byteLength, fields, raw } = record;
    const place = { row, byteOffset, byteLength };
    const read = datevBooking(fields, columns, header);
    if ('reason' in read) {
      this.sink.reject({ place, reason: read.reason, raw });
      return;
    }
    const { tally } = this;
    if (!read.inPeriod)
      tally.note('datev.date-outside-period', row, 'A document date lies outside the period of the batch');
    if (!read.standardAmount)
      tally.note('datev.number-format', row, 'An amount is not written with a decimal comma alone');
    if (read.sideAssumed) tally.note('datev.side', row, 'A booking states no side: S (Soll), as the format has it');
    if (read.negative)
      tally.note('datev.negative-amount', row, 'An amount is negative, which the format does not know');
    if (read.isReversal)
      tally.note('datev.general-reversal', row, 'A booking is a general reversal (Generalumkehr) of another');
    if (read.fromBase)
      tally.note(
        'datev.foreign-currency',
        row,
        'A booking is in foreign currency: its amount is the base amount (Basisumsatz)',
      );
    this.bookings++;
    this.currencies.add(read.currency ?? '');
    this.sink.transaction({
      place,
      statement: this.statement,
      bookingDate: read.day,
      valueDate: UNKNOWN_DAY,
      amount: read.amount,
      currency: read.currency,
      description: read.text,
      counterparty: '',
      counterpartyAccount: read.contraAccount,
      reference: read.reference,
      type: header.batchName,
      category: read.taxKey === '' ? '' : `BU ${read.taxKey}`,
      ledgerAccount: read.account,
      entry: String(this.bookings),
      poster: header.initials,
    });
  }
}

/**
 * A streaming reader of the DATEV-Format (EXTF and DTVF): booking batches (category 21); other categories are told as
 * holding no bookings. One booking is one transaction of its account (Konto), debit positive, the contra account beside
 * it. Throws FileRefused `file.empty`, `datev.header`, `text.encoding`, `text.line-too-long`.
 * What becomes of each field: docs/specs/format-datev.md.
 */
export const createDatevParser: CreateParser = context => new DatevParser(context);
