import { describe, expect, it } from 'vitest';
import { passphraseStrength } from './passphrase-strength.ts';

describe('passphraseStrength', () => {
  // NIST SP 800-63B-4, section 3.1.1.2: at least 15 characters where the password is the only factor.
  it.each([
    ['', 'empty'],
    ['fourteen chars', 'short'],
    ['fifteen letters', 'good'],
    ['abababababababab', 'repetitive'],
    ['😀😀😀😀😀😀😀😀', 'short'],
  ] as const)('%j is %s', (passphrase, strength) => {
    expect(passphraseStrength(passphrase)).toBe(strength);
  });
});
