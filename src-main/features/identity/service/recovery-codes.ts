import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import {
  printRecoveryCode,
  RECOVERY_CODE_BYTES,
  RECOVERY_CODE_COUNT,
  readRecoveryCode,
} from '../domain/recovery-code.ts';
import { replaceCodes, unspentCodes } from '../storage/factor.repository.ts';

const SALT_BYTES = 16;

/** Salted SHA-256: enough for a secret of 112 bits or more (SP 800-63B, section 3.1.2.2). */
const digestOf = (salt: Uint8Array, text: string): Buffer => createHash('sha256').update(salt).update(text).digest();

const codeText = (printed: string): string => {
  const text = readRecoveryCode(printed);
  if (text === null) throw new Error('a printed recovery code cannot be read back');
  return text;
};

/** Ten new recovery codes in place of the account's old ones; the answer is the only time they are seen. */
export const renewRecoveryCodes = (store: WriteStore, accountId: string): string[] => {
  const printed = Array.from({ length: RECOVERY_CODE_COUNT }, () =>
    printRecoveryCode(randomBytes(RECOVERY_CODE_BYTES)),
  );
  const rows = printed.map((code, i) => {
    const salt = randomBytes(SALT_BYTES);
    return { account_id: accountId, ordinal: i + 1, salt, digest: digestOf(salt, codeText(code)), spent_at: null };
  });
  replaceCodes(store, accountId, rows);
  return printed;
};

/** The ordinal of the unspent recovery code that was typed; null for none. */
export const findRecoveryCode = (store: ReadStore, accountId: string, text: string): number | null => {
  let found: number | null = null;
  for (const row of unspentCodes(store, accountId))
    if (timingSafeEqual(row.digest, digestOf(row.salt, text))) found = row.ordinal;
  return found;
};
