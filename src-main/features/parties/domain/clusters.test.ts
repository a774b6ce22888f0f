import { expect, it } from 'vitest';
import { clusterLinks } from './clusters.ts';
import { oneToOne } from './one-to-one.ts';

const linksOf = (...links: readonly (readonly [number, number, number])[]) => ({
  first: Uint32Array.from(links, ([first]) => first),
  second: Uint32Array.from(links, ([, second]) => second),
  weight: Float64Array.from(links, ([, , weight]) => weight),
});
const weightsOf =
  (known: readonly (readonly [number, number, number])[], otherwise: number) =>
  (a: number, b: number): number =>
    known.find(([first, second]) => first === Math.min(a, b) && second === Math.max(a, b))?.[2] ?? otherwise;

it('joins what is linked and leaves out what is not', () => {
  const links = [
    [0, 1, 8],
    [3, 4, 6],
  ] as const;
  expect(clusterLinks(6, linksOf(...links), 3, weightsOf(links, -20))).toEqual([
    [0, 1],
    [3, 4],
  ]);
});

it('keeps a chain together whose ends are neutral, and breaks one whose ends contradict', () => {
  const links = [
    [0, 1, 5],
    [1, 2, 4],
  ] as const;
  expect(clusterLinks(3, linksOf(...links), 3, weightsOf(links, 0))).toEqual([[0, 1, 2]]);
  // Average of {0, 1} with 2: (4 − 10) ÷ 2 < 0.
  expect(clusterLinks(3, linksOf(...links), 3, weightsOf(links, -25))).toEqual([[0, 1]]);
});

it('takes two dense clusters with a weak bridge apart', () => {
  const inside = [
    [0, 1],
    [0, 2],
    [1, 2],
    [3, 4],
    [3, 5],
    [4, 5],
  ].map(([a, b]) => [a!, b!, 9] as const);
  const links = [...inside, [2, 3, 4] as const];
  expect(clusterLinks(6, linksOf(...links), 3, weightsOf(links, -8))).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
});

it('does not compare all pairs of a component of thousands: it falls apart at its weak links, or stays', () => {
  let compared = 0;
  const weight = (): number => {
    compared++;
    return 5;
  };
  const chain = Array.from({ length: 4_999 }, (_, i) => [i, i + 1, i % 100 === 99 ? 4 : 30] as const);
  const clusters = clusterLinks(5_000, linksOf(...chain), 3.2, weight);
  expect(clusters).toHaveLength(50);
  expect(clusters.every(cluster => cluster.length === 100)).toBe(true);
  expect(compared).toBe((50 * 100 * 99) / 2);
  compared = 0;
  const solid = Array.from({ length: 4_999 }, (_, i) => [i, i + 1, 60] as const);
  expect(clusterLinks(5_000, linksOf(...solid), 3.2, weight).map(cluster => cluster.length)).toEqual([5_000]);
  expect(compared).toBe(0);
});

it('matches one to one, the strongest first', () => {
  const kept = oneToOne(6, linksOf([0, 3, 9], [0, 4, 8], [1, 3, 7], [1, 4, 6], [2, 5, 5]));
  expect([...kept]).toEqual([1, 0, 0, 1, 1]);
});
