import { randomBytes } from 'node:crypto';
import { HOTP, Secret } from 'otpauth';

export type TotpAlgorithm = 'SHA1' | 'SHA256' | 'SHA512';

/** Bytes of a secret: the length of the hash's output (RFC 4226, section 4, R6). */
const SECRET_BYTES = 20;
export const TOTP_DIGITS = 6;

export const newTotpSecret = (): Uint8Array => randomBytes(SECRET_BYTES);

/**
 * The code of a time step: HOTP with the step for its counter (RFC 6238, section 4.2). Accounts use SHA-1 and six digits,
 * which every authenticator knows; HMAC does not rest on the collision resistance that SHA-1 lost.
 */
export const totpCode = (
  secret: Uint8Array,
  step: number,
  algorithm: TotpAlgorithm = 'SHA1',
  digits: number = TOTP_DIGITS,
): string =>
  HOTP.generate({ secret: new Secret({ buffer: Uint8Array.from(secret).buffer }), algorithm, digits, counter: step });
