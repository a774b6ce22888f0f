import type { TextCodec } from '../../../kernel/text.ts';
import { type ByteSource, byteSource, copyBytes, emptySource } from './byte-source.ts';

const codePoint = (text: string, index: number): number => {
  const point = text.codePointAt(index) ?? 0xfffd;
  return point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
};

/** UTF-8 text that grows at its end. Lone surrogates become U+FFFD (RFC 3629 has no encoding for them). */
export class Utf8Text {
  source: ByteSource;
  length = 0;
  constructor(capacity: number) {
    this.source = emptySource(capacity);
  }

  /** Appends bytes that are valid UTF-8. */
  bytes(source: ByteSource, start: number, end: number): void {
    this.reserve(end - start);
    copyBytes(source, start, end, this.source, this.length);
    this.length += end - start;
  }

  byte(value: number): void {
    this.reserve(1);
    this.source.bytes[this.length++] = value;
  }

  /** Appends bytes of a single-byte encoding through its table (see singleByteTable). */
  mapped(source: ByteSource, start: number, end: number, table: Int32Array): void {
    this.reserve((end - start) * 3);
    const output = this.source.bytes;
    const input = source.bytes;
    let at = this.length;
    for (let p = start; p < end; p++) {
      const byte = input[p]!;
      if (byte < 0x80) output[at++] = byte;
      else {
        let packed = table[byte]!;
        do {
          output[at++] = packed & 0xff;
          packed >>>= 8;
        } while (packed !== 0);
      }
    }
    this.length = at;
  }

  text(text: string): void {
    this.reserve(text.length * 3);
    const output = this.source.bytes;
    let at = this.length;
    for (let i = 0; i < text.length; i++) {
      const point = codePoint(text, i);
      if (point < 0x80) output[at++] = point;
      else if (point < 0x800) {
        output[at++] = 0xc0 | (point >> 6);
        output[at++] = 0x80 | (point & 0x3f);
      } else if (point < 0x10000) {
        output[at++] = 0xe0 | (point >> 12);
        output[at++] = 0x80 | ((point >> 6) & 0x3f);
        output[at++] = 0x80 | (point & 0x3f);
      } else {
        i++;
        output[at++] = 0xf0 | (point >> 18);
        output[at++] = 0x80 | ((point >> 12) & 0x3f);
        output[at++] = 0x80 | ((point >> 6) & 0x3f);
        output[at++] = 0x80 | (point & 0x3f);
      }
    }
    this.length = at;
  }

  /** A copy of the text so far. */
  copy(): Uint8Array {
    return this.source.bytes.slice(0, this.length);
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.source.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.source.bytes.length * 2));
    larger.set(this.source.bytes.subarray(0, this.length));
    this.source = byteSource(larger);
  }
}

/** Longest text made in one step: longer ones are put together from several. */
const STEP = 1024;

/** The same codec for a single-byte encoding, by a table instead of a library call for each short text. */
export const tabledCodec = (codec: TextCodec): TextCodec => {
  const one = new Uint8Array(1);
  const units = Uint16Array.from({ length: 256 }, (_, byte) => {
    one[0] = byte;
    return codec.slice(one, 0, 1).charCodeAt(0);
  });
  const scratch = new Uint16Array(STEP);
  return {
    encoding: codec.encoding,
    slice: (bytes, start, end) => {
      let text = '';
      for (let from = start; from < end; from += STEP) {
        const length = Math.min(STEP, end - from);
        for (let i = 0; i < length; i++) scratch[i] = units[bytes[from + i]!]!;
        text += String.fromCharCode.apply(null, scratch.subarray(0, length) as unknown as number[]);
      }
      return text;
    },
  };
};

/** For each byte of a single-byte encoding its UTF-8 bytes, first byte lowest; U+FFFD where the encoding has none. */
export const singleByteTable = (codec: TextCodec): Int32Array => {
  const table = new Int32Array(256);
  const one = new Uint8Array(1);
  for (let byte = 0; byte < 256; byte++) {
    one[0] = byte;
    const encoded = new Utf8Text(16);
    encoded.text(codec.slice(one, 0, 1));
    for (let i = encoded.length - 1; i >= 0; i--) table[byte] = (table[byte]! << 8) | encoded.source.bytes[i]!;
  }
  return table;
};

/**
 * Index of the first byte that breaks UTF-8 in bytes[start, end), or -1. A sequence cut off by `end` counts as broken
 * unless `cutIsFine`. Well-formed sequences: Unicode 15, table 3-7.
 */
export const invalidUtf8At = (bytes: Uint8Array, start: number, end: number, cutIsFine = false): number => {
  let p = start;
  while (p < end) {
    if (p + 4 <= end && (bytes[p]! | bytes[p + 1]! | bytes[p + 2]! | bytes[p + 3]!) < 0x80) {
      p += 4;
      continue;
    }
    const lead = bytes[p]!;
    if (lead < 0x80) {
      p++;
      continue;
    }
    const length =
      lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    if (length === 0) return p;
    for (let i = 1; i < length; i++) {
      if (p + i >= end) return cutIsFine ? -1 : p;
      const next = bytes[p + i]!;
      const low = i === 1 && lead === 0xe0 ? 0xa0 : i === 1 && lead === 0xf0 ? 0x90 : 0x80;
      const high = i === 1 && lead === 0xed ? 0x9f : i === 1 && lead === 0xf4 ? 0x8f : 0xbf;
      if (next < low || next > high) return p;
    }
    p += length;
  }
  return -1;
};
