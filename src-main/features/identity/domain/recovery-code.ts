/** Recovery codes an account gets at once. */
export const RECOVERY_CODE_COUNT = 10;
/** Random bytes of a code: 120 bits. From 112 bits on, a look-up secret needs no slow hash (SP 800-63B, section 3.1.2.2). */
export const RECOVERY_CODE_BYTES = 15;

/** Crockford's base 32: without I, L, O and U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = (RECOVERY_CODE_BYTES * 8) / 5;
const GROUP = 4;

/** A code as it is printed: six groups of four. */
export const printRecoveryCode = (bytes: Uint8Array): string => {
  if (bytes.length !== RECOVERY_CODE_BYTES) throw new Error(`a recovery code has ${RECOVERY_CODE_BYTES} bytes`);
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (let i = 0; i < LENGTH; i++) {
    text = ALPHABET[Number(value & 31n)]! + text;
    value >>= 5n;
  }
  return text.replace(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-');
};

/** What was typed as the one text that is hashed: spaces, dashes, case and look-alikes do not matter. Null: no recovery code. */
export const readRecoveryCode = (typed: string): string | null => {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return text.length === LENGTH && [...text].every(character => ALPHABET.includes(character)) ? text : null;
};
