import type { CodecFor } from '../../../kernel/text.ts';
import { detectDialect } from './csv-detection.ts';
import type { CsvDialect } from './csv-dialect.ts';
import { describeDialect } from './csv-dialect-description.ts';
import { Utf16Decoder } from './csv-encoding.ts';
import { detectOnHead, FileHead } from './csv-head.ts';
import { isTransaction } from './csv-header-row.ts';
import { type CsvOverrides, checkOverrideKeys } from './csv-overrides.ts';
import { CsvRowReader } from './csv-row-reader.ts';
import { CsvScanner, MORE, RECORD } from './csv-scanner.ts';
import type { Dialect, StatementParser } from './statement-sink.ts';
import type { TransactionColumnBuilder } from './transaction-column-builder.ts';

/** The window is fed in pieces of this size, which stay in the processor's cache. */
const PIECE_BYTES = 1 << 18;
/** Bytes that must have come in before the window is searched again: tiny chunks do not rescan a record each time. */
const SEARCH_BYTES = 1 << 16;

/**
 * A streaming parser of CSV, TSV and other delimited tables of transactions. Buffers the head to find out how the file
 * is laid out (see docs/specs/format-csv.md), then reads record by record in bounded memory.
 * Throws FileRefused `file.empty`, `csv.binary`, `csv.no-date-column`, `csv.no-amount-column`, `records.unreadable`,
 * `dialect.unknown` (an override that means nothing) and `dialect.ambiguous` (something only the examiner can say).
 */
export const createCsvParser = (
  builder: TransactionColumnBuilder,
  codecFor: CodecFor,
  overrides: CsvOverrides,
  part: TablePart = WHOLE_FILE,
): StatementParser => new TableParser(builder, codecFor, overrides, part);

/** The part of a longer text that a table is, such as a sheet of a workbook. */
export interface TablePart {
  /** Where the table begins in that text: places of its records are places in the text. */
  readonly byteOffset: number;
  /** Identification of the table's statements, which say none themselves. */
  readonly statementId: string | null;
}

const WHOLE_FILE: TablePart = { byteOffset: 0, statementId: null };

class TableParser implements StatementParser {
  readonly format = 'csv';
  private readonly builder: TransactionColumnBuilder;
  private readonly codecFor: CodecFor;
  private readonly overrides: CsvOverrides;
  private readonly part: TablePart;
  private head = new FileHead();
  private found: CsvDialect | null = null;
  private scanner: CsvScanner | null = null;
  private reader: CsvRowReader | null = null;
  private utf16: Utf16Decoder | null = null;
  private row = 0;
  private blankRows = 0;
  private unsearched = 0;
  /** For UTF-16: UTF-8 bytes counted so far in the scanner's text, and their place in the file. */
  private countedBytes = 0;
  private originalOffset = 0;

  constructor(builder: TransactionColumnBuilder, codecFor: CodecFor, overrides: CsvOverrides, part: TablePart) {
    checkOverrideKeys(overrides);
    this.part = part;
    this.builder = builder;
    this.codecFor = codecFor;
    this.overrides = overrides;
  }

  write(chunk: Uint8Array): void {
    if (this.reader !== null) {
      this.feed(chunk, false);
      return;
    }
    if (this.head.push(chunk)) this.begin(false);
  }

  end(): void {
    if (this.reader === null) this.begin(true);
    this.feed(new Uint8Array(0), true);
    const { lfCount, crlfCount, crCount } = this.scanner!;
    const kinds = [lfCount, crlfCount, crCount].filter(count => count > 0).length;
    if (kinds > 1)
      this.builder.warn({
        row: null,
        code: 'csv.mixed-line-ends',
        message: `line ends are mixed: ${lfCount} LF, ${crlfCount} CRLF, ${crCount} CR; each of them ends a record`,
      });
    this.reader!.finish();
  }

  encoding(): string {
    return this.reader?.encoding ?? this.found?.encoding.encoding ?? 'unknown';
  }

  dialect(): Dialect {
    const { found, scanner } = this;
    if (found === null) return {};
    return describeDialect(found, {
      encoding: this.encoding(),
      lineEnds: scanner === null ? [] : lineEndNames(scanner),
      rows: this.row,
      blankRows: this.blankRows,
      continuationRows: this.reader?.continuationRows ?? 0,
    });
  }

  private begin(whole: boolean): void {
    const { head } = this;
    const found = detectOnHead(head, whole, sample => detectDialect(sample, this.codecFor, this.overrides));
    if (found === null) return;
    this.found = found;
    const { encoding, bomBytes } = found.encoding;
    if (encoding === 'utf-16le' || encoding === 'utf-16be') this.utf16 = new Utf16Decoder(encoding);
    const textOffset = this.part.byteOffset + bomBytes;
    this.originalOffset = textOffset;
    const scanner = new CsvScanner(found.delimiter.delimiter, found.quote);
    scanner.base = this.utf16 === null ? textOffset : 0;
    this.scanner = scanner;
    this.reader = new CsvRowReader(this.builder, found, scanner, this.codecFor, this.part.statementId);
    for (const remark of found.remarks) this.builder.warn(remark);
    for (const { row, fields } of found.preamble)
      if (isTransaction(fields))
        this.builder.warn({
          row,
          code: 'csv.preamble',
          message: 'a line above the header holds a date and an amount; it was taken for a heading, not a transaction',
        });
    this.head = new FileHead();
    this.feed(head.bytes.subarray(bomBytes), false);
  }

  private feed(chunk: Uint8Array, final: boolean): void {
    const scanner = this.scanner!;
    const text = this.utf16 === null ? chunk : this.utf16.decode(chunk, final);
    for (let at = 0; at < text.length; at += PIECE_BYTES) {
      const piece = text.subarray(at, at + PIECE_BYTES);
      scanner.push(piece);
      this.unsearched += piece.length;
      if (this.unsearched >= SEARCH_BYTES) this.search(false);
    }
    if (final) this.search(true);
  }

  private search(final: boolean): void {
    const scanner = this.scanner!;
    const reader = this.reader!;
    const firstDataRow = this.found!.firstDataRow;
    const utf16 = this.utf16 !== null;
    this.unsearched = 0;
    for (let found = scanner.next(final); found !== MORE; found = scanner.next(final)) {
      const row = ++this.row;
      if (found === RECORD) {
        const start = scanner.recordStart;
        const length = scanner.recordEnd - start;
        if (row < firstDataRow) continue;
        if (length === 0 || scanner.isBlank()) {
          this.blankRows++;
          continue;
        }
        if (utf16) {
          const from = this.originalPlace(start);
          reader.record(row, from, this.originalPlace(scanner.recordEnd) - from);
        } else reader.record(row, scanner.base + start, length);
      } else reader.tooLong(row, scanner.longOffset, scanner.longLength);
    }
    // The window may drop what was consumed: it must have been counted by then.
    if (utf16) this.originalPlace(scanner.offset - scanner.base);
  }

  /** Offset in a UTF-16 file of a place in the scanner's window, which only moves forward. */
  private originalPlace(at: number): number {
    const scanner = this.scanner!;
    const { bytes } = scanner.source;
    let p = this.countedBytes - scanner.base;
    for (; p < at; p++) {
      const byte = bytes[p]!;
      // Each character has one byte that is no continuation; beyond the basic plane it takes two units of UTF-16.
      if (byte < 0x80 || byte >= 0xc0) this.originalOffset += byte >= 0xf0 ? 4 : 2;
    }
    this.countedBytes = scanner.base + at;
    return this.originalOffset;
  }
}

const lineEndNames = (scanner: CsvScanner): string[] => [
  ...(scanner.lfCount > 0 ? ['LF'] : []),
  ...(scanner.crlfCount > 0 ? ['CRLF'] : []),
  ...(scanner.crCount > 0 ? ['CR'] : []),
];
