import { describe, expect, it } from 'vitest';
import { digitConformity } from './digit-conformity.ts';
import { benfordProportions, leadingDigits } from './significant-digits.ts';

const FIRST = { close: 0.006, acceptable: 0.012, marginal: 0.015 };

const firstDigits = (numbers: readonly bigint[]): number[] => {
  const counts = new Array<number>(9).fill(0);
  // Fifteen leading digits of the decimal text are a safe integer with the same first digit.
  for (const number of numbers) counts[leadingDigits(Number(String(number).slice(0, 15)), 1) - 1]!++;
  return counts;
};

describe('digitConformity', () => {
  it('reproduces the published figures of the first 500 Fibonacci numbers', () => {
    const fibonacci = [1n, 1n];
    while (fibonacci.length < 500) fibonacci.push(fibonacci.at(-1)! + fibonacci.at(-2)!);
    const counts = firstDigits(fibonacci);
    expect(counts).toEqual([151, 88, 63, 47, 40, 33, 29, 27, 22]);
    const digits = digitConformity(counts, benfordProportions(1), 1, FIRST);
    // Requirements of the project, recomputed independently there: chi² .1737, MAD .001268.
    expect(digits.chiSquare).toBeCloseTo(0.1737, 4);
    expect(digits.mad).toBeCloseTo(0.001268, 6);
    expect(digits.conformity).toBe('close');
  });

  it('reproduces the published figures of 2^1 to 2^1000', () => {
    const counts = firstDigits(Array.from({ length: 1000 }, (_, i) => 2n ** BigInt(i + 1)));
    expect(counts).toEqual([301, 176, 125, 97, 79, 69, 56, 52, 45]);
    const digits = digitConformity(counts, benfordProportions(1), 1, FIRST);
    expect(digits.chiSquare).toBeCloseTo(0.1586, 4);
    expect(digits.mad).toBeCloseTo(0.000678, 6);
  });

  it('computes z with the continuity correction only where it is smaller than the difference', () => {
    // Two equally likely digits, n = 100, by hand: |0.60 − 0.5| = 0.10 > 0.005: (0.10 − 0.005) / 0.05 = 1.9.
    const bands = { close: 1, acceptable: 1, marginal: 1 };
    expect(digitConformity([60, 40], [0.5, 0.5], 0, bands).bins.map(bin => bin.z)).toEqual([
      expect.closeTo(1.9, 12),
      expect.closeTo(1.9, 12),
    ]);
    // Three equally likely digits, n = 100: |0.33 − 1/3| = 0.00333 < 0.005: not corrected, 0.00333 / 0.04714 = 0.0707.
    const third = 1 / 3;
    expect(digitConformity([33, 33, 34], [third, third, third], 0, bands).bins[0]!.z).toBeCloseTo(0.0707, 4);
  });

  it('computes the KS distance from cumulative proportions', () => {
    // Cumulative differences 0.1, 0.2, 0 by hand.
    const digits = digitConformity([60, 30, 10], [0.5, 0.2, 0.3], 0, FIRST);
    expect(digits.ks).toBeCloseTo(0.2, 12);
    expect(digits.ksCritical).toBeCloseTo(0.1358, 12);
  });

  it('expects the MAD of chance as published for the first two digits: 1/√(158.8 n)', () => {
    // Barney & Schulzke (2016), first-two digits.
    const counts = new Array<number>(90).fill(0);
    counts[0] = 10_000;
    const digits = digitConformity(counts, benfordProportions(2), 10, FIRST);
    expect(1 / (digits.expectedMad! ** 2 * 10_000)).toBeCloseTo(158.8, 1);
    expect(digits.excessMad).toBe(digits.mad! - digits.expectedMad!);
  });

  it('places the band edges as inclusive upper ends', () => {
    const bands = { close: 0.1, acceptable: 0.2, marginal: 0.3 };
    const conformity = (mad: number): unknown =>
      digitConformity([500 + mad * 1000, 500 - mad * 1000], [0.5, 0.5], 0, bands).conformity;
    expect([0.09, 0.19, 0.29, 0.31].map(conformity)).toEqual(['close', 'acceptable', 'marginal', 'nonconforming']);
  });

  it('computes nothing of nothing', () => {
    const digits = digitConformity(new Uint32Array(90), benfordProportions(2), 10, FIRST);
    expect(digits).toMatchObject({ observations: 0, chiSquare: null, pValue: null, mad: null, conformity: null });
  });
});
