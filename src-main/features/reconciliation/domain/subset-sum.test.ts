import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXHAUSTIVE_POOL, StepBudget, subsetCount, subsetsOfSum } from './subset-sum.ts';

/** Every subset, one by one: the independent reference. */
const bruteForce = (amounts: readonly number[], low: number, high: number, maxSize: number): string[] => {
  const found: string[] = [];
  for (let mask = 0; mask < 2 ** amounts.length; mask++) {
    const members = amounts.map((_, at) => at).filter(at => Math.floor(mask / 2 ** at) % 2 === 1);
    const sum = members.reduce((total, at) => total + (amounts[at] ?? 0), 0);
    if (members.length >= 2 && members.length <= maxSize && sum >= low && sum <= high) found.push(members.join());
  }
  return found.sort();
};

const find = (amounts: readonly number[], low: number, high: number, maxSize: number, keep = 100_000): string[] =>
  subsetsOfSum({ amounts: Float64Array.from(amounts), low, high, maxSize, keep })
    .map(members => members.join())
    .sort();

describe('subsetsOfSum', () => {
  it('finds what trying every subset finds, credit notes and tolerances included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -30, max: 60 }), { maxLength: 11 }),
        fc.integer({ min: -40, max: 150 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 2, max: 11 }),
        (amounts, wanted, width, maxSize) => {
          expect(find(amounts, wanted - width, wanted + width, maxSize)).toEqual(
            bruteForce(amounts, wanted - width, wanted + width, maxSize),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('finds all pairs and triples of a pool too large for more', () => {
    const amounts = Array.from({ length: EXHAUSTIVE_POOL + 10 }, (_, at) => ((at * at * 31 + at * 17) % 211) - 40);
    const wanted = 173;
    const expected: string[] = [];
    for (let a = 0; a < amounts.length; a++)
      for (let b = a + 1; b < amounts.length; b++) {
        if ((amounts[a] ?? 0) + (amounts[b] ?? 0) === wanted) expected.push(`${a},${b}`);
        for (let c = b + 1; c < amounts.length; c++)
          if ((amounts[a] ?? 0) + (amounts[b] ?? 0) + (amounts[c] ?? 0) === wanted) expected.push(`${a},${b},${c}`);
      }
    expect(expected.length).toBeGreaterThan(20);
    expect(find(amounts, wanted, wanted, 3)).toEqual(expected.sort());
    expect(find(amounts, wanted, wanted, 2)).toEqual(expected.filter(name => name.split(',').length === 2));
  });

  it('keeps no more than wanted and counts subsets', () => {
    expect(find([1, 1, 1, 1], 2, 2, 4, 3)).toHaveLength(3);
    // 4 over 2 + 4 over 3.
    expect(subsetCount(4, 3)).toBe(10);
  });

  it('gives steps until they are used up', () => {
    const budget = new StepBudget(10);
    expect([budget.take(6), budget.take(5), budget.take(4), budget.take(1)]).toEqual([true, false, true, false]);
  });
});
