import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZeroDecimal, subtractDecimals } from './exact-decimal.ts';
import {
  formatAmount,
  formatCount,
  formatInstant,
  formatScore,
  formatShare,
  formatStatistic,
  formatThreshold,
  shorten,
  wordsOf,
} from './report-figures.ts';

describe('formatAmount', () => {
  it.each([
    ['0.00', '0.00'],
    ['-1234.50', '-1,234.50'],
    ['999', '999'],
    ['1000', '1,000'],
    // Beyond 2^53: no float may come near it.
    ['90071992547409931234.567', '90,071,992,547,409,931,234.567'],
  ])('groups %s', (decimal, printed) => {
    expect(formatAmount(decimal)).toBe(printed);
  });

  it('changes nothing but the grouping', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.stringMatching(/^(\.\d{1,6})?$/), (whole, fraction) => {
        expect(formatAmount(`${whole}${fraction}`).replaceAll(',', '')).toBe(`${whole}${fraction}`);
      }),
    );
  });
});

describe('scores and shares', () => {
  it('are cut, never rounded up', () => {
    expect(formatScore(99.97)).toBe('99.9 of 100');
    expect(formatScore(100)).toBe('100.0 of 100');
    // 98.7 × 10 is 986.9999… in binary: it must not print as 98.6.
    expect(formatScore(98.7)).toBe('98.7 of 100');
    expect(formatScore(null)).toBe('not measured');
    expect(formatShare(9_999_999, 10_000_000)).toBe('99.99 %');
    expect(formatShare(6_416, 6_418)).toBe('99.96 %');
    expect(formatShare(0, 0)).toBe('nothing to test');
    expect(formatThreshold(0.995)).toBe('99.5 %');
  });

  it('print every score with one decimal as it is', () => {
    for (let tenths = 0; tenths <= 1000; tenths++)
      expect(formatScore(tenths / 10)).toBe(`${Math.floor(tenths / 10)}.${tenths % 10} of 100`);
  });
});

describe('formatStatistic', () => {
  it.each([
    [5_000, '5,000'],
    [214.33169, '214.33'],
    [12_345.678, '12,346'],
    [0.00231, '0.00231'],
    [0.01402, '0.01402'],
    [2.6e-12, '2.60 × 10^-12'],
    [0, '0'],
    [null, 'could not be computed'],
    [Number.NaN, 'could not be computed'],
    ['nonconforming', 'nonconforming'],
  ])('prints %s', (value, printed) => {
    expect(formatStatistic(value)).toBe(printed);
  });
});

describe('other figures', () => {
  it('print as a reader expects', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect(formatInstant('2026-03-01T14:05:09.120Z')).toBe('2026-03-01 14:05:09 UTC');
    expect(wordsOf('degreesOfFreedom')).toBe('degrees of freedom');
    expect(wordsOf('minimum-count')).toBe('minimum count');
    expect(shorten('x'.repeat(241))).toBe(`${'x'.repeat(240)}… [cut; 241 characters in all]`);
    expect(shorten('x'.repeat(240))).toBe('x'.repeat(240));
    expect(shorten('😀'.repeat(240))).toBe('😀'.repeat(240));
    expect(shorten('😀'.repeat(300))).toBe(`${'😀'.repeat(240)}… [cut; 300 characters in all]`);
  });
});

describe('subtractDecimals', () => {
  it('is exact', () => {
    expect(subtractDecimals('0.3', '0.1', '0.2')).toBe('0.0');
    expect(subtractDecimals('-152340.55', '-149000.00', '-2340.55')).toBe('-1000.00');
    expect(subtractDecimals('90071992547409.93', '0.01')).toBe('90071992547409.92');
    expect(isZeroDecimal('-0.00')).toBe(true);
    expect(isZeroDecimal('0.01')).toBe(false);
    expect(() => subtractDecimals('1e3')).toThrow(RangeError);
  });
});
