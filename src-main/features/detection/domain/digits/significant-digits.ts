import { powerOfTen } from '../../../../kernel/decimal.ts';

/** Power of ten of the highest digit of a positive integer below 2^53: 0 for 1–9, 1 for 10–99. */
const highestPower = (units: number): number => {
  let power = 0;
  while (units >= powerOfTen(power + 1)) power++;
  return power;
};

/**
 * The first `count` significant digits of an amount given in integer units, as one number: for 0.58 (units 58) and count 2 it is
 * 58, for 0.05 it is 50, for −1,234.50 it is 12. Exact, because it never sees a binary fraction (a float 0.58 × 100 is
 * 57.99…). 0 for a zero amount, which has no significant digit.
 */
export const leadingDigits = (units: number, count: number): number => {
  const size = Math.abs(units);
  if (!(size > 0)) return 0;
  const surplus = highestPower(size) - count + 1;
  // Dividing integers below 2^53 and flooring is exact: the quotient cannot round up to the next integer.
  return surplus >= 0 ? Math.floor(size / powerOfTen(surplus)) : size * powerOfTen(-surplus);
};

/** A non-zero amount's units scaled by a power of ten to [1, 10): its logarithm is the mantissa. */
export const significand = (units: number): number => {
  const size = Math.abs(units);
  return size / powerOfTen(highestPower(size));
};

/** Benford's expected proportions of the leading `count` digits: log10(1 + 1/d) for d = 10^(count−1) … 10^count − 1. */
export const benfordProportions = (count: number): number[] =>
  Array.from({ length: 9 * powerOfTen(count - 1) }, (_, i) => Math.log10(1 + 1 / (powerOfTen(count - 1) + i)));
