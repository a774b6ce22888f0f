import { editDistance } from './string-similarity.ts';
import { usualMatches, type ValueComparison } from './value-comparison.ts';

const LEVELS = ['differ', 'same region', 'one slip', 'equal'];

/** Postcodes: one slip (Damerau), or the same first two characters. */
export const comparePostcodes = (values: readonly string[]): ValueComparison => ({
  levels: LEVELS,
  assumed: usualMatches(LEVELS),
  between: (first, second) => {
    const a = values[first]!;
    const b = values[second]!;
    if (Math.min(a.length, b.length) >= 4 && editDistance(a, b, 1) === 1) return 2;
    return a[0] === b[0] && a[1] === b[1] ? 1 : 0;
  },
});
