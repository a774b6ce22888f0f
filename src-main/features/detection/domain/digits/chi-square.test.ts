import { describe, expect, it } from 'vitest';
import { chiSquareUpperTail } from './chi-square.ts';

/** For even degrees of freedom the tail is a finite sum: Abramowitz & Stegun 26.4.21. */
const evenTail = (statistic: number, degreesOfFreedom: number): number => {
  let term = 1;
  let sum = 1;
  for (let r = 1; r < degreesOfFreedom / 2; r++) sum += term *= statistic / 2 / r;
  return Math.exp(-statistic / 2) * sum;
};

describe('chiSquareUpperTail', () => {
  it('gives 5 % at the tabulated critical values, which have three decimals', () => {
    // Published 95 % points: df 8 15.507, df 9 16.919, df 89 112.022.
    expect(chiSquareUpperTail(15.507, 8)).toBeCloseTo(0.05, 4);
    expect(chiSquareUpperTail(16.919, 9)).toBeCloseTo(0.05, 4);
    expect(chiSquareUpperTail(112.022, 89)).toBeCloseTo(0.05, 4);
  });

  it('keeps its accuracy far out in the tail', () => {
    for (const df of [2, 8, 88])
      for (const statistic of [0.5, 5, 50, 90, 200, 900, 1300]) {
        const exact = evenTail(statistic, df);
        expect(chiSquareUpperTail(statistic, df) / exact).toBeCloseTo(1, 8);
      }
    expect(chiSquareUpperTail(900, 2)).toBeLessThan(1e-190);
    expect(chiSquareUpperTail(900, 2)).toBeGreaterThan(0);
  });

  it('is 1 at zero and 0 below 1e-300', () => {
    expect(chiSquareUpperTail(0, 89)).toBe(1);
    expect(chiSquareUpperTail(32_100, 89)).toBe(0);
  });
});
