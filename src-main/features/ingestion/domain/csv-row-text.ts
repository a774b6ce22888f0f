import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import type { ByteSource } from './byte-source.ts';
import { codePageOf, type EncodingGuess } from './csv-encoding.ts';
import { codecOf, scannedEncoding } from './csv-layout-detection.ts';
import type { CsvScanner } from './csv-scanner.ts';
import { HAS_HIGH_BYTE } from './record-hash.ts';
import { invalidUtf8At, singleByteTable, type Utf8Text } from './utf8-text.ts';

/** Turns the bytes of records into text; a head of ASCII leaves the encoding open until the first other byte. */
export class RowText {
  encoding: string;
  codec: TextCodec;
  /** What the reader must know of an encoding that was guessed late; null where nothing is to be said. */
  doubt: string | null = null;
  /** The current record holds bytes that break UTF-8. */
  invalid = false;
  private readonly scanner: CsvScanner;
  private readonly codecFor: CodecFor;
  /** For a single-byte encoding: each byte's UTF-8. */
  private table: Int32Array | null = null;
  private undecided: boolean;
  private marks = 0;

  constructor(guess: EncodingGuess, scanner: CsvScanner, codecFor: CodecFor) {
    this.scanner = scanner;
    this.codecFor = codecFor;
    this.encoding = guess.encoding;
    this.codec = codecOf(guess.encoding, codecFor);
    this.undecided = guess.undecided;
    if (scannedEncoding(this.encoding) !== 'utf-8') this.table = singleByteTable(this.codec);
  }

  get isUtf8(): boolean {
    return this.table === null;
  }

  /** Looks at the bytes of the scanner's current record. `marks`: what the record's hash saw. */
  begin(marks: number): void {
    this.marks = marks;
    this.invalid = false;
    if ((marks & HAS_HIGH_BYTE) === 0) return;
    if (this.undecided) this.decide();
    const { source, recordStart, recordEnd } = this.scanner;
    this.invalid = this.table === null && invalidUtf8At(source.bytes, recordStart, recordEnd) >= 0;
  }

  /** Appends bytes of the current record as UTF-8. */
  append(text: Utf8Text, source: ByteSource, start: number, end: number): void {
    if ((this.marks & HAS_HIGH_BYTE) === 0 || (this.table === null && !this.invalid)) text.bytes(source, start, end);
    else if (this.table !== null) text.mapped(source, start, end, this.table);
    else text.text(this.codec.slice(source.bytes, start, end));
  }

  /** The first bytes beyond ASCII decide, with all that follows in the window. */
  private decide(): void {
    const { source, recordStart, windowRest } = this.scanner;
    this.undecided = false;
    if (invalidUtf8At(source.bytes, recordStart, recordStart + windowRest, true) < 0) return;
    const guess = codePageOf(source.bytes.subarray(recordStart, recordStart + windowRest), this.codecFor);
    this.encoding = guess.encoding;
    this.doubt = guess.doubt;
    this.codec = codecOf(guess.encoding, this.codecFor);
    this.table = singleByteTable(this.codec);
  }
}
