import fc from 'fast-check';
import { expect, it } from 'vitest';
import { estimateModel } from './estimate-model.ts';
import { probabilityOf } from './match-model.ts';
import { PatternCounts } from './pattern-counts.ts';
import { patternOdds } from './pattern-shares.ts';
import type { RecordComparison } from './record-comparison.ts';
import { seededRandom } from './seeded-random.ts';

const LEVELS = ['differ', 'alike', 'equal'];

const countsOf = (fields: number): PatternCounts =>
  new PatternCounts({ levels: Array.from({ length: fields }, () => LEVELS) } as unknown as RecordComparison);

/** Pairs drawn from a planted model; returns their patterns. */
const planted = (
  pairs: number,
  matches: number,
  m: readonly (readonly number[])[],
  u: readonly (readonly number[])[],
  seed: number,
): PatternCounts => {
  const next = seededRandom(seed);
  const draw = (shares: readonly number[]): number => {
    const drawn = next() / 2 ** 32;
    let sum = 0;
    return shares.findIndex(share => {
      sum += share;
      return drawn < sum;
    });
  };
  const counts = countsOf(m.length);
  for (let pair = 0; pair < pairs; pair++)
    counts.add(
      Int8Array.from(pair < matches ? m : u, shares => draw(shares)),
      1,
    );
  return counts;
};

const FIELD = { kind: 'word', levelCount: 3, assumed: Float64Array.of(0.15, 0.25, 0.6), chance: () => null } as const;

it('recovers the planted model (property: any m that agrees, any u that differs)', () => {
  const agreeing = fc
    .tuple(fc.double({ min: 0.05, max: 0.25, noNaN: true }), fc.double({ min: 0.05, max: 0.25, noNaN: true }))
    .map(([differ, alike]) => [differ, alike, 1 - differ - alike]);
  const differing = fc
    .tuple(fc.double({ min: 0.0005, max: 0.004, noNaN: true }), fc.double({ min: 0.001, max: 0.01, noNaN: true }))
    .map(([equal, alike]) => [1 - equal - alike, alike, equal]);
  const four = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(four(agreeing), four(differing), fc.integer({ min: 1, max: 1e6 }), (m, u, seed) => {
      const pairs = 200_000;
      const matches = 1_000;
      const patterns = planted(pairs, matches, m, u, seed);
      const { model, expectedMatches, assumed } = estimateModel(patterns, patterns, Array(4).fill(FIELD), pairs, 1_000);
      expect(assumed).toEqual([]);
      // Sampling alone moves a share of 1,000 matches by up to 0.016 (one standard deviation): four of them, and some bias of the sessions.
      expect(Math.abs(expectedMatches - matches)).toBeLessThan(60);
      for (const [f, shares] of model.m.entries())
        for (const [level, share] of shares.entries()) expect(Math.abs(share - m[f]![level]!)).toBeLessThan(0.08);
      for (const [f, shares] of model.u.entries())
        expect(Math.abs(Math.log2(shares[2]! / u[f]![2]!))).toBeLessThan(0.7);
    }),
    { numRuns: 12, seed: 7 },
  );
}, 120_000);

it('gives calibrated probabilities: as many matches as the patterns’ probabilities add up to', () => {
  const m = [
    [0.1, 0.2, 0.7],
    [0.2, 0.2, 0.6],
    [0.15, 0.15, 0.7],
  ];
  const u = [
    [0.98, 0.015, 0.005],
    [0.97, 0.02, 0.01],
    [0.985, 0.01, 0.005],
  ];
  const patterns = planted(300_000, 1_500, m, u, 11);
  const { model } = estimateModel(patterns, patterns, Array(3).fill(FIELD), 300_000, 1_500);
  const odds = patternOdds(patterns, model);
  let sum = 0;
  for (let p = 0; p < patterns.patternCount; p++) sum += patterns.count(p) * (odds[p]! / (1 + odds[p]!));
  expect(Math.abs(sum - 1_500)).toBeLessThan(150);
});

it('takes an unknown value for no evidence', () => {
  const patterns = countsOf(2);
  patterns.add(Int8Array.of(2, -1), 10);
  patterns.add(Int8Array.of(0, 0), 1_000);
  const model = {
    prior: 0.01,
    m: [Float64Array.of(0.1, 0.2, 0.7), Float64Array.of(0.1, 0.2, 0.7)],
    u: [Float64Array.of(0.8, 0.1, 0.1), Float64Array.of(0.8, 0.1, 0.1)],
  };
  // 0.01 ÷ 0.99 · 0.7 ÷ 0.1, and nothing for the second field.
  expect(patternOdds(patterns, model)[0]).toBeCloseTo((0.01 / 0.99) * 7, 12);
});

it('starts from stated chances where no other field anchors one', () => {
  const patterns = planted(10_000, 50, [[0.1, 0.2, 0.7]], [[0.98, 0.015, 0.005]], 3);
  const chance = Float64Array.of(0.9, 0.09, 0.01);
  const estimate = estimateModel(patterns, patterns, [{ ...FIELD, chance: () => chance }], 10_000, 200);
  expect(estimate.assumed).toEqual([0]);
  expect(estimate.priorEstimated).toBe(false);
  expect(estimate.model.prior).toBeCloseTo((0.1 * 200) / 10_000, 12);
  expect([...estimate.model.u[0]!]).toEqual([...chance]);
});

it('turns bits into probabilities', () => {
  expect([probabilityOf(0), probabilityOf(Number.POSITIVE_INFINITY)]).toEqual([0.5, 1]);
  expect(probabilityOf(Math.log2(9))).toBeCloseTo(0.9, 12);
});

it('has nothing to estimate where there is no pair: prior 0, the assumed m, and every share a number', () => {
  const none = countsOf(1);
  for (const rowCount of [0, 1]) {
    const { model, rounds, expectedMatches, assumed } = estimateModel(none, none, [FIELD], 0, rowCount);
    expect({ prior: model.prior, rounds, expectedMatches, assumed }).toEqual({
      prior: 0,
      rounds: 0,
      expectedMatches: 0,
      assumed: [0],
    });
    expect([...model.m[0]!]).toEqual([...FIELD.assumed]);
    expect(model.u[0]!.every(Number.isFinite)).toBe(true);
  }
});
