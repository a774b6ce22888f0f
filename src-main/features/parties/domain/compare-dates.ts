import type { LooseDate } from './loose-date.ts';
import { editDistance } from './string-similarity.ts';
import { usualMatches, type ValueComparison } from './value-comparison.ts';

const LEVELS = ['differ', 'within ten years', 'within a year', 'within a month', 'one slip', 'equal'];
const MONTH_DAYS = 31;
const YEAR_DAYS = 366;
const DECADE_DAYS = 3653;

/** Dates: one slip (a digit, two neighbouring digits swapped, day and month swapped), or days apart; texts that are no dates by slips alone. */
export const compareDates = (values: readonly string[], dates: readonly (LooseDate | null)[]): ValueComparison => ({
  levels: LEVELS,
  assumed: usualMatches(LEVELS),
  between: (first, second) => {
    const a = dates[first] ?? null;
    const b = dates[second] ?? null;
    if (a === null || b === null) return editDistance(values[first]!, values[second]!, 1) === 1 ? 4 : 0;
    const swapped =
      a.digits.slice(0, 4) === b.digits.slice(0, 4) &&
      a.digits.slice(4, 6) === b.digits.slice(6) &&
      a.digits.slice(6) === b.digits.slice(4, 6);
    if (swapped || editDistance(a.digits, b.digits, 1) === 1) return 4;
    if (a.day === null || b.day === null) return 0;
    const apart = Math.abs(a.day - b.day);
    if (apart <= MONTH_DAYS) return 3;
    if (apart <= YEAR_DAYS) return 2;
    return apart <= DECADE_DAYS ? 1 : 0;
  },
});
