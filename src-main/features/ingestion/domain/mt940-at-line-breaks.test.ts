import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AtLineBreaks } from './mt940-at-line-breaks.ts';

/** What AtLineBreaks gives on of a text in chunks of `size` bytes. */
const given = (text: string, size: number): string => {
  const bytes = new TextEncoder().encode(text);
  const out: number[] = [];
  const breaks = new AtLineBreaks(chunk => out.push(...chunk));
  for (let at = 0; at < bytes.length; at += size) breaks.write(bytes.slice(at, at + size));
  breaks.end();
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(out));
};

// DFÜ-Abkommen, Anlage 3, chapter 8: @@ stands for CR LF.
describe('@@ as the end of a line', () => {
  it('becomes CR LF, byte for byte, in a file that begins with it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), size => {
        expect(given('@@:20:A@@:25:B@C@@-', size)).toBe('\r\n:20:A\r\n:25:B@C\r\n-');
        expect(given('\uFEFF@@:20:A@', size)).toBe('\uFEFF\r\n:20:A@');
      }),
    );
  });

  it('is text in any other file, short ones included', () => {
    for (const text of [':20:A\r\n:86:x@@y\r\n', '@@20', '@', ''])
      for (const size of [1, 3, 64]) expect(given(text, size)).toBe(text);
  });
});
