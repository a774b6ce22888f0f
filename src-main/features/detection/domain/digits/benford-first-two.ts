import { leadingDigitsTest } from './leading-digits-test.ts';
import { benfordProportions } from './significant-digits.ts';

/** Upper ends of the bands of the first-two-digits MAD (Nigrini 2012, table 7.1). */
export const FIRST_TWO_BANDS = { close: 0.0012, acceptable: 0.0018, marginal: 0.0022 };

/** First two significant digits against Benford's law. Spec: docs/specs/benford-first-two.md. */
export const benfordFirstTwo = leadingDigitsTest({
  id: 'benford-first-two',
  version: '1.1.0',
  title: 'First two digits (Benford)',
  sentence: digits => `begin with ${digits}`,
  proportions: benfordProportions(2),
  firstDigit: 10,
  bands: FIRST_TWO_BANDS,
  // Fewer are for the first-digit test (Nigrini 2012, "Number of records and Benford's law tests").
  sufficient: 300,
  positions: 2,
  isFilledWithoutMinimum: true,
  digitsOf: three => Math.floor(three / 10),
});
