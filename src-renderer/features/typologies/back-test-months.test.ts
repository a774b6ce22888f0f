import { expect, it } from 'vitest';
import { monthsOfBoth } from './back-test-months.ts';

const hits = (count: number) => ({ count, rows: count, set: 's' });

it('joins the months of two versions in order', () => {
  const a = { months: [{ month: '2024-03', hits: hits(1) }] };
  const b = {
    months: [
      { month: '2024-01', hits: hits(2) },
      { month: '2024-03', hits: hits(3) },
    ],
  };
  expect(monthsOfBoth(a, b).map(({ month, a: inA, b: inB }) => [month, inA?.count, inB?.count])).toEqual([
    ['2024-01', undefined, 2],
    ['2024-03', 1, 3],
  ]);
  expect(monthsOfBoth(a, null)).toHaveLength(1);
});
