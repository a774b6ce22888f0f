import { expect, it } from 'vitest';
import { barSegments } from './bar-segments.ts';

it('gives neighbours different shades and leaves out what adds nothing', () => {
  const addends = [3, 2, 0, 1, 1, 1].map((points, i) => ({ test: `t${i}`, title: `T${i}`, points }));
  expect(barSegments(addends).map(({ test, shade }) => [test, shade])).toEqual([
    ['t0', 0],
    ['t1', 1],
    ['t3', 2],
    ['t4', 3],
    ['t5', 0],
  ]);
});
