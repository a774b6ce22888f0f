import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { robustSpread, sortAscending, valueAtRank } from './order-statistics.ts';

const whole = fc.integer({ min: -50, max: 50 });

describe('order statistics', () => {
  it('finds the value at a rank (property, against sorting)', () => {
    fc.assert(
      fc.property(fc.array(whole, { minLength: 1, maxLength: 60 }), fc.nat(), (list, seed) => {
        const rank = seed % list.length;
        expect(valueAtRank(Float64Array.from(list), rank)).toBe(list.toSorted((a, b) => a - b)[rank]);
      }),
    );
  });

  it('sorts short and long arrays (property)', () => {
    fc.assert(
      fc.property(fc.array(whole, { maxLength: 90 }), list => {
        expect([...sortAscending(Float64Array.from(list))]).toEqual(list.toSorted((a, b) => a - b));
      }),
    );
  });

  it('has the median and MAD of the definition (property, brute force)', () => {
    const median = (list: number[]): number => {
      const sorted = list.toSorted((a, b) => a - b);
      const middle = sorted.length >> 1;
      return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
    };
    fc.assert(
      fc.property(fc.array(whole, { minLength: 1, maxLength: 60 }), list => {
        const center = median(list);
        const mad = median(list.map(value => Math.abs(value - center)));
        const spread = robustSpread(sortAscending(Float64Array.from(list)));
        expect(spread.median2 / 2).toBe(center);
        expect(spread.mad).toBe(mad);
        if (mad > 0) expect(spread.factor! * 2 * Math.abs(50 - center)).toBeCloseTo((0.6745 * (50 - center)) / mad, 9);
        else {
          const meanDeviation = list.reduce((sum, value) => sum + Math.abs(value - center), 0) / list.length;
          if (meanDeviation === 0) expect(spread.factor).toBeNull();
          else expect(spread.factor! * 2 * (50 - center)).toBeCloseTo((50 - center) / (1.253314 * meanDeviation), 9);
        }
      }),
    );
  });
});
