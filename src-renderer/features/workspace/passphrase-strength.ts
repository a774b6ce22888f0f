/** Characters a passphrase needs at least (NIST SP 800-63B-4, 3.1.1.2). */
export const LEAST_LENGTH = 15;

export type PassphraseStrength = 'empty' | 'short' | 'repetitive' | 'good';

/** A hint while typing: length is what counts; few distinct characters make a long one weak. What decides is the engine’s policy. */
export const passphraseStrength = (passphrase: string): PassphraseStrength => {
  const characters = [...passphrase];
  if (characters.length === 0) return 'empty';
  if (characters.length < LEAST_LENGTH) return 'short';
  return new Set(characters).size < 6 ? 'repetitive' : 'good';
};
