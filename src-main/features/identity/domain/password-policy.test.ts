import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import blocklist from '../../../../resources/passwords/blocklist.json' with { type: 'json' };
import { judgePassword } from './password-policy.ts';
import { foldedName } from './username.ts';

const KNOWN = new Set(blocklist);
const NAMES = ['Ada Lovelace', 'Sample examination', 'Bundesrechnungshof'];
const judge = (password: string) => judgePassword(password, NAMES, KNOWN);

describe('the password policy (SP 800-63B-4, R-14)', () => {
  it('has a blocklist of at least 3,000 entries', () => {
    expect(KNOWN.size).toBeGreaterThanOrEqual(3_000);
  });

  it.each([
    ['correct horse battery staple'],
    ['vier zufällige Wörter ohne Sinn'],
    ['密码是一个很长的句子而且没有人知道它'],
    ['🦊🐙🪴🧭🎻🪁🛶🧊🍄🦉🪐🎲🥨🧵🪤'],
    ['tQ7#v9 Lx2!pR5&zK8'],
    ['kein großes Kino ohne Popcorn'],
    ['wandering teapots admire quiet ferrets'],
    ['jolmqvatbrwzekc'],
  ])('takes %s', password => {
    expect(judge(password)).toBeNull();
  });

  it.each([
    ['14 characters', 'jolmqvatbrwzek', 'too-short'],
    ['14 letters in 15 code points of NFD: NFC is counted', 'e\u0301olmqvatbrwzek', 'too-short'],
    ['1025 characters', 'tQ7#v9 Lx2!pR5&zK8'.repeat(57), 'too-long'],
    ['a known one', 'qwertyuiopasdfgh', 'sequence'],
    ['two known ones', 'password baseball', 'known'],
    ['two known ones with decoration', 'Letmein-Dragon-2024!', 'known'],
    ['a known one behind the usual replacements', 'p@ssw0rdB4seb@ll', 'known'],
    ['a known one twice', 'trustno1trustno1', 'repetition'],
    ['a letter for ever', 'aaaaaaaaaaaaaaaaaaaa', 'repetition'],
    ['three digits for ever', '123123123123123123', 'repetition'],
    ['the digits in order', '1234567890123456', 'sequence'],
    ['the alphabet backwards', 'zyxwvutsrqponmlk', 'sequence'],
    ['the person and the workspace', 'ada-sample-examination', 'names'],
    ['the organisation and a year', 'Bundesrechnungshof2026', 'names'],
  ])('refuses %s', (_what, password, fault) => {
    expect(judge(password)).toBe(fault);
  });

  it('takes 64 characters and 1,024', () => {
    const text = (length: number): string =>
      Array.from({ length }, (_, at) => String.fromCodePoint(0x4e00 + ((at * at * 7919) % 20_000))).join('');
    expect(judge(text(64))).toBeNull();
    expect(judge(text(1_024))).toBeNull();
  });

  it('asks for no kind of character: random lower-case letters do', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'bcdfghjklmnpqrstvwxz'), { minLength: 20, maxLength: 64 }),
        letters => judge(letters.join('')) === null || new Set(letters).size < 8,
      ),
    );
  });

  it('judges any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1_100 }), text => {
        judge(text);
      }),
    );
  });
});

describe('a user name', () => {
  it('is one person whatever its case, width and composition', () => {
    for (const [a, b] of [
      ['Ada', 'ADA'],
      ['straße', 'STRASSE'],
      ['Ｋim', 'kim'],
      ['e\u0301mile', 'Émile'],
      ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ] as const)
      expect(foldedName(a)).toBe(foldedName(b));
    expect(foldedName('Ada')).not.toBe(foldedName('Bob'));
  });
});
