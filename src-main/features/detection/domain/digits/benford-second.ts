import { leadingDigitsTest } from './leading-digits-test.ts';
import { benfordProportions } from './significant-digits.ts';

const FIRST_TWO = benfordProportions(2);
/** Σ over the first digit of log10(1 + 1/(10·first + second)). */
const PROPORTIONS = Array.from({ length: 10 }, (_, second) =>
  FIRST_TWO.reduce((sum, proportion, i) => (i % 10 === second ? sum + proportion : sum), 0),
);

/** Second significant digit against Benford's law. Spec: docs/specs/benford-second.md. */
export const benfordSecond = leadingDigitsTest({
  id: 'benford-second',
  version: '1.1.0',
  title: 'Second digit (Benford)',
  sentence: digit => `have ${digit} as their second digit`,
  proportions: PROPORTIONS,
  firstDigit: 0,
  bands: { close: 0.008, acceptable: 0.01, marginal: 0.012 },
  sufficient: 100,
  positions: 2,
  isFilledWithoutMinimum: false,
  digitsOf: three => Math.floor(three / 10) % 10,
});
