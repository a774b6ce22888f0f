import type { MatchModel } from './match-model.ts';
import type { PatternCounts } from './pattern-counts.ts';
import { normalized, sumOf } from './shares.ts';

/** Share of a field's pairs that must be known in another field too, for only these to count. */
const LEAST_KNOWN = 0.02;

/**
 * u: shares of the levels of each field among pairs drawn at random, each counting by its chance of being no match. Pairs
 * known in no other field are left out, since nothing tells the matches among them; where hardly any others are left, all
 * count. On top of `expected` counts.
 */
export const chanceShares = (
  random: PatternCounts,
  expected: readonly Float64Array[],
  model: MatchModel,
): Float64Array[] => {
  const odds = patternOdds(random, model);
  const told = expected.map(counts => counts.slice());
  const alone = expected.map(counts => new Float64Array(counts.length));
  for (let p = 0; p < random.patternCount; p++) {
    const others = random.count(p) / (1 + odds[p]!);
    let known = 0;
    for (let f = 0; f < expected.length; f++) if (random.level(p, f) >= 0) known++;
    for (let f = 0; f < expected.length; f++) {
      const level = random.level(p, f);
      if (level < 0) continue;
      const counts = known > 1 ? told[f]! : alone[f]!;
      counts[level] = counts[level]! + others;
    }
  }
  return told.map((counts, f) => {
    const rest = alone[f]!;
    const enough = sumOf(counts) >= LEAST_KNOWN * (sumOf(counts) + sumOf(rest));
    return normalized(enough ? counts : counts.map((count, level) => count + rest[level]!));
  });
};

/** Each pattern's likelihood ratio of a match to none: the product of m ÷ u over the fields known in it. */
export const matchRatios = (patterns: PatternCounts, { m, u }: Pick<MatchModel, 'm' | 'u'>): Float64Array => {
  const ratios = m.map((levels, f) => levels.map((value, level) => value / u[f]![level]!));
  return Float64Array.from({ length: patterns.patternCount }, (_, p) => {
    let ratio = 1;
    for (let f = 0; f < ratios.length; f++) {
      const level = patterns.level(p, f);
      if (level >= 0) ratio *= ratios[f]![level]!;
    }
    return ratio;
  });
};

/** Each pattern's odds of a match. */
export const patternOdds = (patterns: PatternCounts, model: MatchModel): Float64Array => {
  const start = model.prior / (1 - model.prior);
  return matchRatios(patterns, model).map(ratio => start * ratio);
};
