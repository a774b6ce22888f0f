import { describe, expect, it } from 'vitest';
import { binomialUpperTail } from './unusual-share.ts';

describe('binomial upper tail', () => {
  it('has the values of the distribution', () => {
    // P(X ≥ 8), n = 10, p = 0.5: (45 + 10 + 1) / 1024; P(X ≥ 1), n = 3, p = 0.1: 1 − 0.9³.
    expect(binomialUpperTail(8, 10, 0.5)).toBeCloseTo(56 / 1024, 10);
    expect(binomialUpperTail(1, 3, 0.1)).toBeCloseTo(0.271, 10);
    expect(binomialUpperTail(10, 10, 0.3)).toBeCloseTo(0.3 ** 10, 14);
    // By exact rational arithmetic (Python fractions): P(X ≥ 40), n = 1000, p = 1/50.
    expect(binomialUpperTail(40, 1000, 0.02)).toBeCloseTo(4.33987589474642e-5, 13);
  });

  it('has limits', () => {
    expect(binomialUpperTail(0, 5, 0.5)).toBe(1);
    expect(binomialUpperTail(6, 5, 0.5)).toBe(0);
    expect(binomialUpperTail(1, 5, 0)).toBe(0);
    expect(binomialUpperTail(1, 5, 1)).toBe(1);
  });
});
