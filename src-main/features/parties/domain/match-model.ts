/**
 * The Fellegi-Sunter model (Fellegi & Sunter 1969, JASA 64(328)): the chance that two records of the whole are one
 * thing, and for each field the chances of each level of agreement among matches (m) and among others (u).
 */
export interface MatchModel {
  /** Chance that two records drawn at random match. */
  readonly prior: number;
  readonly m: readonly Float64Array[];
  readonly u: readonly Float64Array[];
}

export const log2Odds = (probability: number): number => Math.log2(probability / (1 - probability));

/** The probability that a weight in bits (log2 of the odds) stands for. */
export const probabilityOf = (weight: number): number => 1 / (1 + 2 ** -weight);
