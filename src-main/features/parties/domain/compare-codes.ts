import { editDistance } from './string-similarity.ts';
import { usualMatches, type ValueComparison } from './value-comparison.ts';

const LEVELS = ['differ', 'one begins or ends the other', 'two slips', 'one slip', 'equal'];
/** Characters a code must have for one slip, and for two, to say anything. */
const ONE_SLIP = 4;
const TWO_SLIPS = 12;
/** Characters a common beginning or end must have. */
const PART = 5;

/** Identifiers, account and telephone numbers: Damerau's distance, and one being a part of the other (a country code left out). */
export const compareCodes = (values: readonly string[]): ValueComparison => ({
  levels: LEVELS,
  assumed: usualMatches(LEVELS),
  between: (first, second) => {
    const a = values[first]!;
    const b = values[second]!;
    const shorter = Math.min(a.length, b.length);
    if (shorter < ONE_SLIP) return 0;
    const slips = editDistance(a, b, shorter >= TWO_SLIPS ? 2 : 1);
    if (slips === 1) return 3;
    if (slips === 2 && shorter >= TWO_SLIPS) return 2;
    if (shorter < PART || a.length === b.length) return 0;
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    return long.startsWith(short) || long.endsWith(short) ? 1 : 0;
  },
});
