import { createHash } from 'node:crypto';

/** SHA-256 (FIPS 180-4) over the concatenation of the parts. */
export const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
