import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import type { CsvLayout } from './csv-dialect.ts';
import { bomLength, detectEncoding, ENCODINGS, type EncodingGuess, looksBinary, Utf16Decoder } from './csv-encoding.ts';
import type { HeadSample } from './csv-head.ts';
import { namesAnyRole } from './csv-header-lexicon.ts';
import { detectHeader, type HeaderGuess } from './csv-header-row.ts';
import { DELIMITERS, detectDelimiter, detectQuote, statedSeparator, usualFieldCount } from './csv-layout.ts';
import { type CsvOverrides, chosen, NO_COLUMN, unknownSetting } from './csv-overrides.ts';
import { isBlank, type SampleRecord, sampleRecords } from './csv-sample.ts';
import { FileRefused } from './statement-sink.ts';
import { tabledCodec } from './utf8-text.ts';

/** Records of the head that are looked at; all of them when these leave a question open. */
const SAMPLE_RECORDS = 2_000;

const DELIMITER_NAMES: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  pipe: '|',
  space: ' ',
};

/** Name of the encoding that the scanner sees: UTF-16 has been turned into UTF-8 before. */
export const scannedEncoding = (encoding: string): string => (encoding.startsWith('utf-16') ? 'utf-8' : encoding);

/** The codec for the bytes the scanner sees. Throws FileRefused where the host has none. */
export const codecOf = (encoding: string, codecFor: CodecFor): TextCodec => {
  const codec = codecFor(scannedEncoding(encoding));
  if (codec === null)
    throw new FileRefused(
      'dialect.unknown',
      `The encoding ${encoding} cannot be read here. State another one with encoding=….`,
    );
  return codec.encoding === 'utf-8' ? codec : tabledCodec(codec);
};

const settledEncoding = (head: HeadSample, codecFor: CodecFor, overrides: CsvOverrides): EncodingGuess => {
  const encoding = chosen(overrides, 'encoding', ENCODINGS);
  if (encoding === null) return detectEncoding(head.bytes, head.whole, codecFor);
  return {
    encoding,
    bomBytes: bomLength(head.bytes, encoding),
    confidence: 1,
    reason: 'stated',
    undecided: false,
    doubt: null,
  };
};

/** Finds encoding, delimiter, quote and header by the file's head. `whole`: the head is all there is. */
export const detectLayout = (head: HeadSample, codecFor: CodecFor, overrides: CsvOverrides): CsvLayout => {
  if (head.whole && head.bytes.length === 0)
    throw new FileRefused('file.empty', 'The file is empty: it holds no bytes.');
  const guessed = settledEncoding(head, codecFor, overrides);
  const layout = layoutIn(guessed, head, codecFor, overrides);
  const { rival } = guessed;
  if (rival === undefined || layout.names === null) return layout;
  // Pages that differ in a few letters only: the names of the columns may tell them apart.
  const other = layoutIn(
    { ...guessed, encoding: rival, reason: `${guessed.reason}; in ${rival} more column names are known words` },
    head,
    codecFor,
    overrides,
  );
  const known = (names: readonly string[] | null): number => names?.filter(namesAnyRole).length ?? 0;
  const difference = known(layout.names) - known(other.names);
  if (difference === 0) return layout;
  const better = difference > 0 ? layout : other;
  return { ...better, encoding: { ...better.encoding, confidence: 0.8, doubt: null } };
};

/** The head as ASCII-compatible bytes without byte order mark. */
const readableHead = (head: Uint8Array, encoding: EncodingGuess): Uint8Array => {
  const text = head.subarray(encoding.bomBytes);
  return encoding.encoding === 'utf-16le' || encoding.encoding === 'utf-16be'
    ? new Utf16Decoder(encoding.encoding).decode(text, false)
    : text;
};

const statedQuote = (stated: string | undefined): string | null | undefined => {
  if (stated === undefined) return undefined;
  if (stated === NO_COLUMN) return null;
  if (!/^["'`]$/.test(stated)) throw unknownSetting('quote', stated, ['"', "'", '`', NO_COLUMN]);
  return stated;
};

const statedDelimiter = (stated: string | undefined): string | null => {
  if (stated === undefined) return null;
  const delimiter = DELIMITER_NAMES[stated] ?? stated;
  if (delimiter.length !== 1 || delimiter.charCodeAt(0) >= 0x80 || /[\r\n"\w]/.test(delimiter))
    throw unknownSetting('delimiter', stated, [
      'one character',
      ...Object.keys(DELIMITER_NAMES).filter(name => !name.startsWith('\\')),
      ...DELIMITERS.slice(0, 4),
    ]);
  return delimiter;
};

const layoutIn = (
  encoding: EncodingGuess,
  head: HeadSample,
  codecFor: CodecFor,
  overrides: CsvOverrides,
): CsvLayout => {
  const { whole } = head;
  const text = readableHead(head.bytes, encoding);
  if (looksBinary(text))
    throw new FileRefused('csv.binary', 'The file is not text: it holds control characters that no table has.');
  const codec = codecOf(encoding.encoding, codecFor);
  const stated = statedQuote(overrides.quote);
  const quote = stated === undefined ? detectQuote(text) : stated;
  const statedDelimiterSign = statedDelimiter(overrides.delimiter);
  const delimiter =
    statedDelimiterSign === null
      ? detectDelimiter(text, whole, quote, codec)
      : { delimiter: statedDelimiterSign, confidence: 1, reason: 'stated' };
  const limit = head.thorough ? Number.POSITIVE_INFINITY : SAMPLE_RECORDS;
  const records = sampleRecords(text, whole, delimiter.delimiter, quote, codec, limit);
  const header = settledHeader(records, overrides);
  const headerRecords = header.index < 0 ? [] : records.slice(header.index, header.index + header.span);
  // A line that only states the delimiter is neither header nor data.
  const separatorRows = header.index < 0 && statedSeparator(text, codec) !== null ? 1 : 0;
  const firstData = header.index < 0 ? separatorRows : header.index + header.span;
  const data = records.slice(firstData).filter(record => !isBlank(record.fields));
  const named = headerRecords[0]?.fields.length ?? 0;
  const columnCount = data.some(record => record.fields.length === named)
    ? named
    : Math.max(usualFieldCount(data), named);
  return {
    encoding,
    delimiter,
    quote,
    header,
    names: headerRecords.length === 0 ? null : columnNames(headerRecords, columnCount),
    columnCount,
    headerRow: headerRecords[0]?.row ?? null,
    firstDataRow: headerRecords.length === 0 ? 1 + separatorRows : headerRecords.at(-1)!.row + 1,
    preamble: records.slice(0, header.index < 0 ? separatorRows : header.index),
    rows: data.map(record => record.fields),
  };
};

/** Names of the columns: the words of all header records that stand above one another. */
const columnNames = (headerRecords: readonly SampleRecord[], columnCount: number): string[] =>
  Array.from({ length: columnCount }, (_, column) =>
    headerRecords
      .map(record => (record.fields[column] ?? '').trim())
      .filter(name => name !== '')
      .join(' '),
  );

const settledHeader = (records: readonly SampleRecord[], overrides: CsvOverrides): HeaderGuess => {
  const stated = overrides.headerRow;
  if (stated === undefined) return detectHeader(records);
  if (stated === NO_COLUMN || stated === '0') return { index: -1, span: 0, confidence: 1, reason: 'stated' };
  const index = /^\d{1,6}$/.test(stated) ? records.findIndex(record => record.row === Number(stated)) : -1;
  if (index < 0)
    throw unknownSetting('headerRow', stated, [
      NO_COLUMN,
      `a row of the file's head (1 to ${records.at(-1)?.row ?? 0})`,
    ]);
  return { index, span: 1, confidence: 1, reason: 'stated' };
};
