import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskText } from './masking.ts';

const KNOWN = new Set(['DE89370400440532013000', 'GB82WEST12345698765432', '31926819', 'ACC4711X']);
const mask = (text: string): string =>
  maskText(
    text,
    account => KNOWN.has(account),
    account => `[${account.slice(-4)}]`,
  );

/** DE89370400440532013000 in groups of `size` with `between` between two. */
const groups = (size: number, between: string): string =>
  ('DE89370400440532013000'.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(between);

describe('account numbers in free text', () => {
  // The IBANs are the examples of the ISO 13616 registry.
  it.each([
    ['DE89370400440532013000', '[3000]'],
    ['to DE89 3704 0044 0532 0130 00, today', 'to [3000], today'],
    ['de89-3704-0044-0532-0130-00', '[3000]'],
    ['account:GB82WEST12345698765432', 'account:[5432]'],
    ['IBANDE89370400440532013000X', 'IBAN[3000]X'],
    ['from 31926819 to 31926820', 'from [6819] to 31926820'],
    ['acc4711x', '[711X]'],
    // Not of this workspace, but an IBAN by its check digits (ISO 7064), or too long to be anything else.
    ['FR1420041010050500013M02606', '[2606]'],
    ['card 4111111111111111', 'card [1111]'],
    // Broken by a file's lines, by unseen characters, by more than one space.
    ['DE89 3704\r\n0044 0532 0130 00', '[3000]'],
    ['DE89\u200b3704\u00ad0044\u2011053201\u20093000', '[3000]'],
    ['GB82 WEST  1234  5698  7654  32', '[5432]'],
    // In other digits: full width, Arabic-Indic, mathematical; and behind a letter that is two in capitals.
    ['ＤＥ８９３７０４００４４０５３２０１３０００', '[3000]'],
    ['٣١٩٢٦٨١٩', '[6819]'],
    ['𝟑𝟏𝟗𝟐𝟔𝟖𝟏𝟗 paid', '[6819] paid'],
    ['straße31926819x', 'straße[6819]x'],
    // Glued to a word though in groups, and two in one piece.
    ['IBANDE89 3704 0044 0532 0130 00', 'IBAN[3000]'],
    ['DE89 3704 0044 0532 0130 00BIC', '[3000]BIC'],
    ['DE89370400440532013000GB82WEST12345698765432', '[3000][5432]'],
  ])('%s', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });

  it.each([
    '2026-01-05T10:00:00.000Z',
    '00000000-0000-4000-8000-000000000012',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '1234567890.00 EUR in 12 movements',
    'invoice 20240131',
    'no digits at all',
    'DE89370400440532013001 has wrong check digits',
  ])('leaves %s', text => {
    expect(mask(text)).toBe(text);
  });

  it('are found across every character of Unicode that is no letter or digit, and across those nobody sees or reads as one', () => {
    // Unicode 16: whatever is assigned and neither L nor N, private use by its ends; modifier letters and Hangul fillers.
    const between = Array.from({ length: 0x110000 }, (_, point) => String.fromCodePoint(point)).filter(character =>
      /^(?:[\p{P}\p{S}\p{Z}\p{M}\p{Cc}\p{Cf}\p{Cs}\p{Lm}]|\p{Default_Ignorable_Code_Point}|[\ue000\uf8ff\u{10fffd}])$/u.test(
        character,
      ),
    );
    expect(between.length).toBeGreaterThan(15_000);
    const whole = between.filter(character => mask(`a ${groups(4, character)}, b`) !== 'a [3000], b');
    expect(whole.map(character => character.codePointAt(0)?.toString(16))).toEqual([]);
  });

  it('are found character by character, and with as many as eight between two groups, but not with nine', () => {
    expect(mask(`${groups(1, ' ')}.`)).toBe('[3000].');
    expect(mask(groups(4, ' (* - ) '))).toBe('[3000]');
    expect(mask(groups(4, ' (* -- ) '))).toBe(groups(4, ' (* -- ) '));
  });

  it('never leave a known one, whatever stands around it', () => {
    const around = fc.string({ unit: fc.constantFrom(...'aZ9 .-/:,;()[]_"\'\n'), maxLength: 12 });
    fc.assert(
      fc.property(around, fc.constantFrom(...KNOWN), around, (before, account, after) => {
        expect(
          mask(`${before}${account}${after}`)
            .replaceAll(/[^A-Z0-9]/gi, '')
            .toUpperCase(),
        ).not.toContain(account);
      }),
    );
  });
});
