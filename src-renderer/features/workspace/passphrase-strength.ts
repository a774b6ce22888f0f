/** Length above which a passphrase resists guessing on stolen files, with Argon2id in front (NIST SP 800-63B-4, 3.1.1.2: 15 characters). */
export const RECOMMENDED_LENGTH = 15;

export type PassphraseStrength = 'empty' | 'short' | 'repetitive' | 'good';

/** A hint, no gate: length is what counts; few distinct characters make a long one as weak as a short one. */
export const passphraseStrength = (passphrase: string): PassphraseStrength => {
  const characters = [...passphrase];
  if (characters.length === 0) return 'empty';
  if (characters.length < RECOMMENDED_LENGTH) return 'short';
  return new Set(characters).size < 6 ? 'repetitive' : 'good';
};
