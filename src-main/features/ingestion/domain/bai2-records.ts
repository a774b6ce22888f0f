import type { TextLine } from './line-reader.ts';
import { FileRefused, type RecordPlace } from './statement-sink.ts';

/**
 * One record with its continuations (88). `pieces` are the contents of its physical records after the record code,
 * without the delimiter `/` at their end.
 */
export interface Bai2Record {
  readonly code: string;
  readonly pieces: readonly string[];
  readonly place: RecordPlace;
  readonly raw: string;
  /** Physical records: itself and its continuations. */
  readonly physical: number;
}

export type Bai2Irregularity = 'wrapped-line' | 'one-line' | 'continuation-mark';

export interface Bai2RecordListener {
  record(record: Bai2Record): void;
  /** A line that belongs to no record. */
  stray(place: RecordPlace, text: string): void;
  irregular(what: Bai2Irregularity, row: number): void;
}

interface OpenRecord {
  readonly code: string;
  readonly pieces: string[];
  readonly raw: string[];
  readonly row: number;
  readonly byteOffset: number;
  byteEnd: number;
  physical: number;
  /** Its last physical record ended with the delimiter. */
  delimited: boolean;
}

const CODE = /^(\d\d)([,/:])/;
const HEADERS_AND_TRAILERS = /\/\s+(?=(?:01|02|03|16|49|88|98|99),)/;
/** After a text, which may hold slashes, the next record must show its own first fields as well. */
const AFTER_TEXT =
  /\/\s+(?=02,[^,]*,[^,]*,[1-4],|03,[^,/]+,|16,\d{3},[+-]?\d*,|49,[+-]?\d+,\d+\s*\/|98,[+-]?\d+,\d+,\d+\s*\/|99,[+-]?\d+,\d+,\d+\s*\/)/;

const utf8Length = (text: string): number => {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
};

/** Bytes before a character of a line, which is UTF-8 or of one byte a character. Asked for in rising order. */
class BytePositions {
  private readonly line: TextLine;
  private readonly oneByte: boolean;
  private index = 0;
  private bytes = 0;
  constructor(line: TextLine) {
    this.line = line;
    this.oneByte = line.byteLength === line.text.length || utf8Length(line.text) !== line.byteLength;
  }
  /** Place in the file of the character at `index`. */
  at(index: number): number {
    this.bytes += this.oneByte ? index - this.index : utf8Length(this.line.text.slice(this.index, index));
    this.index = index;
    return this.line.byteOffset + this.bytes;
  }
}

/**
 * Cuts lines into records. A record stands on a line of its own and ends with `/`; files are met in which several
 * stand on one line, in which physical records of the stated length follow each other without line ends, in which
 * lines end records that have no delimiter, and in which a text runs on in a line without code 88.
 */
export class Bai2Records {
  private readonly listener: Bai2RecordListener;
  private open: OpenRecord | null = null;
  /** The physical record length that the file header states, where records of that length must be cut. */
  private length: number | null = null;

  constructor(listener: Bai2RecordListener) {
    this.listener = listener;
  }

  line(line: TextLine): void {
    const { text } = line;
    if (line.row === 1 && text.includes('\0'))
      throw new FileRefused('text.encoding', 'The file is text in UTF-16. Save it as UTF-8 and read it again.', 1);
    if (this.length === null) this.length = Number(/^\s*01,(?:[^,/]*,){5}(\d{1,5}),/.exec(text)?.[1] ?? 0);
    const positions = new BytePositions(line);
    let start = 0;
    while (start < text.length) {
      const end = this.endOf(text, start);
      if (start > 0) this.listener.irregular('one-line', line.row);
      this.physical(line, start, end, positions);
      start = end;
    }
  }

  end(): void {
    this.close();
  }

  /** Where the physical record that begins at `start` ends. */
  private endOf(text: string, start: number): number {
    const { length } = this;
    if (length !== null && length > 0 && text.length - start > length && CODE.test(text.slice(start + length)))
      return start + length;
    const rest = text.slice(start);
    const code = CODE.exec(rest.trimStart())?.[1];
    const inText = code === '16' || ((code === '88' || code === undefined) && this.open?.code === '16');
    const boundary = (inText ? AFTER_TEXT : HEADERS_AND_TRAILERS).exec(rest);
    return boundary === null ? text.length : start + boundary.index + boundary[0].length;
  }

  private physical(line: TextLine, start: number, end: number, positions: BytePositions): void {
    const text = line.text.slice(start, end).trim();
    if (text === '') return;
    const first = start + line.text.slice(start, end).search(/\S/);
    const byteOffset = positions.at(first);
    const byteEnd = positions.at(first + text.length);
    const match = CODE.exec(text);
    const content = match === null ? text : text.slice(3);
    const delimited = text.endsWith('/');
    const piece = delimited ? content.slice(0, -1).trimEnd() : content;
    const code = match?.[1];
    if (this.open !== null && (code === '88' || (code === undefined && !this.open.delimited))) {
      if (code === undefined) {
        this.listener.irregular('wrapped-line', line.row);
        this.open.pieces.push(`${this.open.pieces.pop() ?? ''} ${piece}`);
      } else {
        if (match?.[2] === ':') this.listener.irregular('continuation-mark', line.row);
        this.open.pieces.push(piece);
        this.open.physical++;
      }
      this.open.raw.push(text);
      this.open.byteEnd = byteEnd;
      this.open.delimited = delimited;
      return;
    }
    this.close();
    if (code === undefined || code === '88')
      this.listener.stray({ row: line.row, byteOffset, byteLength: byteEnd - byteOffset }, text);
    else this.open = { code, pieces: [piece], raw: [text], row: line.row, byteOffset, byteEnd, physical: 1, delimited };
  }

  private close(): void {
    const { open } = this;
    this.open = null;
    if (open === null) return;
    const { code, pieces, row, byteOffset, byteEnd, raw, physical } = open;
    const place = { row, byteOffset, byteLength: byteEnd - byteOffset };
    this.listener.record({ code, pieces, place, raw: raw.join('\n'), physical });
  }
}
