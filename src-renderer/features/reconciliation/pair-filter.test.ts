import { describe, expect, it } from 'vitest';
import { isNarrowed, pairFilter } from './pair-filter.ts';

const of = (text: string) => pairFilter(new URLSearchParams(text));

describe('pairFilter', () => {
  it('shows what is still to be decided, best first, unless the address says otherwise', () => {
    expect(of('')).toEqual({ judgment: 'suggested', sort: 'score', descending: true });
    expect(of('judgment=any')).toEqual({ sort: 'score', descending: true });
    expect(of('judgment=matched&kind=one-to-many&from=0.8&to=0.9&sort=amount&order=up')).toEqual({
      judgment: 'matched',
      kind: 'one-to-many',
      minimumScore: 0.8,
      maximumScore: 0.9,
      sort: 'amount',
      descending: false,
    });
  });

  it('passes over values that nobody offers', () => {
    expect(of('judgment=guilty&kind=two-to-two&from=2&to=x&sort=moon')).toEqual(of(''));
    expect(of('judgment=any&from=')).toEqual(of('judgment=any'));
  });

  it('is narrowed by any condition', () => {
    expect(isNarrowed(of('judgment=any'))).toBe(false);
    expect(isNarrowed(of('judgment=any&from=0'))).toBe(true);
    expect(isNarrowed(of(''))).toBe(true);
  });
});
