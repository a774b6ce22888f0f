import type { MatchModel } from './match-model.ts';
import type { PatternCounts } from './pattern-counts.ts';
import { normalized } from './shares.ts';

/** One field, or two, and the levels from which pairs that agree on them are few enough for matches to stand out among them. */
export interface Anchor {
  readonly parts: readonly { readonly field: number; readonly level: number }[];
}

/** Whether an anchor's session tells a field's m: not that of the field it was chosen by. */
export const anchors = ({ parts }: Anchor, field: number): boolean => parts.every(part => part.field !== field);

/** What EM found on the pairs of one anchor. */
export interface Session {
  readonly anchor: Anchor;
  readonly pairs: number;
  readonly expectedMatches: number;
  /** Share of matches among its pairs. */
  readonly share: number;
  readonly m: readonly Float64Array[];
}

/** A session holds at most so many pairs a row, or matches would drown in it; and at least so many pairs. */
const MOST_PAIRS_A_ROW = 5;
const LEAST_PAIRS = 5;
/** Equality that gives fewer pairs a row than this is widened by the next levels, up to so many pairs a row. */
const FEW_PAIRS_A_ROW = 0.3;
const WIDENED_PAIRS_A_ROW = 0.5;
/** How many pairs the assumed m counts for. */
const ASSUMED_PAIRS = 4;
/** Anchors of two fields, those that hold the fewest pairs first. */
const MOST_DOUBLES = 6;
const MOST_ITERATIONS = 100;
const SETTLED = 1e-5;

/** What can anchor sessions: telling fields each alone; where these leave a field untold, pairs of commoner fields. */
export const anchorsOf = (
  candidates: PatternCounts,
  random: PatternCounts,
  levelCounts: readonly number[],
  totalPairs: number,
  rowCount: number,
): Anchor[] => {
  const found = tails(candidates, levelCounts);
  const drawn = tails(random, levelCounts);
  const scale = totalPairs / Math.max(1, random.total);
  const singles = levelCounts.flatMap((count, field): Anchor[] => {
    const pairs = (level: number): number => Math.max(found[field]![level]!, drawn[field]![level]! * scale);
    let level = count - 1;
    if (pairs(level) > MOST_PAIRS_A_ROW * rowCount) return [];
    while (
      level > 1 &&
      found[field]![level]! < FEW_PAIRS_A_ROW * rowCount &&
      pairs(level - 1) <= WIDENED_PAIRS_A_ROW * rowCount
    )
      level--;
    return found[field]![level]! < LEAST_PAIRS ? [] : [{ parts: [{ field, level }] }];
  });
  if (levelCounts.every((_, field) => singles.some(anchor => anchors(anchor, field)))) return singles;
  return [...singles, ...doubleAnchors(candidates, levelCounts, singles, rowCount)];
};

/** Pairs of fields that cannot anchor alone and are both equal in few pairs. */
const doubleAnchors = (
  candidates: PatternCounts,
  levelCounts: readonly number[],
  singles: readonly Anchor[],
  rowCount: number,
): Anchor[] => {
  const common = [...levelCounts.keys()].filter(field => singles.every(anchor => anchors(anchor, field)));
  const doubles = common.flatMap((first, i) =>
    common.slice(i + 1).map(second => {
      let pairs = 0;
      for (let p = 0; p < candidates.patternCount; p++)
        if (
          candidates.level(p, first) === levelCounts[first]! - 1 &&
          candidates.level(p, second) === levelCounts[second]! - 1
        )
          pairs += candidates.count(p);
      return { first, second, pairs };
    }),
  );
  return doubles
    .filter(({ pairs }) => pairs >= LEAST_PAIRS && pairs <= MOST_PAIRS_A_ROW * rowCount)
    .sort((a, b) => a.pairs - b.pairs || a.first - b.first || a.second - b.second)
    .slice(0, MOST_DOUBLES)
    .map(({ first, second }) => ({
      parts: [first, second].map(field => ({ field, level: levelCounts[field]! - 1 })),
    }));
};

/** For each field and level the pairs at it or above. */
const tails = (patterns: PatternCounts, levelCounts: readonly number[]): Float64Array[] => {
  const sums = levelCounts.map(count => new Float64Array(count));
  for (let p = 0; p < patterns.patternCount; p++)
    for (let f = 0; f < sums.length; f++) {
      const level = patterns.level(p, f);
      if (level >= 0) sums[f]![level] = sums[f]![level]! + patterns.count(p);
    }
  for (const sum of sums)
    for (let level = sum.length - 2; level >= 0; level--) sum[level] = sum[level]! + sum[level + 1]!;
  return sums;
};

/**
 * EM (Dempster, Laird & Rubin 1977; for linkage Winkler 1988) on the pairs that agree on the anchor's field: the share of
 * matches among them and the other fields' m, u held. Starts from the model's m.
 */
export const runSession = (
  candidates: PatternCounts,
  anchor: Anchor,
  { m: startM, u }: MatchModel,
  assumed: readonly Float64Array[],
): Session => {
  const told = assumed.map((_, field) => anchors(anchor, field));
  const patterns: number[] = [];
  let pairs = 0;
  for (let p = 0; p < candidates.patternCount; p++)
    if (anchor.parts.every(({ field, level }) => candidates.level(p, field) >= level)) {
      patterns.push(p);
      pairs += candidates.count(p);
    }
  let m: readonly Float64Array[] = startM;
  let share = 0.5;
  let expectedMatches = 0;
  for (let i = 0; i < MOST_ITERATIONS; i++) {
    const ratios = m.map((levels, f) => levels.map((value, level) => value / u[f]![level]!));
    const counts = assumed.map(shares => shares.map(value => value * ASSUMED_PAIRS));
    const start = share / (1 - share);
    expectedMatches = 0;
    for (const p of patterns) {
      let odds = start;
      for (let f = 0; f < ratios.length; f++) {
        const level = candidates.level(p, f);
        if (level >= 0 && told[f]) odds *= ratios[f]![level]!;
      }
      const matches = candidates.count(p) * (odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds));
      expectedMatches += matches;
      for (let f = 0; f < counts.length; f++) {
        const level = candidates.level(p, f);
        if (level >= 0) counts[f]![level] = counts[f]![level]! + matches;
      }
    }
    const next = counts.map(normalized);
    const nextShare = Math.min(0.999, Math.max(0.001, expectedMatches / pairs));
    let change = Math.abs(nextShare - share);
    next.forEach((levels, f) => {
      if (told[f])
        levels.forEach((value, level) => {
          change = Math.max(change, Math.abs(value - m[f]![level]!));
        });
    });
    m = next;
    share = nextShare;
    if (change < SETTLED) break;
  }
  return { anchor, pairs, expectedMatches, share, m };
};
