import { hash } from 'node:crypto';

/** SHA-256 (FIPS 180-4) over the concatenation of the parts. */
export const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return hash('sha256', only, 'buffer');
  const joined = Buffer.concat(parts);
  const digest = hash('sha256', joined, 'buffer');
  // A part may be a key: nothing of it stays behind.
  joined.fill(0);
  return digest;
};

const BLOCK_BYTES = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/**
 * HMAC-SHA-256 (RFC 2104) under a key of at most a block. Written out because a key object of Node's for every key costs
 * more than the digests, and the log has a key for every entry.
 */
export const hmacSha256 = (key: Uint8Array, message: Uint8Array): Uint8Array => {
  if (key.length > BLOCK_BYTES) throw new Error('the key of an HMAC is longer than a block');
  const keyed = (pad: number, text: Uint8Array): Uint8Array => {
    const block = new Uint8Array(BLOCK_BYTES).fill(pad);
    for (let i = 0; i < key.length; i++) block[i] = (key[i] ?? 0) ^ pad;
    const digest = sha256(block, text);
    block.fill(0);
    return digest;
  };
  return keyed(OUTER, keyed(INNER, message));
};

export const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
