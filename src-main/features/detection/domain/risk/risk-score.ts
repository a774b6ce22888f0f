import type { Severity, TestGroup } from '../forensic-test.ts';
import type { Hit, Units } from './finding-hits.ts';
import { testHits } from './finding-hits.ts';

/**
 * How far a full hit alone takes a score, by what a test of the group can say of a single unit. Set by judgement before any
 * labelled set was looked at, and not fitted (docs/specs/risk-score.md).
 */
export const GROUP_WEIGHTS: Readonly<Record<TestGroup, number>> = {
  duplicates: 0.6,
  flows: 0.6,
  amounts: 0.5,
  journal: 0.5,
  outliers: 0.4,
  sequence: 0.3,
  time: 0.3,
  digits: 0.15,
};

const SEVERITY_VALUE: Readonly<Record<Severity, number>> = {
  critical: 1,
  high: 0.8,
  medium: 0.6,
  low: 0.4,
  info: 0.25,
};

/**
 * Rarity of a hit among the units, 0 to 1: ln((N + 1) ÷ rank) ÷ ln(N + 1). 1 where no other unit is touched as strongly; near 0
 * where every unit is. Scores of different tests cannot be compared; places among the units can.
 */
export const rarity = (rank: number, units: number): number => Math.log((units + 1) / rank) / Math.log(units + 1);

/** What one hit contributes before the others are taken into account: weight × severity × rarity, 0 to 1. */
export const contribution = (weight: number, severity: Severity, rank: number, units: number): number =>
  weight * SEVERITY_VALUE[severity] * rarity(rank, units);

/** Weights by test id: a test without one takes no part. */
export type Weights = ReadonlyMap<string, number>;

/** Two decimals are what is shown and ranked by: finer differences are noise of the arithmetic. */
const rounded = (share: number): number => Math.round(share * 10_000) / 100;

/**
 * Every unit with a score above 0, highest first (equals by their number), and what makes up each score: entries `starts[i]` to
 * `starts[i + 1] - 1` belong to the unit at place i. Parallel arrays, so that a worker can hand them over.
 */
export interface RiskTable {
  readonly unitCount: number;
  readonly units: Uint32Array;
  /** 0 to 100 with two decimals. */
  readonly scores: Float64Array;
  /** Rows of each unit in any finding that counts, each once. */
  readonly rows: Uint32Array;
  readonly starts: Uint32Array;
  readonly tests: readonly string[];
  readonly weights: Float64Array;
  /** By entry: index of its test, index of its strongest hit, and what TestHits tells. */
  readonly testOf: Uint16Array;
  readonly hitOf: Uint32Array;
  readonly rankOf: Uint32Array;
  readonly rowsOf: Uint32Array;
  readonly findingsOf: Uint32Array;
}

/** Score = 100 × (1 − Π(1 − contribution)) over the tests that touch a unit: bounded, and no hit can lower it. */
export const riskTable = (hits: readonly Hit[], units: Units, weights: Weights): RiskTable => {
  const counted = hits.filter(({ test }) => (weights.get(test) ?? 0) > 0);
  const tests = testHits(counted, units);
  const remaining = new Float64Array(units.count).fill(1);
  const entries = new Uint32Array(units.count);
  for (const { test, units: touched, strongest, rank } of tests)
    for (let i = 0; i < touched.length; i++) {
      const { severity } = counted[strongest[i]!]!;
      remaining[touched[i]!]! *= 1 - contribution(weights.get(test)!, severity, rank[i]!, units.count);
      entries[touched[i]!]! += 1;
    }
  const scoreOf = remaining.map(share => rounded(1 - share));
  let count = 0;
  const touched = new Uint32Array(units.count);
  for (let unit = 0; unit < units.count; unit++) if (entries[unit]! > 0) touched[count++] = unit;
  const ranked = touched.slice(0, count).sort((a, b) => scoreOf[b]! - scoreOf[a]! || a - b);
  const placeOf = new Int32Array(units.count).fill(-1);
  const starts = new Uint32Array(count + 1);
  for (let place = 0; place < count; place++) {
    placeOf[ranked[place]!] = place;
    starts[place + 1] = starts[place]! + entries[ranked[place]!]!;
  }
  const total = starts[count]!;
  const table = {
    testOf: new Uint16Array(total),
    hitOf: new Uint32Array(total),
    rankOf: new Uint32Array(total),
    rowsOf: new Uint32Array(total),
    findingsOf: new Uint32Array(total),
  };
  const next = starts.slice();
  for (const [index, test] of tests.entries())
    for (let i = 0; i < test.units.length; i++) {
      const entry = next[placeOf[test.units[i]!]!]!++;
      table.testOf[entry] = index;
      table.hitOf[entry] = test.strongest[i]!;
      table.rankOf[entry] = test.rank[i]!;
      table.rowsOf[entry] = test.rows[i]!;
      table.findingsOf[entry] = test.findings[i]!;
    }
  const at = new Map(hits.map((hit, index) => [hit.ordinal, index]));
  return {
    unitCount: units.count,
    units: ranked,
    scores: Float64Array.from(ranked, unit => scoreOf[unit]!),
    rows: rowsOfUnits(counted, units, placeOf, count),
    starts,
    tests: tests.map(({ test }) => test),
    weights: Float64Array.from(tests, ({ test }) => weights.get(test)!),
    ...table,
    hitOf: table.hitOf.map(index => at.get(counted[index]!.ordinal)!),
  };
};

const rowsOfUnits = (hits: readonly Hit[], units: Units, placeOf: Int32Array, places: number): Uint32Array => {
  const seen = new Uint8Array(units.rowCount);
  const rows = new Uint32Array(places);
  for (const hit of hits)
    for (const row of hit.rows) {
      const unit = units.unitOf === null ? row : units.unitOf[row]!;
      if (unit < 0 || seen[row] === 1) continue;
      seen[row] = 1;
      rows[placeOf[unit]!]! += 1;
    }
  return rows;
};

export interface Addend {
  readonly test: string;
  readonly weight: number;
  /** Index among the hits of the strongest finding of the test that touches the unit. */
  readonly hit: number;
  readonly rank: number;
  /** Points of the score, with two decimals: all of them add up to it exactly. */
  readonly points: number;
  readonly rows: number;
  readonly findings: number;
}

/**
 * The addends of the score at a place, largest contribution first: the first takes its share of the way to 100, each next one
 * its share of what is left. `severityOf` tells the severity of a hit by its index.
 */
export const addendsAt = (table: RiskTable, place: number, severityOf: (hit: number) => Severity): Addend[] => {
  const entries = Array.from(
    { length: table.starts[place + 1]! - table.starts[place]! },
    (_, i) => table.starts[place]! + i,
  ).map(entry => {
    const index = table.testOf[entry]!;
    const hit = table.hitOf[entry]!;
    const weight = table.weights[index]!;
    const rank = table.rankOf[entry]!;
    return {
      test: table.tests[index]!,
      weight,
      hit,
      rank,
      rows: table.rowsOf[entry]!,
      findings: table.findingsOf[entry]!,
      share: contribution(weight, severityOf(hit), rank, table.unitCount),
    };
  });
  const score = Math.round(table.scores[place]! * 100);
  let remaining = 1;
  let told = 0;
  return entries
    .sort((a, b) => b.share - a.share || (a.test < b.test ? -1 : 1))
    .map(({ share, ...addend }, i) => {
      remaining *= 1 - share;
      // The last takes what rounding left, so that nothing is told that is not in the score.
      const sum = i === entries.length - 1 ? score : Math.min(score, Math.round((1 - remaining) * 10_000));
      const points = (sum - told) / 100;
      told = sum;
      return { ...addend, points };
    });
};
