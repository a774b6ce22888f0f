import type { CodecFor } from '../../../kernel/text.ts';
import { type CodePageGuess, guessCodePage } from './csv-code-page.ts';
import { unicodeSignature } from './unicode-signature.ts';
import { invalidUtf8At } from './utf8-text.ts';

export interface EncodingGuess {
  readonly encoding: string;
  /** Bytes of the byte order mark, 0 where there is none. */
  readonly bomBytes: number;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: string;
  /** Only ASCII was seen so far: the first byte beyond it may still decide between UTF-8 and a code page. */
  readonly undecided: boolean;
  /** What the reader must know of a guess that another code page comes close to; null where nothing is to be said. */
  readonly doubt: string | null;
  /** The code page that comes close to a doubtful guess. */
  readonly rival?: string;
}

/** Encodings that can be asked for. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1257',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-7',
  'iso-8859-9',
  'iso-8859-13',
  'iso-8859-15',
  'koi8-r',
  'koi8-u',
  'mac-roman',
  'cp437',
  'cp850',
  'cp852',
  'cp866',
] as const;

const guess = (encoding: string, bomBytes: number, confidence: number, reason: string): EncodingGuess => ({
  encoding,
  bomBytes,
  confidence,
  reason,
  undecided: false,
  doubt: null,
});

/** Length of a byte order mark that fits the encoding, 0 for none. */
export const bomLength = (head: Uint8Array, encoding: string): number => {
  const signature = unicodeSignature(head);
  return signature?.encoding === encoding ? signature.markLength : 0;
};

/** Broken sequences of UTF-8 that are damage in a file of UTF-8 rather than another encoding: one in ten good ones. */
const isDamagedUtf8 = (bytes: Uint8Array, whole: boolean): boolean => {
  let good = 0;
  let broken = 0;
  for (let at = 0; at < bytes.length; ) {
    const next = invalidUtf8At(bytes, at, bytes.length, !whole);
    const end = next < 0 ? bytes.length : next;
    for (let p = at; p < end; p++) if (bytes[p]! >= 0xc2) good++;
    if (next < 0) break;
    broken++;
    at = next + 1;
  }
  return good >= 10 * broken;
};

const doubtOf = ({ encoding, sure, rival }: CodePageGuess): string | null =>
  sure || rival === null
    ? null
    : `the bytes beyond ASCII are not UTF-8 and were read as ${encoding}; as ${rival.encoding} they would read differently ("${rival.here}" would be "${rival.there}"): state encoding=${rival.encoding} if that is right`;

/** The code page of bytes that are not UTF-8, as a guess with its doubt. */
export const codePageOf = (bytes: Uint8Array, codecFor: CodecFor): EncodingGuess => {
  const page = guessCodePage(bytes, codecFor);
  return {
    ...guess(page.encoding, 0, page.sure ? 0.9 : 0.5, page.reason),
    doubt: doubtOf(page),
    ...(page.sure || page.rival === null ? {} : { rival: page.rival.encoding }),
  };
};

/**
 * The encoding of a file by its head: byte order marks; NULs in every other byte (UTF-16); well-formed UTF-8, single
 * broken characters aside; else the code page that gives the likeliest text. `whole` false: the head may end inside a
 * character.
 */
export const detectEncoding = (head: Uint8Array, whole: boolean, codecFor: CodecFor): EncodingGuess => {
  const signature = unicodeSignature(head);
  if (signature !== null) {
    const { encoding, markLength } = signature;
    return markLength > 0
      ? guess(encoding, markLength, 1, 'byte order mark')
      : guess(encoding, 0, 0.9, 'every other byte is NUL');
  }
  if (!head.some(byte => byte >= 0x80))
    return {
      ...guess('utf-8', 0, 0.8, 'ASCII only so far: reads the same in all candidates'),
      undecided: true,
    };
  if (invalidUtf8At(head, 0, head.length, !whole) < 0)
    return guess('utf-8', 0, 0.99, 'all bytes beyond ASCII form valid UTF-8');
  if (isDamagedUtf8(head, whole)) return guess('utf-8', 0, 0.8, 'nearly all bytes beyond ASCII form valid UTF-8');
  return codePageOf(head, codecFor);
};

/** True for data that is no text at all: control characters that no table holds. */
export const looksBinary = (head: Uint8Array): boolean => {
  let controls = 0;
  const length = Math.min(head.length, 65_536);
  for (let i = 0; i < length; i++) {
    const byte = head[i]!;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 11 && byte !== 12 && byte !== 26) controls++;
  }
  return controls > Math.max(4, length * 0.02);
};

/** Turns UTF-16 into UTF-8 chunk by chunk; keeps what a chunk cut in two. */
export class Utf16Decoder {
  private readonly littleEndian: boolean;
  private rest: number[] = [];
  constructor(encoding: 'utf-16le' | 'utf-16be') {
    this.littleEndian = encoding === 'utf-16le';
  }

  /** UTF-8 of a chunk; `final` turns a cut-off character into U+FFFD. */
  decode(chunk: Uint8Array, final: boolean): Uint8Array {
    const input = new Uint8Array(this.rest.length + chunk.length);
    input.set(this.rest);
    input.set(chunk, this.rest.length);
    const output = new Uint8Array((input.length >> 1) * 3 + 3);
    let at = 0;
    let p = 0;
    const unit = (i: number): number =>
      this.littleEndian ? input[i]! | (input[i + 1]! << 8) : (input[i]! << 8) | input[i + 1]!;
    const put = (point: number): void => {
      if (point < 0x80) output[at++] = point;
      else if (point < 0x800) {
        output[at++] = 0xc0 | (point >> 6);
        output[at++] = 0x80 | (point & 0x3f);
      } else {
        if (point < 0x10000) output[at++] = 0xe0 | (point >> 12);
        else {
          output[at++] = 0xf0 | (point >> 18);
          output[at++] = 0x80 | ((point >> 12) & 0x3f);
        }
        output[at++] = 0x80 | ((point >> 6) & 0x3f);
        output[at++] = 0x80 | (point & 0x3f);
      }
    };
    for (; p + 1 < input.length; p += 2) {
      const first = unit(p);
      if (first < 0xd800 || first > 0xdfff) put(first);
      else if (first <= 0xdbff) {
        if (p + 3 >= input.length) {
          if (!final) break;
          put(0xfffd);
          continue;
        }
        const second = unit(p + 2);
        if (second >= 0xdc00 && second <= 0xdfff) {
          put(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
          p += 2;
        } else put(0xfffd);
      } else put(0xfffd);
    }
    this.rest = [...input.subarray(p)];
    if (final && this.rest.length > 0) put(0xfffd);
    return output.subarray(0, at);
  }
}
