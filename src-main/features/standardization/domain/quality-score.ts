import {
  QUALITY_DIMENSIONS,
  QUALITY_RULES,
  type QualityDimension,
  type QualityInput,
  type QualityRule,
} from './quality-rules.ts';

/** Weight of each dimension in the score; docs/specs/data-quality.md says why these. */
export const DIMENSION_WEIGHTS: Readonly<Record<QualityDimension, number>> = {
  completeness: 20,
  validity: 20,
  consistency: 15,
  uniqueness: 15,
  timeliness: 10,
  accuracy: 20,
};

export interface RuleOutcome {
  readonly id: string;
  readonly dimension: QualityDimension;
  readonly title: string;
  readonly formula: string;
  readonly threshold: number;
  readonly unit: QualityRule['unit'];
  /** Null throughout where the data do not allow the rule to be tested. */
  readonly tested: number | null;
  readonly passed: number | null;
  /** passed ÷ tested. */
  readonly share: number | null;
  readonly meetsThreshold: boolean | null;
  /** What failed: how many, and the indexes (rows or statements, by `unit`; none for records). */
  readonly failedTotal: number | null;
  readonly failed: Uint32Array;
}

export interface DimensionScore {
  readonly dimension: QualityDimension;
  readonly weight: number;
  /** 0 to 100, one decimal, rounded down; null where none of its rules could be tested. */
  readonly score: number | null;
  /** How the figure came about, in plain words. */
  readonly explanation: string;
}

export interface QualityScore {
  /** 0 to 100, one decimal, rounded down (100 means that nothing failed); null where nothing could be tested. */
  readonly score: number | null;
  readonly explanation: string;
  readonly dimensions: readonly DimensionScore[];
  readonly rules: readonly RuleOutcome[];
}

const outcome = (rule: QualityRule, input: QualityInput): RuleOutcome => {
  const { id, dimension, title, formula, threshold, unit } = rule;
  const declared = { id, dimension, title, formula, threshold, unit };
  const measured = rule.measure(input);
  if (measured === null)
    return {
      ...declared,
      tested: null,
      passed: null,
      share: null,
      meetsThreshold: null,
      failedTotal: null,
      failed: new Uint32Array(),
    };
  const passed = measured.tested - measured.failedTotal;
  return {
    ...declared,
    tested: measured.tested,
    passed,
    share: passed / measured.tested,
    meetsThreshold: passed >= threshold * measured.tested,
    failedTotal: measured.failedTotal,
    failed: measured.failed,
  };
};

/** One decimal, rounded down, so that a single failure never reads as 100; the allowance undoes binary noise only. */
const roundedDown = (value: number): number => Math.floor(value * 10 + 1e-9) / 10;

const percent = (share: number): string => `${(Math.floor(share * 10_000 + 1e-9) / 100).toFixed(2)} %`;

interface ExactScore {
  readonly dimension: QualityDimension;
  readonly weight: number;
  readonly exact: number | null;
  readonly explanation: string;
}

const dimensionScore = (dimension: QualityDimension, rules: readonly RuleOutcome[]): ExactScore => {
  const weight = DIMENSION_WEIGHTS[dimension];
  const own = rules.filter(rule => rule.dimension === dimension);
  const measured = own.flatMap(({ id, share }) => (share === null ? [] : [{ id, share }]));
  const untested = own.filter(({ share }) => share === null).map(({ id }) => id);
  if (measured.length === 0)
    return { dimension, weight, exact: null, explanation: `not measurable and not counted: ${untested.join(', ')}` };
  const leftOut = untested.length === 0 ? '' : `; not measurable and not counted: ${untested.join(', ')}`;
  const exact = (100 * measured.reduce((sum, { share }) => sum + share, 0)) / measured.length;
  return {
    dimension,
    weight,
    exact,
    explanation: `mean of ${measured.map(({ id, share }) => `${id} ${percent(share)}`).join(', ')}${leftOut}`,
  };
};

/**
 * Judges the data by the rules of QUALITY_RULES: each rule's share of passed over tested, each dimension the mean of its
 * rules, the score the weighted mean of the dimensions. What cannot be measured is null, is said, and does not count.
 */
export const qualityScore = (input: QualityInput): QualityScore => {
  const rules = QUALITY_RULES.map(rule => outcome(rule, input));
  const dimensions = QUALITY_DIMENSIONS.map(dimension => dimensionScore(dimension, rules));
  const measured = dimensions.flatMap(({ dimension, weight, exact }) =>
    exact === null ? [] : [{ dimension, weight, exact }],
  );
  const weights = measured.reduce((sum, { weight }) => sum + weight, 0);
  const missing = dimensions.filter(({ exact }) => exact === null).map(({ dimension }) => dimension);
  const leftOut = missing.length === 0 ? '' : `; not measurable and not counted: ${missing.join(', ')}`;
  return {
    score:
      weights === 0
        ? null
        : roundedDown(measured.reduce((sum, { weight, exact }) => sum + weight * exact, 0) / weights),
    explanation:
      weights === 0
        ? 'nothing could be measured'
        : `weighted mean of ${measured.map(({ dimension, weight, exact }) => `${dimension} ${roundedDown(exact)} (weight ${weight})`).join(', ')}${leftOut}`,
    dimensions: dimensions.map(({ dimension, weight, exact, explanation }) => ({
      dimension,
      weight,
      score: exact === null ? null : roundedDown(exact),
      explanation,
    })),
    rules,
  };
};
