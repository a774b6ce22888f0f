import type { ByteSource } from './byte-source.ts';

/** Set in `RecordHash.marks` when a byte ≥ 0x80 was seen. */
export const HAS_HIGH_BYTE = 1;
/** Set in `RecordHash.marks` when a NUL byte was seen. */
export const HAS_NUL = 2;

/**
 * A 64-bit non-cryptographic hash of bytes, read as little-endian 32-bit words in two lanes; each lane is the body
 * and finalizer of MurmurHash3 x86_32 (Austin Appleby, public domain) with its own constants and seed.
 * Two records with equal hashes are candidates for "equal in every column"; evidence digests are SHA-256.
 * The same pass says whether the bytes hold anything beyond ASCII and any NUL.
 */
export class RecordHash {
  high = 0;
  low = 0;
  marks = 0;

  of(source: ByteSource, start: number, end: number): void {
    const view = source.view;
    const bytes = source.bytes;
    let a = 0x9747b28c | 0;
    let b = 0x2127599b;
    let seen = 0;
    let zero = 0;
    let p = start;
    const words = end - 3;
    while (p < words) {
      const word = view.getInt32(p, true);
      seen |= word;
      zero |= (word - 0x01010101) & ~word;
      let k = Math.imul(word, 0xcc9e2d51);
      k = (k << 15) | (k >>> 17);
      a ^= Math.imul(k, 0x1b873593);
      a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
      k = Math.imul(word, 0x239b961b);
      k = (k << 17) | (k >>> 15);
      b ^= Math.imul(k, 0xab0e9789);
      b = (Math.imul((b << 19) | (b >>> 13), 5) + 0x561ccd1b) | 0;
      p += 4;
    }
    let tail = 0;
    for (let shift = 0; p < end; p++, shift += 8) {
      const byte = bytes[p]!;
      if (byte === 0) zero |= 0x80;
      tail |= byte << shift;
    }
    seen |= tail;
    const length = end - start;
    a ^= Math.imul(tail, 0xcc9e2d51) ^ length;
    b ^= Math.imul(tail, 0x239b961b) ^ length;
    a = mix((a + b) | 0);
    b = mix((b + Math.imul(a, 3)) | 0);
    this.high = a >>> 0;
    this.low = b >>> 0;
    this.marks = ((seen & 0x80808080) !== 0 ? HAS_HIGH_BYTE : 0) | ((zero & 0x80808080) !== 0 ? HAS_NUL : 0);
  }
}

const mix = (value: number): number => {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};
