import { invalidUtf8At } from './utf8-text.ts';

export interface EncodingGuess {
  readonly encoding: string;
  /** Bytes of the byte order mark, 0 where there is none. */
  readonly bomBytes: number;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: string;
  /** Only ASCII was seen so far: the first byte beyond it may still decide between UTF-8 and windows-1252. */
  readonly undecided: boolean;
}

/** Encodings that can be asked for. The single-byte ones without a mark of their own are never guessed but for windows-1252. */
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
  'iso-8859-15',
  'mac-roman',
  'cp437',
  'cp850',
  'cp852',
] as const;

const guess = (
  encoding: string,
  bomBytes: number,
  confidence: number,
  reason: string,
  undecided = false,
): EncodingGuess => ({
  encoding,
  bomBytes,
  confidence,
  reason,
  undecided,
});

/** Length of a byte order mark that fits the encoding, 0 for none. */
export const bomLength = (head: Uint8Array, encoding: string): number => {
  if (encoding === 'utf-8' && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 3;
  if (encoding === 'utf-16le' && head[0] === 0xff && head[1] === 0xfe) return 2;
  if (encoding === 'utf-16be' && head[0] === 0xfe && head[1] === 0xff) return 2;
  return 0;
};

/**
 * The encoding of a file by its head: byte order marks; NULs in every other byte (UTF-16); well-formed UTF-8; else
 * windows-1252, in which almost every byte means something. `whole` false: the head may end inside a character.
 */
export const detectEncoding = (head: Uint8Array, whole: boolean): EncodingGuess => {
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'])
    if (bomLength(head, encoding) > 0) return guess(encoding, bomLength(head, encoding), 1, 'byte order mark');
  const probe = Math.min(head.length & ~1, 4096);
  let evenNuls = 0;
  let oddNuls = 0;
  for (let i = 0; i < probe; i += 2) {
    if (head[i] === 0) evenNuls++;
    if (head[i + 1] === 0) oddNuls++;
  }
  const pairs = probe / 2;
  if (pairs >= 2 && oddNuls > pairs * 0.7 && evenNuls < pairs * 0.1)
    return guess('utf-16le', 0, 0.9, 'every second byte is NUL');
  if (pairs >= 2 && evenNuls > pairs * 0.7 && oddNuls < pairs * 0.1)
    return guess('utf-16be', 0, 0.9, 'every first byte of a pair is NUL');
  let high = 0;
  for (let i = 0; i < head.length; i++) if (head[i]! >= 0x80) high++;
  if (high === 0) return guess('utf-8', 0, 0.8, 'ASCII only so far: reads the same in all candidates', true);
  if (invalidUtf8At(head, 0, head.length, !whole) < 0)
    return guess('utf-8', 0, 0.99, 'all bytes beyond ASCII form valid UTF-8');
  return guess(
    'windows-1252',
    0,
    0.6,
    'bytes that are not valid UTF-8, and no byte order mark: the commonest such encoding',
  );
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
