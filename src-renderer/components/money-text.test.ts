import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupedDecimal, signedDecimal, signOf } from './money-text.ts';

describe('groupedDecimal', () => {
  it.each([
    ['0.00', '0.00'],
    ['999.5', '999.5'],
    ['-1234.50', '\u22121,234.50'],
    ['1234567.891', '1,234,567.891'],
    ['JPY?', 'JPY?'],
  ])('%s reads %s', (text, expected) => {
    expect(groupedDecimal(text)).toBe(expected);
  });

  it('keeps digits beyond 2^53, which a float would change', () => {
    expect(groupedDecimal('9007199254740993.01')).toBe('9,007,199,254,740,993.01');
  });

  it('loses no character of any decimal', () => {
    const decimal = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.option(fc.stringMatching(/^\d{1,9}$/)))
      .map(([negative, whole, fraction]) => `${negative ? '-' : ''}${whole}${fraction === null ? '' : `.${fraction}`}`);
    fc.assert(fc.property(decimal, text => groupedDecimal(text).replaceAll(',', '').replace('\u2212', '-') === text));
  });
});

describe('signOf', () => {
  it('calls a negative zero zero', () => {
    expect(signOf('-0.00')).toBe(0);
    expect(signOf('0.01')).toBe(1);
    expect(signOf('-0.01')).toBe(-1);
  });

  it('shows plus only on money in', () => {
    expect(signedDecimal('1200.00')).toBe('+1,200.00');
    expect(signedDecimal('0.00')).toBe('0.00');
    expect(signedDecimal('-35.10')).toBe('\u221235.10');
  });
});
