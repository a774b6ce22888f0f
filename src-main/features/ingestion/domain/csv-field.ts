import { type ByteSource, emptySource } from './byte-source.ts';
import { type CsvScanner, ESCAPED, PLAIN } from './csv-scanner.ts';

/**
 * One field of the scanner's current record, as bounds of trimmed bytes: in the scanner's window, or, where doubled
 * quotes had to be undone, in a buffer of its own. Reused for every field: nothing is allocated.
 */
export class CsvField {
  source: ByteSource;
  start = 0;
  end = 0;
  /** Set when a field that lost its opening quote was read without the closing one; the reader takes it back. */
  lostQuote = false;
  private readonly scanner: CsvScanner;
  private readonly quote: number;
  private unescaped: ByteSource = emptySource(4096);
  private readonly utf8: () => boolean;

  constructor(scanner: CsvScanner, quote: string | null, utf8: () => boolean) {
    this.scanner = scanner;
    this.source = scanner.source;
    this.quote = quote === null ? -1 : quote.charCodeAt(0);
    this.utf8 = utf8;
  }

  /** Moves to a column; a missing one is empty. */
  at(column: number): void {
    const scanner = this.scanner;
    this.source = scanner.source;
    if (column >= scanner.fieldCount) {
      this.start = 0;
      this.end = 0;
      return;
    }
    this.start = scanner.starts[column]!;
    this.end = scanner.ends[column]!;
    if (scanner.kinds[column] === ESCAPED) this.unescape();
    const bytes = this.source.bytes;
    let start = this.start;
    let end = this.end;
    while (start < end && bytes[start]! <= 32) start++;
    while (end > start && bytes[end - 1]! <= 32) end--;
    if (
      start < end &&
      bytes[end - 1] === this.quote &&
      scanner.kinds[column] === PLAIN &&
      this.lacksOpening(start, end)
    ) {
      this.lostQuote = true;
      end--;
    }
    this.start = start;
    this.end = end;
    if (start < end && (bytes[start]! >= 0x80 || bytes[end - 1]! >= 0x80)) this.trimNoBreakSpaces();
  }

  /** True for a field that ends in its only quote among fields of which most are quoted: it has lost the opening one. */
  private lacksOpening(start: number, end: number): boolean {
    const { bytes } = this.source;
    for (let p = start; p < end - 1; p++) if (bytes[p] === this.quote) return false;
    const { kinds, fieldCount } = this.scanner;
    let quoted = 0;
    for (let column = 0; column < fieldCount; column++) if (kinds[column] !== PLAIN) quoted++;
    return quoted >= 2 && quoted >= (fieldCount - 1) / 2;
  }

  private unescape(): void {
    const from = this.source.bytes;
    if (this.end - this.start > this.unescaped.bytes.length) this.unescaped = emptySource(2 * (this.end - this.start));
    const to = this.unescaped.bytes;
    let at = 0;
    for (let p = this.start; p < this.end; p++) {
      to[at++] = from[p]!;
      if (from[p] === this.quote && p + 1 < this.end && from[p + 1] === this.quote) p++;
    }
    this.source = this.unescaped;
    this.start = 0;
    this.end = at;
  }

  private trimNoBreakSpaces(): void {
    const bytes = this.source.bytes;
    const wide = this.utf8();
    const width = wide ? 2 : 1;
    const isSpace = (at: number): boolean => bytes[at] === 0xa0 && (!wide || bytes[at - 1] === 0xc2);
    for (;;) {
      if (this.start < this.end && bytes[this.start]! <= 32) this.start++;
      else if (this.end > this.start && bytes[this.end - 1]! <= 32) this.end--;
      else if (this.end - this.start >= width && isSpace(this.end - 1)) this.end -= width;
      else if (this.end - this.start >= width && isSpace(this.start + width - 1)) this.start += width;
      else return;
    }
  }
}
