import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barPlaces, chanceText, clusterKey, proposedName, timesOf, waterfallSteps } from './waterfall.ts';

const contribution = (field: string, bits: number) => ({ field, level: 'equal', a: 'x', b: 'x', bits });
const pair = (prior: number, ...bits: readonly number[]) => ({
  a: 'A',
  b: 'B',
  score: 0.9,
  prior,
  bits: bits.reduce((sum, each) => sum + each, prior),
  contributions: bits.map((each, i) => contribution(`field ${i}`, each)),
});
const finite = fc.double({ min: -40, max: 40, noNaN: true });

describe('waterfallSteps', () => {
  it('begins at even odds, goes on where the last bar ended, and ends at the total', () => {
    fc.assert(
      fc.property(finite, fc.array(finite, { maxLength: 6 }), (prior, bits) => {
        const steps = waterfallSteps(pair(prior, ...bits));
        expect(steps[0]).toMatchObject({ kind: 'prior', from: 0, to: prior });
        for (let i = 1; i < steps.length - 1; i++) expect(steps[i]!.from).toBe(steps[i - 1]!.to);
        expect(steps.at(-1)!.to).toBeCloseTo(steps.at(-2)!.to, 9);
      }),
    );
  });
});

describe('barPlaces', () => {
  it('keeps every bar on the track', () => {
    fc.assert(
      fc.property(finite, fc.array(finite, { maxLength: 6 }), (prior, bits) => {
        const { bars, zero } = barPlaces(waterfallSteps(pair(prior, ...bits)));
        for (const { start, width } of bars) {
          expect(start).toBeGreaterThanOrEqual(-1e-9);
          expect(start + width).toBeLessThanOrEqual(100 + 1e-9);
        }
        expect(zero).toBeGreaterThanOrEqual(0);
        expect(zero).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('places by hand: −10, +15, +5 span 20 bits, with zero in the middle', () => {
    expect(barPlaces(waterfallSteps(pair(-10, 15, 5)))).toEqual({
      bars: [
        { start: 0, width: 50 },
        { start: 0, width: 75 },
        { start: 75, width: 25 },
        { start: 50, width: 50 },
      ],
      zero: 50,
    });
  });
});

describe('words for figures', () => {
  // 2^3 = 8, 2^10 = 1024, 2^-3 = one in 8; 2^20 is the first power over a million.
  it.each([
    [3, { times: 8, more: false }],
    [-3, { times: 8, more: false }],
    [10, { times: 1024, more: false }],
    [20, { times: 1_000_000, more: true }],
  ])('%s bits', (bits, words) => expect(timesOf(bits)).toEqual(words));

  it.each([
    [0.905, '90 %'],
    [0.99999, '99.99 %'],
    [1, '99.99 %'],
    [0.5, '50 %'],
  ])('a chance of %s reads %s', (score, text) => expect(chanceText(score)).toBe(text));
});

describe('a cluster', () => {
  const member = (party: string, rows: number, ...spellings: string[]) => ({
    party,
    spellings,
    accounts: [],
    rows,
    sums: [],
    sources: [],
  });

  it('is named after the member with most rows', () => {
    expect(proposedName([member('ACME', 2, 'Acme'), member('ACME GMBH', 9, 'Acme GmbH', 'ACME GmbH')])).toBe(
      'Acme GmbH',
    );
    expect(proposedName([member('ACME', 2)])).toBe('ACME');
  });

  it('is the same whatever the order of its members', () => {
    const [a, b] = [member('A', 1), member('B', 2)];
    expect(clusterKey({ members: [a, b] })).toBe(clusterKey({ members: [b, a] }));
  });
});
