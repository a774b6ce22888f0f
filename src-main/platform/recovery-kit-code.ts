import { createHash, randomBytes } from 'node:crypto';

/**
 * The code of the printed recovery kit: 128 random bits and 12 bits of a digest over them, in Crockford's Base32 (no I, L, O, U;
 * I and L are read as 1, O as 0), seven groups of four. The digest tells a mistyped code from a wrong one.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_BYTES = 16;
const CHARACTERS = 28;
const CHECK_BITS = 12n;

const checkOf = (code: Uint8Array): bigint =>
  BigInt(createHash('sha256').update('nexus/recovery-code').update(code).digest().readUInt16BE(0) >> 4);

/** A new code's bytes, from the system's generator. */
export const newRecoveryCode = (): Uint8Array => new Uint8Array(randomBytes(CODE_BYTES));

/** The code as printed. */
export const recoveryCodeText = (code: Uint8Array): string => {
  let bits = (BigInt(`0x${Buffer.from(code).toString('hex')}`) << CHECK_BITS) | checkOf(code);
  let text = '';
  for (let index = 0; index < CHARACTERS; index++) {
    text = `${ALPHABET[Number(bits & 31n)]}${text}`;
    bits >>= 5n;
  }
  return text.match(/.{4}/g)?.join('-') ?? text;
};

/** The code's bytes from what was typed, whatever its case and separators; null when it is mistyped. */
export const parseRecoveryCode = (typed: string): Uint8Array | null => {
  const text = typed
    .toUpperCase()
    .replace(/[\s–-]/gu, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  if (text.length !== CHARACTERS) return null;
  let bits = 0n;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    bits = (bits << 5n) | BigInt(value);
  }
  const bytes = bits >> CHECK_BITS;
  const code = Buffer.from(bytes.toString(16).padStart(CODE_BYTES * 2, '0'), 'hex');
  return code.length === CODE_BYTES && checkOf(code) === (bits & ((1n << CHECK_BITS) - 1n))
    ? new Uint8Array(code)
    : null;
};
