import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Severity } from '../forensic-test.ts';
import type { Hit, Units } from './finding-hits.ts';
import { testHits } from './finding-hits.ts';
import { addendsAt, contribution, rarity, riskTable } from './risk-score.ts';

const hit = (test: string, ordinal: number, severity: Severity, score: number, rows: readonly number[]): Hit => ({
  test,
  ordinal,
  severity,
  score,
  rows: Uint32Array.from(rows),
});
const ROWS: Units = { count: 9, rowCount: 9, unitOf: null };
const WEIGHTS = new Map([
  ['gap', 0.3],
  ['twin', 0.6],
]);

describe('what tests say of units', () => {
  it('ranks by severity, then by score; equals share the number of all of them', () => {
    const [gap] = testHits(
      [hit('gap', 1, 'low', 0.9, [0, 1]), hit('gap', 2, 'high', 0.1, [2]), hit('gap', 3, 'low', 0.9, [1, 3])],
      ROWS,
    );
    expect([...gap!.units]).toEqual([2, 0, 1, 3]);
    expect([...gap!.rank]).toEqual([1, 4, 4, 4]);
    expect([...gap!.findings]).toEqual([1, 1, 2, 1]);
  });

  it('counts rows of an account once, and leaves rows of no account out', () => {
    const accounts: Units = { count: 2, rowCount: 4, unitOf: Int32Array.from([0, 0, 1, -1]) };
    const [gap] = testHits([hit('gap', 1, 'low', 1, [0, 1, 3]), hit('gap', 2, 'low', 1, [1, 2])], accounts);
    expect([...gap!.units]).toEqual([0, 1]);
    expect([...gap!.rows]).toEqual([2, 1]);
    expect([...gap!.findings]).toEqual([2, 1]);
  });
});

// The worked example of docs/specs/risk-score.md, computed there by hand.
describe('the score', () => {
  const hits = [hit('gap', 1, 'low', 0.5, [4, 5]), hit('twin', 2, 'high', 0.5, [4])];
  it('is 100 × (1 − product), with addends that add up to it', () => {
    // twin: .6 × .8 × ln(10/1)/ln 10 = .48; gap: .3 × .4 × ln(10/2)/ln 10 = .12 × .69897 = .0839
    const table = riskTable(hits, ROWS, WEIGHTS);
    expect([...table.units]).toEqual([4, 5]);
    expect([...table.scores]).toEqual([52.36, 8.39]);
    const addends = addendsAt(table, 0, index => hits[index]!.severity);
    expect(addends.map(({ test, points, rank }) => [test, points, rank])).toEqual([
      ['twin', 48, 1],
      ['gap', 4.36, 2],
    ]);
  });

  it('knows only tests with a weight', () => {
    expect(riskTable([hit('other', 1, 'critical', 1, [0])], ROWS, WEIGHTS).units).toHaveLength(0);
  });

  it('is rarity 1 for a single unit, and never 0 where all are touched', () => {
    expect(rarity(1, 1)).toBe(1);
    expect(rarity(1000, 1000)).toBeGreaterThan(0);
  });
});

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];
const randomHits = fc
  .array(
    fc.record({
      test: fc.constantFrom('gap', 'twin'),
      severity: fc.constantFrom(...SEVERITIES),
      score: fc.constantFrom(0, 0.25, 0.5, 1),
      rows: fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 12 },
  )
  .map(list =>
    list.map((each, i) =>
      hit(
        each.test,
        i,
        each.severity,
        each.score,
        each.rows.sort((a, b) => a - b),
      ),
    ),
  );

describe('properties', () => {
  it('bounded; addends add up to the score exactly', () => {
    fc.assert(
      fc.property(randomHits, hits => {
        const table = riskTable(hits, ROWS, WEIGHTS);
        for (const [place, score] of table.scores.entries()) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
          const addends = addendsAt(table, place, index => hits[index]!.severity);
          const sum = addends.reduce((total, { points }) => total + Math.round(points * 100), 0);
          expect(sum).toBe(Math.round(score * 100));
          for (const { points } of addends) expect(points).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('a hit of another test never lowers a score', () => {
    fc.assert(
      fc.property(randomHits, fc.integer({ min: 0, max: 8 }), (hits, row) => {
        const weights = new Map([...WEIGHTS, ['new', 0.5]]);
        const scores = (list: readonly Hit[]): Map<number, number> => {
          const { units, scores: all } = riskTable(list, ROWS, weights);
          return new Map([...units].map((unit, i) => [unit, all[i]!]));
        };
        const before = scores(hits);
        const after = scores([...hits, hit('new', 99, 'low', 0.5, [row])]);
        for (const [unit, score] of before) expect(after.get(unit)).toBeGreaterThanOrEqual(score);
        expect(after.get(row)).toBeGreaterThan(before.get(row) ?? 0);
      }),
    );
  });

  it('does not depend on the order of the findings', () => {
    fc.assert(
      fc.property(randomHits, hits => {
        const told = (list: readonly Hit[]): unknown => {
          const { units, scores, rows } = riskTable(list, ROWS, WEIGHTS);
          return [[...units], [...scores], [...rows]];
        };
        expect(told(hits.toReversed())).toEqual(told(hits));
      }),
    );
  });

  it('agrees with a plain recomputation over a list', () => {
    fc.assert(
      fc.property(randomHits, hits => {
        const { units, scores } = riskTable(hits, ROWS, WEIGHTS);
        const strength = ({ severity, score }: Hit): number => SEVERITIES.indexOf(severity) * 2 + score;
        for (const [place, unit] of units.entries()) {
          let left = 1;
          for (const [test, weight] of WEIGHTS) {
            const best = (row: number): Hit | undefined =>
              hits
                .filter(each => each.test === test && each.rows.includes(row))
                .sort((a, b) => strength(b) - strength(a))[0];
            const own = best(unit);
            if (own === undefined) continue;
            const asStrong = Array.from({ length: 9 }, (_, row) => best(row)).filter(
              other => other !== undefined && strength(other) >= strength(own),
            );
            left *= 1 - contribution(weight, own.severity, asStrong.length, 9);
          }
          expect(scores[place]).toBeCloseTo(100 * (1 - left), 1);
        }
      }),
    );
  });
});
