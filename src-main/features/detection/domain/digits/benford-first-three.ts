import { leadingDigitsTest } from './leading-digits-test.ts';
import { benfordProportions } from './significant-digits.ts';

/** First three significant digits against Benford's law. Spec: docs/specs/benford-first-three.md. */
export const benfordFirstThree = leadingDigitsTest({
  id: 'benford-first-three',
  version: '1.1.0',
  title: 'First three digits (Benford)',
  sentence: digits => `begin with ${digits}`,
  proportions: benfordProportions(3),
  firstDigit: 100,
  bands: { close: 0.00036, acceptable: 0.00044, marginal: 0.0005 },
  // The rarest of the 900 classes then expects one amount (log10(1 + 1/999) = 1/2301).
  sufficient: 2500,
  positions: 3,
  isFilledWithoutMinimum: false,
  digitsOf: three => three,
});
