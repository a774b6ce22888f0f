import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPaths, growForest, type Points, pathSum } from './isolation-trees.ts';
import { valueOrder } from './value-order.ts';

const pointsOf = (rows: readonly (readonly number[])[]): Points => ({
  count: rows.length,
  width: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
});
const inOrder = (points: Points): number[][] =>
  Array.from(valueOrder(points), point =>
    Array.from(points.values.subarray(point * points.width, (point + 1) * points.width)),
  );
/** Few values, so that many points are equal; some buckets exceed what is sorted by insertion. */
const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0.5, -1, 1e9)), {
  minLength: 2,
  maxLength: 1500,
});

describe('valueOrder', () => {
  it('takes every point once, in an order of values that shuffled rows do not change (property)', () => {
    fc.assert(
      fc.property(rows, own => {
        const points = pointsOf(own);
        expect([...valueOrder(points)].sort((a, b) => a - b)).toEqual([...own.keys()]);
        expect(inOrder(pointsOf(own.toReversed()))).toEqual(inOrder(points));
      }),
      { numRuns: 30 },
    );
  });
});

describe('addPaths', () => {
  it('adds what each point finds by itself (property)', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 2, max: 300 }), (own, sample) => {
        const points = pointsOf(own);
        const forest = growForest(points, valueOrder(points), { trees: 7, sample, seed: 5 });
        const chosen = Uint32Array.from(own.keys()).filter(point => point % 3 !== 1);
        const sums = new Float64Array(chosen.length);
        addPaths(forest, points, chosen, 2, 7, sums, () => undefined);
        expect([...sums]).toEqual(Array.from(chosen, point => pathSum(forest, points, point, 2, 7)));
      }),
      { numRuns: 30 },
    );
  });
});
