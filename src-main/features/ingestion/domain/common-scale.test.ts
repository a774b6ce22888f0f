import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonScale, unitsAt } from './common-scale.ts';

const part = (scale: number, ...units: number[]) => ({ scale, units: Float64Array.from(units) });

describe('commonScale', () => {
  it('is that of the finest source where all amounts have exact units at it', () => {
    expect(commonScale([part(2, 9_007_199_00), part(9, 123_456_789)])).toBe(9);
    expect(commonScale([part(2, 1), part(3, 1)])).toBe(3);
    expect(commonScale([part(4, 1)])).toBe(4);
    expect(commonScale([])).toBe(2);
  });

  // 2^53 = 9,007,199,254,740,992: at 9 decimals that is 9,007,199.25…
  it('leaves out as few amounts as it can, whichever side they stand on', () => {
    const large = [900_820_050, 900_920_050, 901_020_050];
    expect(commonScale([part(2, ...large), part(9, 123_456_789, 1_500_000_000)])).toBe(2);
    expect(commonScale([part(2, 900_820_050), part(9, 123_456_789, 987_654_321)])).toBe(9);
    // One against one: the large one stays.
    expect(commonScale([part(2, 900_820_050), part(9, 123_456_789)])).toBe(2);
    // 0.12345 has units at 5 decimals, where 9,008,200.50 has them too.
    expect(commonScale([part(2, 900_820_050), part(9, 123_450_000)])).toBe(5);
  });

  it('loses no more amounts than any other scale (property, brute force)', () => {
    const units = fc.array(fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }), {
      maxLength: 6,
    });
    const parts = fc.array(fc.tuple(fc.integer({ min: 2, max: 9 }), units), { minLength: 1, maxLength: 4 });
    // In whole numbers of any size: the amount has units at a scale where it is a multiple of one, below 2^53 of them.
    const isLost = (amount: number, from: number, to: number): boolean => {
      const [up, down] = [10n ** BigInt(Math.max(0, to - from)), 10n ** BigInt(Math.max(0, from - to))];
      const exact = BigInt(amount) * up;
      return exact % down !== 0n || (exact / down < 0n ? -(exact / down) : exact / down) >= 2n ** 53n;
    };
    fc.assert(
      fc.property(parts, given => {
        const lostAt = (scale: number): number =>
          given.reduce((sum, [own, amounts]) => sum + amounts.filter(amount => isLost(amount, own, scale)).length, 0);
        const chosen = commonScale(given.map(([own, amounts]) => part(own, ...amounts)));
        for (const [own, amounts] of given)
          for (const amount of amounts)
            expect(Number.isNaN(unitsAt(amount, own, chosen))).toBe(isLost(amount, own, chosen));
        for (let scale = 2; scale <= 9; scale++)
          if (given.some(([own]) => own <= scale) && given.some(([own]) => own >= scale))
            expect(lostAt(chosen)).toBeLessThanOrEqual(lostAt(scale));
      }),
      { numRuns: 300 },
    );
  });
});
