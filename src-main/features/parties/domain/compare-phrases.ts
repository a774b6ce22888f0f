import { cannotReach, editDistance, jaroWinkler, letterSet, lettersMissing } from './string-similarity.ts';
import type { TokenWeights } from './token-weights.ts';
import { usualMatches, type ValueComparison } from './value-comparison.ts';

/** Words count as one another's spelling from this Jaro-Winkler similarity (SoftTFIDF: Cohen, Ravikumar & Fienberg 2003). */
const SAME_WORD = 0.9;
/** Letters a word must have to be taken for a misspelling of another. */
const SPELT = 4;
/** Share of the lighter value's weight that stands in the other one for it to be contained. */
const CONTAINED = 0.95;
/** Letters without blanks from which one slip, and two, leave a name nearly equal. */
const ONE_SLIP = 5;
const TWO_SLIPS = 14;

interface Overlap {
  /** Both values hold numbers, and none of the one's is in the other. */
  otherNumbers: boolean;
  /** Cosine of the two vectors, misspelt words counting by their similarity. */
  cosine: number;
  /** Share of the squared weight of the more contained value that stands in the other. */
  contained: number;
}

/** Measures two values' words. Reuses its answer: read it before the next call. */
const overlapMeasure = ({ words, starts, tokens, weights }: TokenWeights): ((a: number, b: number) => Overlap) => {
  const sets = Uint32Array.from(words, letterSet);
  const digital = Uint8Array.from(words, word => (/^\d+$/.test(word) ? 1 : 0));
  const restA: number[] = [];
  const restB: number[] = [];
  const result: Overlap = { otherNumbers: false, cosine: 0, contained: 0 };
  const alike = (s: number, t: number): number => {
    const v = words[s]!;
    const w = words[t]!;
    if (v.length < SPELT || w.length < SPELT || digital[s] === 1 || digital[t] === 1) return 0;
    if (cannotReach(SAME_WORD, v, w, sets[s]!, sets[t]!)) return 0;
    const similarity = jaroWinkler(v, w);
    return similarity >= SAME_WORD ? similarity : 0;
  };
  return (a, b) => {
    restA.length = 0;
    restB.length = 0;
    let cosine = 0;
    let inA = 0;
    let inB = 0;
    let sameNumber = false;
    let numbersA = false;
    let numbersB = false;
    let i = starts[a]!;
    let j = starts[b]!;
    const endA = starts[a + 1]!;
    const endB = starts[b + 1]!;
    while (i < endA && j < endB) {
      const s = tokens[i]!;
      const t = tokens[j]!;
      if (s === t) {
        cosine += weights[i]! * weights[j]!;
        inA += weights[i]! * weights[i]!;
        inB += weights[j]! * weights[j]!;
        if (digital[s] === 1) sameNumber = true;
        i++;
        j++;
      } else if (s < t) restA.push(i++);
      else restB.push(j++);
    }
    while (i < endA) restA.push(i++);
    while (j < endB) restB.push(j++);
    for (const y of restB) if (digital[tokens[y]!] === 1) numbersB = true;
    for (const x of restA) {
      if (digital[tokens[x]!] === 1) numbersA = true;
      let best = 0;
      let at = -1;
      for (let k = 0; k < restB.length; k++) {
        if (restB[k]! < 0) continue;
        const similarity = alike(tokens[x]!, tokens[restB[k]!]!);
        if (similarity > best) {
          best = similarity;
          at = k;
        }
      }
      if (at < 0) continue;
      const y = restB[at]!;
      restB[at] = -1;
      cosine += best * weights[x]! * weights[y]!;
      inA += best * weights[x]! * weights[x]!;
      inB += best * weights[y]! * weights[y]!;
    }
    result.otherNumbers = numbersA && numbersB && !sameNumber;
    result.cosine = cosine;
    result.contained = Math.max(inA, inB);
    return result;
  };
};

const NAME_LEVELS = [
  'differ',
  'share words',
  'alike, other numbers',
  'one contains the other',
  'alike',
  'much alike',
  'nearly equal',
  'same but for form',
  'equal',
];
/** One party's names differ in form, blanks and additions; other numbers are other branches, plots or people. */
const NAME_MATCHES = [0.08, 0.036, 0.004, 0.05, 0.06, 0.08, 0.12, 0.22, 0.35];
const NAME_STEPS = [0.4, 0.6, 0.8, 0.92] as const;

/** Whether one or, in long names, two slips of the pen lie between two values written without blanks. */
const slips = (a: string, b: string, setA: number, setB: number): boolean => {
  const shorter = Math.min(a.length, b.length);
  if (shorter < ONE_SLIP) return false;
  const most = shorter >= TWO_SLIPS ? 2 : 1;
  // Each letter that only one of them has costs a slip.
  if (Math.abs(a.length - b.length) > most || lettersMissing(setA, setB) > most) return false;
  return editDistance(a, b, most) <= most;
};

/**
 * Names of firms, full names and addresses: the soft TF-IDF cosine in steps, containment, and equality of the `cores`
 * (the values without legal forms and noise, words sorted). The weights are those of the cores.
 */
export const compareNames = (cores: readonly string[], tokens: TokenWeights): ValueComparison => {
  const overlap = overlapMeasure(tokens);
  const sorted = cores.map(core => core.split(' ').sort().join(' '));
  const squeezed = cores.map(core => core.replaceAll(' ', ''));
  const sets = Uint32Array.from(squeezed, letterSet);
  return {
    levels: NAME_LEVELS,
    assumed: NAME_MATCHES,
    between: (one, other) => {
      const first = Math.min(one, other);
      const second = Math.max(one, other);
      if (sorted[first] === sorted[second] || squeezed[first] === squeezed[second]) return 7;
      const { otherNumbers, cosine, contained } = overlap(first, second);
      const similarity = slips(squeezed[first]!, squeezed[second]!, sets[first]!, sets[second]!)
        ? Math.max(cosine, NAME_STEPS[3])
        : cosine;
      if (otherNumbers) return similarity >= NAME_STEPS[1] ? 2 : similarity >= NAME_STEPS[0] ? 1 : 0;
      if (similarity >= NAME_STEPS[3]) return 6;
      if (similarity >= NAME_STEPS[2]) return 5;
      if (similarity >= NAME_STEPS[1]) return 4;
      if (contained >= CONTAINED) return 3;
      return similarity >= NAME_STEPS[0] ? 1 : 0;
    },
  };
};

const TEXT_STEPS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;
const TEXT_LEVELS = ['differ', ...TEXT_STEPS.map(step => `cosine from ${step}`), 'equal'];

/** Titles and descriptions: the soft TF-IDF cosine in tenths. */
export const compareTexts = (tokens: TokenWeights): ValueComparison => {
  const overlap = overlapMeasure(tokens);
  return {
    levels: TEXT_LEVELS,
    assumed: usualMatches(TEXT_LEVELS),
    between: (one, other) => {
      const { cosine } = overlap(Math.min(one, other), Math.max(one, other));
      let level = 0;
      while (level < TEXT_STEPS.length && cosine >= TEXT_STEPS[level]!) level++;
      return level;
    },
  };
};
