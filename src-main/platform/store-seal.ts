import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';

/** The page format of the store (SQLCipher 4): a page ends with the HMAC-SHA512 of its bytes and number. */
const PAGE = 4096;
const HMAC = 64;
/** Pages a read takes from the file. */
const BATCH = 256;

/**
 * Digest over the authenticators of all pages of a closed store. A store that was closed in order has nothing in its
 * write-ahead log: one that has is another.
 * A page of yesterday fits its own authenticator, but not this digest. Hex.
 */
export const storeSealOf = (storePath: string): string => {
  const hash = createHash('sha256');
  hashAuthenticators(storePath, hash);
  const log = `${storePath}-wal`;
  if (existsSync(log) && statSync(log).size > 0) hash.update('a log file that holds something');
  return hash.digest('hex');
};

const hashAuthenticators = (path: string, hash: Hash): void => {
  const fd = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(PAGE * BATCH);
    for (let position = 0; ; position += bytes.length) {
      const got = readSync(fd, bytes, 0, bytes.length, position);
      for (let at = 0; at < got; at += PAGE)
        hash.update(bytes.subarray(Math.max(at, at + PAGE - HMAC), Math.min(at + PAGE, got)));
      if (got < bytes.length) return;
    }
  } finally {
    closeSync(fd);
  }
};
