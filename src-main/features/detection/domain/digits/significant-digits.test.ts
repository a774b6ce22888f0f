import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benfordProportions, leadingDigits, significand } from './significant-digits.ts';

describe('leadingDigits', () => {
  it('takes significant digits from integer units', () => {
    // 0.58 is the amount that a known package puts under 57, because 0.58 × 100 is 57.999… in binary.
    expect(leadingDigits(58, 2)).toBe(58);
    expect(leadingDigits(5, 2)).toBe(50);
    expect(leadingDigits(-123450, 2)).toBe(12);
    expect(leadingDigits(7, 3)).toBe(700);
    expect(leadingDigits(0, 2)).toBe(0);
    expect(leadingDigits(Number.MAX_SAFE_INTEGER, 3)).toBe(900);
  });

  it('agrees with the decimal text of every safe integer', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 3 }), (units, count) => {
        fc.pre(units !== 0);
        const text = String(Math.abs(units));
        expect(leadingDigits(units, count)).toBe(Number(text.padEnd(count, '0').slice(0, count)));
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact next to powers of ten, where a rounded quotient would spill over', () => {
    for (let power = 1; power <= 15; power++) {
      expect(leadingDigits(10 ** power - 1, 1)).toBe(9);
      expect(leadingDigits(10 ** power, 2)).toBe(10);
      expect(significand(10 ** power)).toBe(1);
      expect(significand(10 ** power - 1)).toBeLessThan(10);
    }
  });
});

describe('benfordProportions', () => {
  it('gives the published first-digit proportions (Benford 1938)', () => {
    const published = [0.30103, 0.17609, 0.12494, 0.09691, 0.07918, 0.06695, 0.05799, 0.05115, 0.04576];
    expect(benfordProportions(1).map(p => Math.round(p * 1e5) / 1e5)).toEqual(published);
  });

  it('sums to one over 90 pairs and 900 triples', () => {
    for (const count of [2, 3]) {
      const proportions = benfordProportions(count);
      expect(proportions).toHaveLength(9 * 10 ** (count - 1));
      expect(proportions.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    }
  });
});
