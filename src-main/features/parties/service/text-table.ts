import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { TextCodec } from '../../../kernel/text.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { ByteDictionary } from '../../ingestion/domain/byte-dictionary.ts';
import { byteSource } from '../../ingestion/domain/byte-source.ts';
import { columnLabel } from '../../ingestion/domain/csv-column-names.ts';
import type { CsvLayout } from '../../ingestion/domain/csv-dialect.ts';
import { Utf16Decoder } from '../../ingestion/domain/csv-encoding.ts';
import { CsvField } from '../../ingestion/domain/csv-field.ts';
import { detectOnHead, FileHead } from '../../ingestion/domain/csv-head.ts';
import { codecOf, detectLayout } from '../../ingestion/domain/csv-layout-detection.ts';
import { CsvScanner, MORE, PLAIN, RECORD } from '../../ingestion/domain/csv-scanner.ts';
import { invalidUtf8At } from '../../ingestion/domain/utf8-text.ts';
import { spacedFields, spacedLayout } from './spaced-fields.ts';
import { headerNames } from './table-header.ts';

/** All columns of a delimited table as text, dictionary-encoded; −1 is an empty or missing cell. */
export interface TextTable {
  readonly names: readonly string[];
  readonly rowCount: number;
  /** Each row's position in the file as a spreadsheet shows it, header counted. */
  readonly rowNumber: Uint32Array;
  readonly columns: readonly CodedColumn[];
  /** Records too long to be read, which are no rows; and rows with more cells than columns. */
  readonly tooLong: number;
  readonly overfull: number;
}

/** The settings of a table's layout that can be stated. */
export const LAYOUT_SETTINGS = ['encoding', 'delimiter', 'quote', 'headerRow'] as const;

const PIECE_BYTES = 1 << 18;
const HEAD_BYTES = 1 << 15;
const SPACE = 32;

/**
 * Reads a delimited table chunk by chunk; `wanted` columns decide between a first record of names and one of data where
 * nothing else does. Throws FileRefused `file.empty`, `csv.binary` or `dialect.unknown`.
 */
export class TextTableReader {
  private readonly overrides: Readonly<Record<string, string>>;
  private readonly wanted: readonly string[];
  private head = new FileHead();
  private rows: TextRows | null = null;
  constructor(overrides: Readonly<Record<string, string>>, wanted: readonly string[]) {
    this.overrides = overrides;
    this.wanted = wanted;
  }

  write(chunk: Uint8Array): void {
    if (this.rows !== null) this.rows.feed(chunk, false);
    else if (this.head.push(chunk)) this.begin(false);
  }

  end(): TextTable {
    if (this.rows === null) this.begin(true);
    this.rows!.feed(new Uint8Array(0), true);
    return this.rows!.table();
  }

  private begin(whole: boolean): void {
    const { head } = this;
    const found = detectOnHead(head, whole, sample => ({
      layout: detectLayout(sample, codecFor, this.overrides),
      questions: [],
    }));
    if (found === null) return;
    const layout = spacedLayout(found.layout, headText(found.layout, head.bytes));
    this.rows = new TextRows(layout, headerNames(layout, this.wanted, this.overrides.headerRow !== undefined));
    this.rows.feed(head.bytes.subarray(layout.encoding.bomBytes), false);
    this.head = new FileHead();
  }
}

/** The first text of a file in its encoding; what is cut off at the end does not matter. */
const headText = ({ encoding }: CsvLayout, bytes: Uint8Array): string => {
  const head = bytes.subarray(encoding.bomBytes, encoding.bomBytes + HEAD_BYTES);
  const wide = encoding.encoding === 'utf-16le' || encoding.encoding === 'utf-16be';
  const text = wide ? new Utf16Decoder(encoding.encoding as 'utf-16le').decode(head, false) : head;
  return codecOf(encoding.encoding, codecFor).slice(text, 0, text.length);
};

class TextRows {
  private readonly layout: CsvLayout;
  private readonly names: readonly string[] | null;
  private readonly utf16: Utf16Decoder | null;
  private readonly scanner: CsvScanner;
  private readonly field: CsvField;
  private codec: TextCodec;
  private encoding: string;
  private undecided: boolean;
  private readonly dictionaries: ByteDictionary[];
  private codes: Int32Array[];
  private rowNumber = new Uint32Array(1024);
  private count = 0;
  private row = 0;
  private headerPending: boolean;
  private tooLong = 0;
  private overfull = 0;

  /** `names` not null while the layout has none: the first record that is not blank is the header. */
  constructor(layout: CsvLayout, names: readonly string[] | null) {
    this.layout = layout;
    this.names = names;
    this.headerPending = names !== null && layout.names === null;
    this.encoding = layout.encoding.encoding;
    this.utf16 = this.encoding === 'utf-16le' || this.encoding === 'utf-16be' ? new Utf16Decoder(this.encoding) : null;
    this.codec = codecOf(this.encoding, codecFor);
    this.undecided = layout.encoding.undecided;
    this.scanner = new CsvScanner(layout.delimiter.delimiter, layout.quote);
    this.field = new CsvField(this.scanner, layout.quote, () => this.utf16 !== null || this.encoding === 'utf-8');
    this.dictionaries = Array.from({ length: layout.columnCount }, () => new ByteDictionary());
    this.codes = this.dictionaries.map(() => new Int32Array(1024));
  }

  feed(chunk: Uint8Array, final: boolean): void {
    const text = this.utf16 === null ? chunk : this.utf16.decode(chunk, final);
    for (let at = 0; at < text.length; at += PIECE_BYTES) {
      this.scanner.push(text.subarray(at, at + PIECE_BYTES));
      this.search(false);
    }
    if (final) this.search(true);
  }

  table(): TextTable {
    const { count } = this;
    return {
      names: this.dictionaries.map((_, column) => columnLabel(this.names, column)),
      rowCount: count,
      rowNumber: this.rowNumber.slice(0, count),
      columns: this.dictionaries.map(({ values }, column) => ({ codes: this.codes[column]!.slice(0, count), values })),
      tooLong: this.tooLong,
      overfull: this.overfull,
    };
  }

  private search(final: boolean): void {
    const { scanner, layout } = this;
    for (let found = scanner.next(final); found !== MORE; found = scanner.next(final)) {
      this.row++;
      if (found !== RECORD) this.tooLong++;
      else if (this.row < layout.firstDataRow || scanner.isBlank()) continue;
      else if (this.headerPending) this.headerPending = false;
      else this.record();
    }
  }

  private record(): void {
    const { scanner, field, dictionaries } = this;
    const row = this.count++;
    if (row === this.rowNumber.length) this.grow();
    this.rowNumber[row] = this.row;
    if (this.undecided) this.decideEncoding();
    const spaced = this.spaced();
    if ((spaced?.length ?? scanner.fieldCount) > dictionaries.length) this.overfull++;
    for (let column = 0; column < dictionaries.length; column++) {
      let code = UNKNOWN_CODE;
      if (spaced === null) {
        field.at(column);
        if (field.start < field.end)
          code = dictionaries[column]!.code(field.source, field.start, field.end, this.codec);
      } else {
        const bytes = byteSource(encoder.encode(spaced[column] ?? ''));
        if (bytes.bytes.length > 0) code = dictionaries[column]!.code(bytes, 0, bytes.bytes.length, utf8);
      }
      this.codes[column]![row] = code;
    }
  }

  /** The record's fields read anew where blanks stand before a quote; null where none do. */
  private spaced(): string[] | null {
    const { scanner, layout } = this;
    if (layout.quote === null) return null;
    const quote = layout.quote.charCodeAt(0);
    const { bytes } = scanner.source;
    for (let i = 0; i < scanner.fieldCount; i++) {
      if (scanner.kinds[i] !== PLAIN) continue;
      let p = scanner.starts[i]!;
      if (bytes[p] !== SPACE) continue;
      while (p < scanner.ends[i]! && bytes[p] === SPACE) p++;
      if (bytes[p] !== quote) continue;
      const record = this.codec.slice(bytes, scanner.recordStart, scanner.recordEnd);
      return spacedFields(record, layout.delimiter.delimiter, layout.quote);
    }
    return null;
  }

  /** The head was ASCII only: the first bytes beyond it decide between UTF-8 and windows-1252. */
  private decideEncoding(): void {
    const { scanner } = this;
    const { bytes } = scanner.source;
    let high = false;
    for (let p = scanner.recordStart; p < scanner.recordEnd && !high; p++) high = bytes[p]! >= 0x80;
    if (!high) return;
    this.undecided = false;
    if (invalidUtf8At(bytes, scanner.recordStart, scanner.recordStart + scanner.windowRest, true) < 0) return;
    this.encoding = 'windows-1252';
    this.codec = codecOf(this.encoding, codecFor);
  }

  private grow(): void {
    const size = 2 * this.rowNumber.length;
    const wider = new Uint32Array(size);
    wider.set(this.rowNumber);
    this.rowNumber = wider;
    this.codes = this.codes.map(codes => {
      const larger = new Int32Array(size);
      larger.set(codes);
      return larger;
    });
  }
}

const encoder = new TextEncoder();
const utf8 = codecOf('utf-8', codecFor);
