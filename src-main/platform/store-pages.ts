import type { KeyObject } from 'node:crypto';
import { createHmac, createSecretKey, pbkdf2Sync } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/**
 * The page format of the store: SQLCipher 4 (https://www.zetetic.net/sqlcipher/design/). The file begins with the salt;
 * each page ends with its initialization vector and the HMAC-SHA512 over ciphertext, vector and page number.
 */
const PAGE = 4096;
const SALT = 16;
const HMAC = 64;
const SALT_MASK = 0x3a;
const HMAC_KEY_ROUNDS = 2;
/** Pages a read takes from the file. */
const BATCH = 256;

/**
 * Numbers of the pages whose bytes are not those that were written with this key, at most `limit`. SQLite checks a page
 * when it reads it; this reads them all, also those that no table uses any more. A page that was never written is zero.
 */
export const damagedPages = (storePath: string, key: Uint8Array, limit: number): number[] => {
  const damaged: number[] = [];
  const fd = openSync(storePath, 'r');
  try {
    const bytes = Buffer.allocUnsafe(PAGE * BATCH);
    let hmacKey: KeyObject | null = null;
    for (let first = 1; ; first += BATCH) {
      const got = readSync(fd, bytes, 0, bytes.length, (first - 1) * PAGE);
      hmacKey ??= hmacKeyOf(key, bytes.subarray(0, SALT));
      for (let at = 0; at < got; at += PAGE) {
        const number = first + at / PAGE;
        if (damaged.length < limit && !holds(bytes.subarray(at, Math.min(at + PAGE, got)), number, hmacKey))
          damaged.push(number);
      }
      if (got < bytes.length) return damaged;
    }
  } finally {
    closeSync(fd);
  }
};

/** A key object: made once, not for every page. */
const hmacKeyOf = (key: Uint8Array, salt: Uint8Array): KeyObject =>
  createSecretKey(
    pbkdf2Sync(
      key,
      salt.map(byte => byte ^ SALT_MASK),
      HMAC_KEY_ROUNDS,
      key.length,
      'sha512',
    ),
  );

const holds = (page: Buffer, number: number, hmacKey: KeyObject): boolean => {
  if (page.length < PAGE) return false;
  const pageNumber = Buffer.alloc(4);
  pageNumber.writeUInt32LE(number);
  const authenticated = page.subarray(number === 1 ? SALT : 0, PAGE - HMAC);
  const hmac = createHmac('sha512', hmacKey).update(authenticated).update(pageNumber).digest();
  return hmac.equals(page.subarray(PAGE - HMAC)) || page.every(byte => byte === 0);
};
