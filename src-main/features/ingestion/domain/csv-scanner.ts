import { type ByteSource, byteSource, emptySource } from './byte-source.ts';

/** What `CsvScanner.next` found. */
export const MORE = 0;
export const RECORD = 1;
export const TOO_LONG = 2;
export type ScanResult = typeof MORE | typeof RECORD | typeof TOO_LONG;

/** How a field is written: as it stands; in quotes (bounds are inside them); in quotes with quotes inside. */
export const PLAIN = 0;
export const QUOTED = 1;
export const ESCAPED = 2;

/** A record may not be longer: beyond it the file has lost its line ends, or a quote was never closed. */
export const MAX_RECORD_BYTES = 1 << 20;
/** Bytes kept of a record that is too long. */
const PREFIX_BYTES = 8_192;

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const NO_QUOTE = -1;

const ENDED = 1;
const OPEN_QUOTE = 2;

/**
 * Splits delimited text into records and fields, by RFC 4180 with what is common beyond it: LF, CRLF and CR end a
 * record; a quote inside an unquoted field is text; a quote inside a quoted one that no delimiter or line end follows
 * is text; spaces after a closing quote are skipped. Works on bytes of any ASCII-compatible encoding, keeps one
 * window of the file, and leaves bounds of the fields of the current record in `starts`, `ends`, `kinds`.
 *
 * A quote that is never closed (end of file, record limit, or a field with both line breaks and stray quotes) does
 * not swallow what follows: its record is read again, to its line end only, with quotes as text, and `unclosedQuote`
 * is set.
 */
export class CsvScanner {
  /** The window on the file. */
  source: ByteSource = emptySource(1 << 16);
  /** Offset in the file of the window's first byte. */
  base = 0;
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  kinds = new Uint8Array(64);
  fieldCount = 0;
  /** Bounds of the current record in the window, line end excluded. */
  recordStart = 0;
  recordEnd = 0;
  /** The current record was read again without quoting. */
  unclosedQuote = false;
  /** The current record holds a quote that is neither doubled nor closing. */
  strayQuote = false;
  /** After TOO_LONG: the record's place and its first bytes. */
  longOffset = 0;
  longLength = 0;
  longPrefix = new Uint8Array(0);
  /** Line ends seen so far. */
  lfCount = 0;
  crlfCount = 0;
  crCount = 0;

  private readonly delimiter: number;
  private readonly quote: number;
  private readonly stops = new Uint8Array(256);
  private position = 0;
  private end = 0;
  private skipping = false;
  private insideQuote = false;

  /** `quote` null: the file has no quoting. Both are ASCII characters. */
  constructor(delimiter: string, quote: string | null) {
    this.delimiter = delimiter.charCodeAt(0);
    this.quote = quote === null ? NO_QUOTE : quote.charCodeAt(0);
    this.stops[this.delimiter] = 1;
    this.stops[LF] = 1;
    this.stops[CR] = 1;
  }

  /** Bytes in the window that `next` has not consumed. */
  get unread(): number {
    return this.end - this.position;
  }

  /** Bytes in the window from the current record's start to the window's end. */
  get windowRest(): number {
    return this.end - this.recordStart;
  }

  /** Offset in the file of the first byte that `next` has not consumed. */
  get offset(): number {
    return this.base + this.position;
  }

  /** Adds bytes to the window. Bounds of the current record become invalid. */
  push(chunk: Uint8Array): void {
    const unread = this.end - this.position;
    // One byte more for the sentinel behind the text.
    if (this.end + chunk.length + 1 > this.source.bytes.length) {
      const bytes = this.source.bytes;
      const needed = unread + chunk.length + 1;
      const target = needed > bytes.length ? new Uint8Array(Math.max(needed, bytes.length * 2)) : bytes;
      if (target === bytes) bytes.copyWithin(0, this.position, this.end);
      else {
        target.set(bytes.subarray(this.position, this.end));
        this.source = byteSource(target);
      }
      this.base += this.position;
      this.position = 0;
      this.end = unread;
    }
    this.source.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  /** Finds the next record; MORE when the window holds no whole one (`final`: no more bytes will come). */
  next(final: boolean): ScanResult {
    this.unclosedQuote = false;
    this.strayQuote = false;
    if (this.skipping) return this.skip(final);
    if (this.position === this.end) return MORE;
    let found = this.scan(final, this.quote);
    const tooLong = this.end - this.position > MAX_RECORD_BYTES;
    if (found === OPEN_QUOTE || (found === MORE && this.insideQuote && tooLong)) {
      this.unclosedQuote = true;
      this.strayQuote = false;
      found = this.scan(final, NO_QUOTE);
    }
    if (found === MORE) return tooLong ? this.startSkipping(final) : MORE;
    if (this.recordEnd - this.recordStart > MAX_RECORD_BYTES) {
      this.longOffset = this.base + this.recordStart;
      this.longLength = this.recordEnd - this.recordStart;
      this.longPrefix = this.source.bytes.slice(this.recordStart, this.recordStart + PREFIX_BYTES);
      return TOO_LONG;
    }
    return RECORD;
  }

  /** The current record holds nothing but delimiters, quotes and white space. */
  isBlank(): boolean {
    const bytes = this.source.bytes;
    for (let i = 0; i < this.fieldCount; i++)
      for (let p = this.starts[i]!; p < this.ends[i]!; p++) if (bytes[p]! > SPACE || bytes[p] === 0) return false;
    return true;
  }

  private scan(final: boolean, quote: number): typeof MORE | typeof ENDED | typeof OPEN_QUOTE {
    const bytes = this.source.bytes;
    const stops = this.stops;
    const delimiter = this.delimiter;
    const end = this.end;
    const start = this.position;
    let starts = this.starts;
    let ends = this.ends;
    let kinds = this.kinds;
    let count = 0;
    let p = start;
    bytes[end] = LF;
    for (;;) {
      if (count === starts.length) {
        this.growFields();
        starts = this.starts;
        ends = this.ends;
        kinds = this.kinds;
      }
      if (bytes[p] === quote && p < end) {
        let kind = QUOTED;
        let stray = false;
        const from = p + 1;
        let q = from;
        let close = -1;
        for (;;) {
          while (q < end && bytes[q] !== quote) q++;
          if (q >= end) {
            this.insideQuote = true;
            return final ? OPEN_QUOTE : MORE;
          }
          if (q + 1 === end && !final) {
            this.insideQuote = true;
            return MORE;
          }
          const next = bytes[q + 1]!;
          if (next === quote && q + 1 < end) {
            kind = ESCAPED;
            q += 2;
            continue;
          }
          close = q;
          q++;
          if (stops[next] === 1) break;
          while (q < end && (bytes[q] === SPACE || bytes[q] === TAB)) q++;
          if (q === end && !final) {
            this.insideQuote = true;
            return MORE;
          }
          if (stops[bytes[q]!] === 1) break;
          stray = true;
          kind = ESCAPED;
          q = close + 1;
        }
        if (stray) {
          for (let i = from; i < close; i++) if (bytes[i] === LF || bytes[i] === CR) return OPEN_QUOTE;
          this.strayQuote = true;
        }
        starts[count] = from;
        ends[count] = close;
        kinds[count++] = kind;
        p = q;
      } else {
        starts[count] = p;
        while (stops[bytes[p]!] === 0) p++;
        ends[count] = p;
        kinds[count++] = PLAIN;
      }
      if (p >= end) {
        if (final) {
          this.recordEnd = end;
          this.position = end;
          break;
        }
        this.insideQuote = false;
        return MORE;
      }
      const stop = bytes[p]!;
      if (stop === delimiter) {
        p++;
        continue;
      }
      this.recordEnd = p;
      if (stop === LF) {
        this.lfCount++;
        this.position = p + 1;
      } else {
        if (p + 1 === end && !final) {
          this.insideQuote = false;
          return MORE;
        }
        if (bytes[p + 1] === LF && p + 1 < end) {
          this.crlfCount++;
          this.position = p + 2;
        } else {
          this.crCount++;
          this.position = p + 1;
        }
      }
      break;
    }
    this.recordStart = start;
    this.fieldCount = count;
    return ENDED;
  }

  private growFields(): void {
    const larger = this.starts.length * 2;
    const starts = new Int32Array(larger);
    const ends = new Int32Array(larger);
    const kinds = new Uint8Array(larger);
    starts.set(this.starts);
    ends.set(this.ends);
    kinds.set(this.kinds);
    this.starts = starts;
    this.ends = ends;
    this.kinds = kinds;
  }

  private startSkipping(final: boolean): ScanResult {
    this.skipping = true;
    this.longOffset = this.base + this.position;
    this.longLength = 0;
    this.longPrefix = this.source.bytes.slice(this.position, this.position + PREFIX_BYTES);
    return this.skip(final);
  }

  /** Passes over the rest of a record that is too long, keeping nothing of it. */
  private skip(final: boolean): ScanResult {
    const bytes = this.source.bytes;
    let p = this.position;
    while (p < this.end && bytes[p] !== LF && bytes[p] !== CR) p++;
    this.longLength += p - this.position;
    this.position = p;
    if (p === this.end && !final) return MORE;
    if (p < this.end) {
      // CRLF whose halves lie in two chunks: the LF left over reads as a blank line, so wait for it.
      if (bytes[p] === CR && p + 1 === this.end && !final) return MORE;
      this.position = p + (bytes[p] === CR && p + 1 < this.end && bytes[p + 1] === LF ? 2 : 1);
    }
    this.skipping = false;
    return TOO_LONG;
  }
}
