import { cannotReach, jaroWinkler, letterSet } from './string-similarity.ts';
import { usualMatches, type ValueComparison } from './value-comparison.ts';

const LEVELS = ['differ', 'alike', 'much alike', 'same name at another host', 'nearly equal', 'equal'];
const STEPS = [0.8, 0.88, 0.94] as const;

const nameOf = (address: string): string => address.slice(0, Math.max(0, address.indexOf('@')));

/** E-mail addresses: Jaro-Winkler in steps, and the same name at another host. */
export const compareEmails = (values: readonly string[]): ValueComparison => {
  const sets = Uint32Array.from(values, letterSet);
  const names = values.map(nameOf);
  return {
    levels: LEVELS,
    assumed: usualMatches(LEVELS),
    between: (first, second) => {
      const a = values[first]!;
      const b = values[second]!;
      const similarity = cannotReach(STEPS[0], a, b, sets[first]!, sets[second]!) ? 0 : jaroWinkler(a, b);
      if (similarity >= STEPS[2]) return 4;
      if (names[first] === names[second] && names[first]!.length >= 4) return 3;
      if (similarity >= STEPS[1]) return 2;
      return similarity >= STEPS[0] ? 1 : 0;
    },
  };
};
