/** How bytes show by themselves that they are a Unicode encoding. */
export interface UnicodeSignature {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32';
  /** Bytes of the byte order mark; 0 where there is none. */
  readonly markLength: number;
}

const SAMPLE_BYTES = 1024;

const isAscii = (code: number | undefined): boolean =>
  code !== undefined && ((code >= 0x20 && code < 0x7f) || (code >= 0x09 && code <= 0x0d));

/** UTF-16 without a mark: it begins with two ASCII characters (XML 1.0, appendix F), or of mostly Latin text every other byte is NUL, and hardly any of the rest. */
const unmarkedUtf16 = (bytes: Uint8Array): UnicodeSignature | null => {
  const pairs = Math.floor(Math.min(bytes.length, SAMPLE_BYTES) / 2);
  if (pairs < 2) return null;
  const [a, b, c, d] = bytes;
  if (b === 0 && d === 0 && isAscii(a) && isAscii(c)) return { encoding: 'utf-16le', markLength: 0 };
  if (a === 0 && c === 0 && isAscii(b) && isAscii(d)) return { encoding: 'utf-16be', markLength: 0 };
  let nulFirst = 0;
  let nulSecond = 0;
  for (let i = 0; i < pairs; i++) {
    if (bytes[2 * i] === 0) nulFirst++;
    if (bytes[2 * i + 1] === 0) nulSecond++;
  }
  const most = pairs * 0.7;
  const few = Math.max(1, pairs * 0.05);
  if (nulSecond >= most && nulFirst <= few) return { encoding: 'utf-16le', markLength: 0 };
  if (nulFirst >= most && nulSecond <= few) return { encoding: 'utf-16be', markLength: 0 };
  return null;
};

/** The byte order mark at the start of a file (Unicode 15, section 23.8), or UTF-16 recognized by its NUL bytes; else null. */
export const unicodeSignature = (head: Uint8Array): UnicodeSignature | null => {
  const [a, b, c, d] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', markLength: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32', markLength: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32', markLength: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', markLength: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', markLength: 2 };
  return unmarkedUtf16(head);
};
