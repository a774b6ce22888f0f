import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anomalyScore, averagePath, contributions, growForest, type Points, pathSum } from './isolation-trees.ts';
import { randomStream } from './seeded-random.ts';

const pointsOf = (rows: readonly (readonly number[])[]): Points => ({
  count: rows.length,
  width: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
});
const fileOrder = ({ count }: Points): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);
const scoresOf = (points: Points, trees: number, sample: number): number[] => {
  const forest = growForest(points, fileOrder(points), { trees, sample, seed: 1 });
  return Array.from(fileOrder(points), i => anomalyScore(pathSum(forest, points, i, 0, trees) / trees, forest.sample));
};

describe('averagePath', () => {
  it('is c(n) of Liu, Ting and Zhou (2008), equation 1', () => {
    // c(256) is the customary 10.24; c(3) = 2 (ln 2 + 0.5772156649) - 4/3 by hand.
    expect(averagePath(256)).toBeCloseTo(10.2448, 4);
    expect(averagePath(3)).toBeCloseTo(1.2074, 4);
    expect([averagePath(2), averagePath(1), averagePath(0)]).toEqual([1, 0, 0]);
  });
});

describe('isolation forest', () => {
  it('scores as scikit-learn 1.9.1 does on the example of its documentation', () => {
    // -IsolationForest(n_estimators=20000, max_samples=4, random_state=0).fit(X).score_samples(X), X = [[-1.1],[0.3],[0.5],[100]]
    const scores = scoresOf(pointsOf([[-1.1], [0.3], [0.5], [100]]), 20_000, 4);
    for (const [i, expected] of [0.4538, 0.3255, 0.3411, 0.6835].entries()) expect(scores[i]).toBeCloseTo(expected, 2);
  });

  it('scores as scikit-learn 1.9.1 does on a grid with two strangers', () => {
    // n_estimators=5000, max_samples=64; rows 0, 5, 55, 99, 100, 101 of 10 × 10 grid points, (30, 30) and (0, 40).
    const grid = Array.from({ length: 100 }, (_, i) => [i % 10, Math.floor(i / 10)]);
    const scores = scoresOf(pointsOf([...grid, [30, 30], [0, 40]]), 5000, 64);
    const expected = [0.5763, 0.5171, 0.4527, 0.577, 0.7802, 0.7501];
    for (const [i, row] of [0, 5, 55, 99, 100, 101].entries()) expect(scores[row]).toBeCloseTo(expected[i]!, 2);
  });

  const cloud = fc
    .array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.double({ min: -1, max: 1, noNaN: true })), {
      minLength: 2,
      maxLength: 60,
    })
    .map(rows => pointsOf(rows));

  it('splits every point by the recorded thresholds, and contributions add up to c(ψ) - E(h) (property)', () => {
    fc.assert(
      fc.property(cloud, fc.integer({ min: 2, max: 64 }), (points, sample) => {
        const forest = growForest(points, fileOrder(points), { trees: 10, sample, seed: 3 });
        for (let row = 0; row < points.count; row++) {
          const mean = pathSum(forest, points, row, 0, 10) / 10;
          const credits = contributions(forest, points, row);
          expect(credits.reduce((sum, credit) => sum + credit, 0)).toBeCloseTo(averagePath(forest.sample) - mean, 9);
        }
      }),
    );
  });

  it('never isolates below the height limit, and equal points alike', () => {
    const points = pointsOf([...new Array<number[]>(20).fill([1, 1]), [2, 2]]);
    const scores = scoresOf(points, 50, 16);
    expect(new Set(scores.slice(0, 20)).size).toBe(1);
    expect(scores[20]).toBeGreaterThan(scores[0]!);
  });
});

describe('randomStream', () => {
  it('repeats itself for a seed and fills [0, 1) evenly', () => {
    const [a, b] = [randomStream(7), randomStream(7)];
    const drawn = Array.from({ length: 10_000 }, () => a.next());
    expect(drawn).toEqual(Array.from({ length: 10_000 }, () => b.next()));
    // 10 bins of 1,000 expected: chi-square with 9 degrees of freedom is below 27.9 in 999 of 1,000 cases.
    const bins = new Array<number>(10).fill(0);
    for (const value of drawn) bins[Math.floor(value * 10)]!++;
    expect(bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9);
  });
});
