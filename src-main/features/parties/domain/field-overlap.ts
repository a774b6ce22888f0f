import type { PatternCounts } from './pattern-counts.ts';

/** Two fields that agree together among non-matches more often than chance has it: the bits that the second's agreement says less. */
export interface FieldOverlap {
  readonly first: number;
  readonly second: number;
  readonly bits: number;
}

/** Overlaps of less are left to chance, and those that rest on fewer pairs. */
const LEAST_BITS = 1;
const LEAST_PAIRS = 5;

/**
 * Guards against fields that are not independent, as town and postcode are not: the logarithm of how much oftener than
 * by chance two fields are both equal among pairs that are no match. Of all fields' overlaps a maximum spanning tree is
 * kept (the dependence tree of Chow & Liu 1968), so that none is counted twice.
 */
export const fieldOverlaps = (
  samples: readonly { readonly patterns: PatternCounts; readonly matchOdds: Float64Array }[],
  levelCounts: readonly number[],
  u: readonly Float64Array[],
  totalPairs: number,
): FieldOverlap[] => {
  const size = levelCounts.length;
  const found: FieldOverlap[] = [];
  for (let first = 0; first < size; first++)
    for (let second = first + 1; second < size; second++) {
      let bits = 0;
      for (const [place, { patterns, matchOdds }] of samples.entries()) {
        let both = 0;
        let known = 0;
        for (let p = 0; p < patterns.patternCount; p++) {
          const a = patterns.level(p, first);
          const b = patterns.level(p, second);
          if (a < 0 || b < 0) continue;
          const others = patterns.count(p) / (1 + matchOdds[p]!);
          known += others;
          if (a === levelCounts[first]! - 1 && b === levelCounts[second]! - 1) both += others;
        }
        // The first sample are pairs drawn at random; the second the candidates, which hold nearly all pairs that agree twice.
        const among = place === 0 ? known : totalPairs;
        const expected = among * u[first]!.at(-1)! * u[second]!.at(-1)!;
        if (both >= LEAST_PAIRS) bits = Math.max(bits, Math.log2((both + 1) / (expected + 1)));
      }
      if (bits >= LEAST_BITS) found.push({ first, second, bits });
    }
  found.sort((a, b) => b.bits - a.bits || a.first - b.first || a.second - b.second);
  const tree = Array.from({ length: size }, (_, field) => field);
  const rootOf = (field: number): number => (tree[field] === field ? field : rootOf(tree[field]!));
  return found.filter(({ first, second }) => {
    const a = rootOf(first);
    const b = rootOf(second);
    tree[a] = b;
    return a !== b;
  });
};
