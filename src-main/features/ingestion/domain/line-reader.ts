import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import { FileRefused } from './statement-sink.ts';
import { invalidUtf8At } from './utf8-text.ts';

/** A line of a text file; its bytes do not include the line end. */
export interface TextLine {
  /** 1-based. */
  readonly row: number;
  readonly text: string;
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** No line of the formats read by lines comes near this; a longer one is no such file. */
const MAX_LINE_BYTES = 1 << 20;
const LF = 0x0a;
const CR = 0x0d;
const UTF8_MARK = [0xef, 0xbb, 0xbf];

/**
 * Cuts a stream of bytes into lines (LF, CRLF or CR) and decodes each: as UTF-8 where it is valid UTF-8, else in the
 * format's legacy code page. Places are bytes of the stream. Throws FileRefused `text.line-too-long` beyond 1 MiB.
 */
export class LineReader {
  private readonly utf8: TextCodec;
  private readonly legacy: TextCodec;
  private readonly onLine: (line: TextLine) => void;
  private rest: Uint8Array = new Uint8Array(0);
  private offset = 0;
  private row = 0;
  private begun = false;
  /** The last byte was a CR: an LF that follows belongs to the same line end. */
  private afterReturn = false;
  /** Bytes of `rest` that hold no line end. */
  private searched = 0;
  private legacyLines = 0;

  /** `legacyEncoding` is what lines that are no UTF-8 are read in, `windows-1252` or a code page of the format. */
  constructor(codecFor: CodecFor, legacyEncoding: string, onLine: (line: TextLine) => void) {
    const utf8 = codecFor('utf-8');
    const legacy = codecFor(legacyEncoding);
    if (utf8 === null || legacy === null) throw new Error(`no codec for utf-8 or ${legacyEncoding}`);
    this.utf8 = utf8;
    this.legacy = legacy;
    this.onLine = onLine;
  }

  /** `utf-8` while every line was, else the legacy encoding. */
  get encoding(): string {
    return this.legacyLines === 0 ? this.utf8.encoding : this.legacy.encoding;
  }

  write(chunk: Uint8Array): void {
    let bytes = chunk;
    if (this.rest.length > 0) {
      bytes = new Uint8Array(this.rest.length + chunk.length);
      bytes.set(this.rest);
      bytes.set(chunk, this.rest.length);
    }
    // A byte order mark may come in pieces.
    if (!this.begun && bytes.length < UTF8_MARK.length) this.rest = bytes.slice();
    else this.consume(bytes);
  }

  /** Ends the last line where the file does not end with a line end. */
  end(): void {
    this.consume(this.rest);
    if (this.rest.length > 0) this.line(this.rest, 0, this.rest.length);
    this.rest = new Uint8Array(0);
  }

  private consume(bytes: Uint8Array): void {
    let at = 0;
    let p = this.searched;
    if (!this.begun) {
      this.begun = true;
      if (UTF8_MARK.every((byte, i) => bytes[i] === byte)) at = p = UTF8_MARK.length;
    }
    for (; p < bytes.length; p++) {
      const byte = bytes[p]!;
      if (this.afterReturn && byte === LF) {
        this.afterReturn = false;
        at = p + 1;
        continue;
      }
      this.afterReturn = byte === CR;
      if (byte !== LF && byte !== CR) continue;
      this.line(bytes, at, p);
      at = p + 1;
    }
    if (bytes.length - at > MAX_LINE_BYTES)
      throw new FileRefused('text.line-too-long', `line ${this.row + 1} is longer than 1 MiB.`, this.row + 1);
    this.offset += at;
    this.rest = bytes.slice(at);
    this.searched = this.rest.length;
  }

  private line(bytes: Uint8Array, start: number, end: number): void {
    this.row++;
    const valid = invalidUtf8At(bytes, start, end, false) < 0;
    if (!valid) this.legacyLines++;
    this.onLine({
      row: this.row,
      text: (valid ? this.utf8 : this.legacy).slice(bytes, start, end),
      byteOffset: this.offset + start,
      byteLength: end - start,
    });
  }
}
