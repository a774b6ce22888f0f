import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printable } from './terminal.ts';
import { errorText } from './text/error-text.ts';

// text of evidence reaches the terminal encoded. Ends of lines by Unicode: LF, VT, FF, CR, NEL, LS, PS (UAX 14, BK and CR and LF and NL).
const LINE_ENDS = /[\n\v\f\r\u0085\u2028\u2029]/;

it('makes any text one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('\n', '\r\n', '\v', '\u0085', '\u2028'), (text, end) => {
      expect(printable(text + end + text)).not.toMatch(LINE_ENDS);
    }),
  );
  expect(printable('a\r\nb\nc\rd')).toBe('a⏎b⏎c�d');
});

it('keeps a refusal to the lines of its parts, whatever they hold', () => {
  const forged = 'x\nAll files hold.';
  const text = errorText({
    code: 'c',
    category: 'input',
    message: forged,
    candidates: { [forged]: [forged] },
    kept: forged,
    remedy: forged,
  });
  expect(text.split('\n')).toHaveLength(4);
});
