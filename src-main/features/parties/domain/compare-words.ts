import { cannotReach, jaroWinkler, letterSet } from './string-similarity.ts';
import { usualMatches, type ValueComparison } from './value-comparison.ts';

/** Jaro-Winkler similarities from which two words are the more alike; 0.92 and 0.7 are those of Splink's name comparison. */
const STEPS = [0.7, 0.8, 0.88, 0.94] as const;
const LEVELS = ['differ', 'faintly alike', 'alike', 'much alike', 'nearly equal', 'equal'];

/** Single words and short names: Jaro-Winkler in steps. A letter alone agrees faintly with a name that it begins. */
export const compareWords = (values: readonly string[]): ValueComparison => {
  const plain = values.map(value => value.replaceAll(' ', ''));
  const sets = Uint32Array.from(plain, letterSet);
  return {
    levels: LEVELS,
    assumed: usualMatches(LEVELS),
    between: (first, second) => {
      const a = plain[first]!;
      const b = plain[second]!;
      if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 2 : 0;
      if (cannotReach(STEPS[0], a, b, sets[first]!, sets[second]!)) return 0;
      const similarity = jaroWinkler(a, b);
      let level = 0;
      while (level < STEPS.length && similarity >= STEPS[level]!) level++;
      return level;
    },
  };
};
