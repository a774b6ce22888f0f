import { leadingDigitsTest } from './leading-digits-test.ts';
import { benfordProportions } from './significant-digits.ts';

/** First significant digit against Benford's law. Spec: docs/specs/benford-first.md. */
export const benfordFirst = leadingDigitsTest({
  id: 'benford-first',
  version: '1.0.0',
  title: 'First digit (Benford)',
  sentence: digit => `begin with ${digit}`,
  proportions: benfordProportions(1),
  firstDigit: 1,
  bands: { close: 0.006, acceptable: 0.012, marginal: 0.015 },
  sufficient: 100,
  positions: 1,
  isFilledWithoutMinimum: false,
  digitsOf: three => Math.floor(three / 100),
});
