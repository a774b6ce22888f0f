import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { hash53 } from '../../../kernel/hash.ts';
import type { TextCodec } from '../../../kernel/text.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import type { ByteSource } from './byte-source.ts';

/** Digits of a series number that are read as a number: more would not be exact in a double. */
const MAX_NUMBER_DIGITS = 15;

/**
 * Takes references apart into series and number (`INV-00042` is number 42 of `INV-`; `00042` is number 42 of the
 * series without a name, ''). Results are left in the fields, so that nothing is allocated a reference.
 */
export class ReferenceParts {
  /** hash53 of the reference's text; 0 is none. */
  hash = 0;
  /** Code of the series; UNKNOWN_CODE where the reference does not end in 1 to 15 digits. */
  series = UNKNOWN_CODE;
  /** The trailing number; NaN with an unknown series. */
  number = Number.NaN;
  private readonly dictionary = new ByteDictionary();

  /** Names of the series, by code. */
  get seriesNames(): readonly string[] {
    return this.dictionary.values;
  }

  /** Takes the reference source[start, end) apart; its bytes are trimmed. */
  of(source: ByteSource, start: number, end: number, codec: TextCodec): void {
    this.hash = 0;
    this.series = UNKNOWN_CODE;
    this.number = Number.NaN;
    if (start === end) return;
    const bytes = source.bytes;
    // hash53 over bytes gives the same as over the text as long as it is ASCII.
    let h1 = 0xdeadbeef | 0;
    let h2 = 0x41c6ce57;
    let high = 0;
    for (let p = start; p < end; p++) {
      const byte = bytes[p]!;
      high |= byte;
      h1 = Math.imul(h1 ^ byte, 2654435761);
      h2 = Math.imul(h2 ^ byte, 1597334677);
    }
    if (high >= 0x80) this.hash = hash53(codec.slice(bytes, start, end));
    else {
      h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
      h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
      this.hash = 4294967296 * (2097151 & h2) + (h1 >>> 0);
    }
    let digits = end;
    while (digits > start && bytes[digits - 1]! >= 48 && bytes[digits - 1]! <= 57) digits--;
    if (digits === end || end - digits > MAX_NUMBER_DIGITS) return;
    let number = 0;
    for (let p = digits; p < end; p++) number = number * 10 + bytes[p]! - 48;
    this.number = number;
    this.series = this.dictionary.code(source, start, digits, codec);
  }
}
