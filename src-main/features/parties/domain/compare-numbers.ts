import { usualMatches, type ValueComparison } from './value-comparison.ts';

const LEVELS = ['differ', 'within 30 %', 'within 10 %', 'within 1 %', 'equal'];
const STEPS = [0.3, 0.1, 0.01] as const;

/** Quantities and prices: the difference as a share of the larger. */
export const compareNumbers = (numbers: readonly (number | null)[]): ValueComparison => ({
  levels: LEVELS,
  assumed: usualMatches(LEVELS),
  between: (first, second) => {
    const a = numbers[first] ?? null;
    const b = numbers[second] ?? null;
    if (a === null || b === null) return 0;
    const larger = Math.max(Math.abs(a), Math.abs(b));
    const share = larger === 0 ? 0 : Math.abs(a - b) / larger;
    let level = 0;
    while (level < STEPS.length && share <= STEPS[level]!) level++;
    return level;
  },
});
