import { compareNames, compareTexts } from './compare-phrases.ts';
import type { PreparedField } from './prepared-field.ts';
import { randomBelow, seededRandom } from './seeded-random.ts';
import { normalized } from './shares.ts';
import { weighTokens } from './token-weights.ts';

/** Made-up values: all their pairs are compared. */
const VALUES = 700;
/** Words from which values count as equally long. */
const LONG = 6;
const UNSEEN = 0.5;
const SEED = 0x5a1f;

/**
 * The chance of each level of agreement between values that have nothing to do with each other, for a field of several
 * words that no other field helps to tell matches in: among values made up by drawing each word of a value from all words,
 * as often as they occur. Real pairs drawn at random would hold the very matches that are looked for. Null for other kinds.
 */
export const shuffledShares = ({ kind, tokens, cores }: PreparedField, levelCount: number): Float64Array | null => {
  if (tokens === null || tokens.words.length < 2) return null;
  // Words by the length of the values they stand in: a name of one word is another sort of word than those of long names.
  const pools: number[][] = Array.from({ length: LONG + 1 }, () => []);
  const lengths: number[] = [];
  for (let value = 0; value < cores.length; value++) {
    const length = tokens.starts[value + 1]! - tokens.starts[value]!;
    lengths.push(length);
    for (let t = tokens.starts[value]!; t < tokens.starts[value + 1]!; t++)
      pools[Math.min(length, LONG)]!.push(tokens.tokens[t]!);
  }
  const next = seededRandom(SEED);
  const made = Array.from({ length: VALUES }, () => {
    const length = lengths[randomBelow(next, lengths.length)]!;
    const pool = pools[Math.min(length, LONG)]!;
    return Array.from({ length }, () => tokens.words[pool[randomBelow(next, pool.length)]!]!).join(' ');
  }).filter(value => value !== '');
  const weights = weighTokens(made, new Uint32Array(made.length).fill(1));
  const comparison = kind === 'text' ? compareTexts(weights) : compareNames(made, weights);
  const shares = new Float64Array(levelCount).fill(UNSEEN);
  for (let first = 0; first < made.length; first++)
    for (let second = first + 1; second < made.length; second++) {
      // The same word drawn twice from a short list is no measure of how often two names are equal.
      if (made[first] === made[second]) continue;
      const level = comparison.between(first, second);
      shares[level] = shares[level]! + 1;
    }
  // More alike is rarer: a level takes the share of the next higher one at least.
  for (let level = levelCount - 2; level >= 0; level--) shares[level] = Math.max(shares[level]!, shares[level + 1]!);
  return normalized(shares);
};
