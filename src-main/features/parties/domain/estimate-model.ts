import { expectedCounts } from './expected-chance.ts';
import type { FieldKind } from './field-kind.ts';
import type { MatchModel } from './match-model.ts';
import type { PatternCounts } from './pattern-counts.ts';
import { chanceShares, matchRatios } from './pattern-shares.ts';
import { anchorsOf, runSession, type Session, anchors as tells } from './training-session.ts';

/** A field as the estimate sees it. */
export interface EstimatedField {
  readonly kind: FieldKind;
  readonly levelCount: number;
  /** m before any estimate. */
  readonly assumed: Float64Array;
  /** Chances of the levels among non-matches by another way than pairs drawn at random; null where there is none. */
  readonly chance: () => Float64Array | null;
}

/** The estimated model, what it was estimated from and how it went. */
export interface Estimate {
  readonly model: MatchModel;
  readonly rounds: number;
  readonly converged: boolean;
  /** Matches expected among all pairs. */
  readonly expectedMatches: number;
  readonly sessions: readonly Session[];
  /** False: the prior is an assumption too. */
  readonly priorEstimated: boolean;
  /** Fields whose m could not be estimated, since no other field anchored a session: the assumed values stand. */
  readonly assumed: readonly number[];
}

const MOST_ROUNDS = 12;
const PRIOR_ITERATIONS = 500;
const MOST_PRIOR = 0.1;
/** Matches a row to start from; and those taken for granted where no field anchors a session, so that none can be estimated. */
const FIRST_MATCHES = 0.3;
const ASSUMED_MATCHES = 0.1;
/** Change of any share, and of the prior relative to itself, below which the estimate has settled. */
const SETTLED = 1e-4;

/**
 * Estimates the model without labels, in rounds:
 * m in sessions, each on the pairs that agree on one telling field and by EM on the others, as Splink trains (a latent
 * class over all pairs at once settles on any dependence of the fields, such as one town's shops); u from pairs drawn at
 * random, each counting by its chance of being no match, or from `chance` for a field that no other one anchors; the prior
 * by EM with m and u held, over the candidates, all other pairs being taken for non-matches. `rowCount` sizes the sessions.
 * Without any pair the prior is 0 and the assumed m stand.
 */
export const estimateModel = (
  candidates: PatternCounts,
  random: PatternCounts,
  fields: readonly EstimatedField[],
  totalPairs: number,
  rowCount: number,
): Estimate => {
  const levelCounts = fields.map(({ levelCount }) => levelCount);
  const anchors = anchorsOf(candidates, random, levelCounts, totalPairs, rowCount);
  const assumed = levelCounts.flatMap((_, f) => (anchors.some(anchor => tells(anchor, f)) ? [] : [f]));
  const expected = fields.map(({ kind, levelCount }) => expectedCounts(kind, levelCount, random.total));
  const stated = fields.map(({ chance }, f) => (assumed.includes(f) ? chance() : null));
  const chances = (model: MatchModel): Float64Array[] =>
    chanceShares(random, expected, model).map((shares, f) => stated[f] ?? shares);
  const assumedM = fields.map(field => field.assumed);
  let m: readonly Float64Array[] = assumedM;
  let u: readonly Float64Array[] = chances({ prior: 0, m, u: m });
  // Nothing to compare, nothing to match: what is divided by the number of pairs below has no value.
  if (totalPairs === 0) {
    const untold = [...fields.keys()];
    const model = { prior: 0, m, u };
    return {
      model,
      rounds: 0,
      converged: true,
      expectedMatches: 0,
      sessions: [],
      priorEstimated: false,
      assumed: untold,
    };
  }
  const estimable = assumed.length < fields.length;
  let prior = Math.min(MOST_PRIOR, ((estimable ? FIRST_MATCHES : ASSUMED_MATCHES) * rowCount) / totalPairs);
  let expectedMatches = 0;
  let sessions: Session[] = [];
  let rounds = 0;
  let converged = false;
  while (rounds < MOST_ROUNDS && !converged) {
    rounds++;
    sessions = anchors.map(anchor => runSession(candidates, anchor, { prior, m, u }, assumedM));
    const nextM = combined(sessions, m);
    const settled = settlePrior(candidates, { prior, m: nextM, u }, totalPairs, estimable);
    const nextU = chances({ prior: settled.prior, m: nextM, u });
    converged = Math.max(distance(m, nextM), distance(u, nextU), Math.abs(settled.prior - prior) / prior) < SETTLED;
    m = nextM;
    u = nextU;
    prior = settled.prior;
    expectedMatches = settled.expectedMatches;
  }
  return { model: { prior, m, u }, rounds, converged, expectedMatches, sessions, priorEstimated: estimable, assumed };
};

/** Each field's m over the sessions of other fields, weighted by the matches they hold and by the share these are of a session's pairs. */
const combined = (sessions: readonly Session[], before: readonly Float64Array[]): Float64Array[] =>
  before.map((shares, f) => {
    const sum = new Float64Array(shares.length);
    let weights = 0;
    for (const { anchor, m, expectedMatches, share } of sessions) {
      if (!tells(anchor, f) || expectedMatches < 1) continue;
      const weight = expectedMatches * share;
      weights += weight;
      m[f]!.forEach((value, level) => {
        sum[level] = sum[level]! + weight * value;
      });
    }
    return weights === 0 ? shares.slice() : sum.map(value => value / weights);
  });

/** EM of the prior alone; with `estimable` false the matches are counted and the prior stays. */
const settlePrior = (
  candidates: PatternCounts,
  { prior: start, m, u }: MatchModel,
  totalPairs: number,
  estimable: boolean,
): { prior: number; expectedMatches: number } => {
  const ratios = matchRatios(candidates, { m, u });
  let prior = start;
  let expectedMatches = 0;
  for (let i = 0; i < PRIOR_ITERATIONS; i++) {
    const odds = prior / (1 - prior);
    expectedMatches = 0;
    for (let p = 0; p < ratios.length; p++) {
      const value = odds * ratios[p]!;
      expectedMatches += candidates.count(p) * (value === Number.POSITIVE_INFINITY ? 1 : value / (1 + value));
    }
    if (!estimable) break;
    const next = Math.min(0.5, Math.max(expectedMatches, 0.5) / totalPairs);
    const change = Math.abs(next - prior) / prior;
    prior = next;
    if (change < SETTLED / 10) break;
  }
  return { prior, expectedMatches };
};

const distance = (before: readonly Float64Array[], after: readonly Float64Array[]): number => {
  let most = 0;
  before.forEach((shares, f) => {
    shares.forEach((share, level) => {
      most = Math.max(most, Math.abs(share - after[f]![level]!));
    });
  });
  return most;
};
