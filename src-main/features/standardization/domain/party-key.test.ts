import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partyKey } from './party-key.ts';

describe('partyKey', () => {
  it.each([
    ['  Müller  Bau\tGmbH ', 'MÜLLER BAU GMBH'],
    ['Mu\u0308ller Bau GmbH', 'MÜLLER BAU GMBH'],
    ['Strauß & Söhne', 'STRAUSS & SÖHNE'],
    ['\uFF21\uFF23\uFF2D\uFF25\u00A0Ltd', 'ACME LTD'],
    ['o\uFB03ce', 'OFFICE'],
    ['ΑΘΗΝΑΣ αθηνας', 'ΑΘΗΝΑΣ ΑΘΗΝΑΣ'],
    ['', ''],
    ['  \u00A0\t ', ''],
    ['NA', 'NA'],
  ])('%j is %j', (spelling, key) => {
    expect(partyKey(spelling)).toBe(key);
  });

  it('keeps apart what only looks alike', () => {
    const distinct = ['Acme Ltd', 'Acme Limited', 'Acme', 'Acme, Ltd', 'A.C.M.E. Ltd', 'Açme Ltd', 'АСМЕ Ltd'];
    expect(new Set(distinct.map(partyKey)).size).toBe(distinct.length);
  });

  // The yardstick's definition (DEFINITIONS.partyKey of its generator): "counterparty, trimmed and upper-cased; empty is
  // unknown". Its names are built from words such as these with single blanks, then padded, upper-cased or lower-cased.
  it('agrees with "trimmed and upper-cased" on names of the yardstick’s kind', () => {
    const word = fc.constantFrom(
      'Köhler',
      'Müller',
      'García',
      'Lefèvre',
      'Strauß',
      'NA',
      'Smith',
      'Logistik',
      'GmbH',
      'SpA',
      'sro',
      'Zurich',
    );
    const name = fc.array(word, { minLength: 1, maxLength: 4 }).map(words => words.join(' '));
    const shown = fc
      .tuple(name, fc.constantFrom('', ' '), fc.constantFrom('', ' ', '  '), fc.constantFrom('as is', 'upper', 'lower'))
      .map(([text, before, after, letters]) => {
        const spelled = letters === 'upper' ? text.toUpperCase() : letters === 'lower' ? text.toLowerCase() : text;
        return `${before}${spelled}${after}`;
      });
    fc.assert(
      fc.property(shown, text => {
        expect(partyKey(text)).toBe(text.trim().toUpperCase());
      }),
    );
  });

  it('is the same when applied again, for any text and for every code point', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(partyKey(partyKey(text))).toBe(partyKey(text));
      }),
      { numRuns: 2000 },
    );
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const key = partyKey(String.fromCodePoint(code));
      if (partyKey(key) !== key) throw new Error(`U+${code.toString(16)} is not stable`);
    }
  });

  it('does not depend on letter case, normalization form or white space around and between words', () => {
    const word = fc.string({ unit: fc.constantFrom(...'aäößéçñøæžąğłαβγжщю123&.-'), minLength: 1 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), words => {
        const key = partyKey(words.join(' '));
        expect(partyKey(words.join(' ').toUpperCase())).toBe(key);
        expect(partyKey(words.join(' ').normalize('NFD'))).toBe(key);
        expect(partyKey(`\t${words.join(' \u00A0 ')}\n`)).toBe(key);
      }),
    );
  });
});
