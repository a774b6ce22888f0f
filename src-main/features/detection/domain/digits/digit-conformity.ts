import type { DigitBin } from '../forensic-test.ts';
import { chiSquareUpperTail } from './chi-square.ts';

/** A class that has an expectation and a statistic. */
export interface TestedBin extends DigitBin {
  readonly expected: number;
  readonly z: number;
}

export type Conformity = 'close' | 'acceptable' | 'marginal' | 'nonconforming';

/** Upper ends of the MAD bands of Nigrini (2012), table 7.1; above `marginal` is nonconforming. */
export interface ConformityBands {
  readonly close: number;
  readonly acceptable: number;
  readonly marginal: number;
}

/** How far counted digits lie from expected proportions. Null where there is no observation. */
export interface DigitConformity {
  readonly observations: number;
  readonly chiSquare: number | null;
  readonly degreesOfFreedom: number;
  readonly pValue: number | null;
  readonly mad: number | null;
  readonly conformity: Conformity | null;
  /** MAD that chance alone gives numbers which follow the law. */
  readonly expectedMad: number | null;
  readonly excessMad: number | null;
  readonly ks: number | null;
  /** 5 % critical value of `ks`. */
  readonly ksCritical: number | null;
  readonly bins: readonly TestedBin[];
}

const band = (mad: number, bands: ConformityBands): Conformity => {
  if (mad <= bands.close) return 'close';
  if (mad <= bands.acceptable) return 'acceptable';
  return mad <= bands.marginal ? 'marginal' : 'nonconforming';
};

/** z of one digit, Nigrini (2012): the continuity correction 1/(2n) only where it is smaller than the difference. */
const zOf = (count: number, proportion: number, observations: number): number => {
  const difference = Math.abs(count / observations - proportion);
  const correction = 1 / (2 * observations);
  const deviation = Math.sqrt((proportion * (1 - proportion)) / observations);
  return (difference > correction ? difference - correction : difference) / deviation;
};

/**
 * Compares counts of digits (`counts[i]` belongs to digit `firstDigit + i`) with expected proportions.
 * Chi-square and its upper tail; MAD and band (Nigrini 2012); ExcessMAD = MAD − E(MAD), with E(MAD) the mean over the digits of
 * √(2p(1−p)/πn) (Barney & Schulzke 2016: 1/√(158.8 n) for the first two digits); Kolmogorov–Smirnov distance with 1.358/√n.
 */
export const digitConformity = (
  counts: ArrayLike<number>,
  proportions: readonly number[],
  firstDigit: number,
  bands: ConformityBands,
): DigitConformity => {
  let observations = 0;
  for (let i = 0; i < proportions.length; i++) observations += counts[i]!;
  const bins = proportions.map((proportion, i) => ({
    key: String(firstDigit + i),
    count: counts[i]!,
    expected: observations * proportion,
    z: observations === 0 ? 0 : zOf(counts[i]!, proportion, observations),
  }));
  const degreesOfFreedom = proportions.length - 1;
  if (observations === 0) {
    const none = { chiSquare: null, pValue: null, mad: null, conformity: null, expectedMad: null, excessMad: null };
    return { observations, degreesOfFreedom, ...none, ks: null, ksCritical: null, bins };
  }
  let chiSquare = 0;
  let deviation = 0;
  let chance = 0;
  let cumulative = 0;
  let ks = 0;
  for (let i = 0; i < proportions.length; i++) {
    const proportion = proportions[i]!;
    const expected = observations * proportion;
    const difference = counts[i]! / observations - proportion;
    chiSquare += (counts[i]! - expected) ** 2 / expected;
    deviation += Math.abs(difference);
    chance += Math.sqrt((2 * proportion * (1 - proportion)) / (Math.PI * observations));
    cumulative += difference;
    ks = Math.max(ks, Math.abs(cumulative));
  }
  const mad = deviation / proportions.length;
  const expectedMad = chance / proportions.length;
  return {
    observations,
    chiSquare,
    degreesOfFreedom,
    pValue: chiSquareUpperTail(chiSquare, degreesOfFreedom),
    mad,
    conformity: band(mad, bands),
    expectedMad,
    excessMad: mad - expectedMad,
    ks,
    ksCritical: 1.358 / Math.sqrt(observations),
    bins,
  };
};
