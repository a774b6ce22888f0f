import { describe, expect, it } from 'vitest';
import { rankingFigures } from './accuracy-figures.ts';

const figures = (scores: readonly number[], labels: readonly number[], k: number) =>
  rankingFigures(Float64Array.from(scores), Uint8Array.from(labels), k);

/** Plain average precision of one order. */
const plain = (labels: readonly number[]): number => {
  let found = 0;
  let sum = 0;
  labels.forEach((label, i) => {
    found += label;
    if (label === 1) sum += found / (i + 1);
  });
  return sum / found;
};
const orders = (items: readonly number[]): number[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, i) => orders(items.toSpliced(i, 1)).map(rest => [item, ...rest]));

describe('figures of a ranking', () => {
  it('without ties are the textbook’s', () => {
    // Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), 8.4: the mean of the precisions at each positive:
    // places 1, 3 and 6 of six: (1/1 + 2/3 + 3/6) / 3.
    const { averagePrecision, precisionAt, recallAt } = figures([6, 5, 4, 3, 2, 1], [1, 0, 1, 0, 0, 1], 3);
    expect(averagePrecision).toBeCloseTo((1 + 2 / 3 + 3 / 6) / 3, 12);
    expect(precisionAt).toBeCloseTo(2 / 3, 12);
    expect(recallAt).toBeCloseTo(2 / 3, 12);
  });

  it('with ties are the mean over every order of them', () => {
    const labels = [1, 0, 1, 0, 1];
    const tied = orders([0, 1, 2, 3]).map(order => plain([...order.map(i => labels[i]!), labels[4]!]));
    const mean = tied.reduce((sum, value) => sum + value, 0) / tied.length;
    expect(figures([2, 2, 2, 2, 1], labels, 2).averagePrecision).toBeCloseTo(mean, 12);
    expect(figures([2, 2, 2, 2, 1], labels, 2).precisionAt).toBeCloseTo(0.5, 12);
  });
});
