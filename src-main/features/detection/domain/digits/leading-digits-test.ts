import { formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest, TestResult } from '../forensic-test.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { type ConformityBands, type DigitConformity, digitConformity } from './digit-conformity.ts';
import { DIGIT_PARAMETERS, type DigitScan, scanDigits } from './digit-scan.ts';

/** Two-sided 1 % point of the normal distribution. */
const Z_ASKED = 2.576;
const MOST_FINDINGS = 10;
const NEVER = { progress: () => undefined };

/** What sets one test of significant digits apart from the others. */
export interface LeadingDigitsKind {
  readonly id: string;
  readonly title: string;
  /** How its digits are called in a sentence: "begin with 50", "have 0 as their second digit". */
  readonly sentence: (digits: string) => string;
  readonly proportions: readonly number[];
  readonly firstDigit: number;
  readonly bands: ConformityBands;
  /** Fewer observations than this are too few for a verdict. */
  readonly sufficient: number;
  /** The digits under test, of the first three significant digits. */
  readonly digitsOf: (leadingThree: number) => number;
}

const rowsWith = (scan: DigitScan, kind: LeadingDigitsKind, digits: number, count: number): Uint32Array => {
  const rows = new Uint32Array(count);
  let next = 0;
  for (let row = 0; next < count; row++) {
    const three = scan.leadingThree[row]!;
    if (three !== 0 && kind.digitsOf(three) === digits) rows[next++] = row;
  }
  return rows;
};

const findingsOf = (scan: DigitScan, kind: LeadingDigitsKind, digits: DigitConformity): FindingDraft[] =>
  digits.bins
    .filter(bin => bin.count > bin.expected && bin.z > Z_ASKED)
    .toSorted((a, b) => b.z - a.z || Number(a.key) - Number(b.key))
    .slice(0, MOST_FINDINGS)
    .map(bin => ({
      key: bin.key,
      rows: rowsWith(scan, kind, Number(bin.key), bin.count),
      severity: digits.conformity === 'nonconforming' ? 'medium' : 'low',
      score: 1 - Z_ASKED / bin.z,
      reason: `${formatCount(bin.count)} amounts ${kind.sentence(bin.key)}; Benford's law expects ${formatCount(Math.round(bin.expected))} (${(bin.count / bin.expected).toFixed(2)} times, z = ${bin.z.toFixed(1)}).`,
    }));

const limitsOf = (kind: LeadingDigitsKind, digits: DigitConformity): string[] => {
  const { observations, expectedMad } = digits;
  if (observations === 0) return ['No amount could be tested: nothing was computed.'];
  const limits = ['A deviation asks a question; prices, fees and limits of a business also bend the digits.'];
  const count = formatCount(observations);
  if (observations < kind.sufficient)
    limits.push(
      `${count} amounts are too few for this test (at least ${formatCount(kind.sufficient)}): conformity is given for the record only and no finding is drawn from it.`,
    );
  else if (expectedMad !== null && expectedMad > kind.bands.acceptable)
    limits.push(
      `With ${count} amounts chance alone gives a MAD of about ${expectedMad.toFixed(5)}, above the "acceptable" band: read excessMad, not conformity.`,
    );
  return limits;
};

const countsOf = (scan: DigitScan, kind: LeadingDigitsKind): Uint32Array => {
  const counts = new Uint32Array(kind.proportions.length);
  for (const three of scan.leadingThree) if (three !== 0) counts[kind.digitsOf(three) - kind.firstDigit]!++;
  return counts;
};

/** The statistics every test of significant digits reports (docs/specs/benford-first-two.md names each formula). */
const statisticsOf = (scan: DigitScan, digits: DigitConformity): TestResult['statistics'] => ({
  observations: digits.observations,
  chiSquare: digits.chiSquare,
  degreesOfFreedom: digits.degreesOfFreedom,
  pValue: digits.pValue,
  mad: digits.mad,
  conformity: digits.conformity,
  expectedMad: digits.expectedMad,
  excessMad: digits.excessMad,
  ks: digits.ks,
  ksCritical: digits.ksCritical,
  mantissaMean: scan.mantissas.mean,
  mantissaVariance: scan.mantissas.variance,
  mantissaSkewness: scan.mantissas.skewness,
  mantissaExcessKurtosis: scan.mantissas.excessKurtosis,
  distortion: scan.distortion,
  distortionActualMean: scan.actualMean,
  distortionExpectedMean: scan.expectedMean,
});

/** A test of significant digits against Benford's law. */
export const leadingDigitsTest = (kind: LeadingDigitsKind): ForensicTest => ({
  id: kind.id,
  version: '1.0.0',
  title: kind.title,
  group: 'digits',
  side: 'bank',
  needs: ['amount'],
  uses: [],
  parameters: DIGIT_PARAMETERS,
  explanations: ['fixed-tariff', 'recurring'],
  run(table, parameters, context) {
    const scan = scanDigits(table, parameters, context);
    const digits = digitConformity(countsOf(scan, kind), kind.proportions, kind.firstDigit, kind.bands);
    const deviates = digits.conformity === 'marginal' || digits.conformity === 'nonconforming';
    const asks = deviates && digits.observations >= kind.sufficient && (digits.excessMad ?? 0) > 0;
    return {
      population: { rows: table.rowCount, used: scan.used, excluded: scan.excluded },
      statistics: statisticsOf(scan, digits),
      bins: digits.bins,
      findings: asks ? inReportOrder(findingsOf(scan, kind, digits)) : [],
      limits: limitsOf(kind, digits),
    };
  },
  rowsOfBin(table: TransactionTable, parameters, key) {
    const scan = scanDigits(table, parameters, NEVER);
    const digits = Number(key);
    return rowsWith(scan, kind, digits, countsOf(scan, kind)[digits - kind.firstDigit] ?? 0);
  },
});
