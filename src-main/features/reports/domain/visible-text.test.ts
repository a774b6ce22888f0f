import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPrintable, printableText } from './printable-text.ts';
import { visibleText } from './visible-text.ts';

describe('visibleText', () => {
  // The bidirectional formatting characters of Unicode TR 9, table 1-3, and others that show nothing.
  it.each([
    ['\u202E', '[U+202E]'],
    ['\u2066', '[U+2066]'],
    ['\u200F', '[U+200F]'],
    ['\u061C', '[U+061C]'],
    ['\u200B', '[U+200B]'],
    ['\uFEFF', '[U+FEFF]'],
    ['\u0000', '[U+0000]'],
    ['\n', '[U+000A]'],
    ['\u{E0041}', '[U+E0041]'],
    ['\uD800', '[U+D800]'],
  ])('shows %j by its number', (hidden, shown) => {
    expect(visibleText(`a${hidden}b`)).toBe(`a${shown}b`);
  });

  it('leaves letters of every script as they are', () => {
    const names = 'Köhler Łódź Северная Παπαδόπουλος Nguyễn 中文 עברית 😀';
    expect(visibleText(names)).toBe(names);
  });
});

describe('printableText', () => {
  it('joins accents and names what the face cannot print', () => {
    expect(printableText('Ko\u0308hler 中')).toBe('Köhler [U+4E2D]');
  });

  it('leaves nothing that has no glyph', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        for (const character of printableText(visibleText(text)))
          expect(isPrintable(character.codePointAt(0)!)).toBe(true);
      }),
    );
  });
});
