import { expect, it } from 'vitest';
import { termFrequencies } from './term-frequency.ts';

it('gives frequent values their share of the other rows and rare ones the share of one of 1 ÷ u', () => {
  // 1,000 rows, u = 0.01, so 100 equally likely values: (count − 2 + 1) ÷ (998 + 100).
  const shares = termFrequencies({ counts: Uint32Array.of(50, 2, 1), filled: 1_000 }, 0.01);
  expect([...shares]).toEqual([49 / 1_098, 1 / 1_098, 1 / 1_098]);
});

it('approaches Winkler’s relative frequency where rows abound', () => {
  const [share] = termFrequencies({ counts: Uint32Array.of(10_000), filled: 1_000_000 }, 0.001);
  expect(share).toBeCloseTo(0.01, 4);
});
