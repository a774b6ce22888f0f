import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest, Parameters, TestContext, TestResult } from '../forensic-test.ts';
import { textParameter } from '../parameters.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { type ConformityBands, type DigitConformity, digitConformity, type TestedBin } from './digit-conformity.ts';
import { DIGIT_PARAMETERS, type DigitScan, scanDigits } from './digit-scan.ts';

/** Two-sided 1 % point of the normal distribution. */
const Z_ASKED = 2.576;
const MOST_FINDINGS = 10;
const NEVER = { progress: () => undefined };

/** What sets one test of significant digits apart from the others. */
export interface LeadingDigitsKind {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  /** How its digits are called in a sentence: "begin with 50", "have 0 as their second digit". */
  readonly sentence: (digits: string) => string;
  readonly proportions: readonly number[];
  readonly firstDigit: number;
  readonly bands: ConformityBands;
  /** Fewer observations than this are too few for a verdict. */
  readonly sufficient: number;
  /** Significant positions that an amount must have to be tested. */
  readonly positions: 1 | 2 | 3;
  /**
   * With `minimum` 0 also amounts with fewer positions are tested, a zero for each digit they lack: as benford.analysis and
   * its published figures count. No finding is drawn from what such amounts bend.
   */
  readonly isFilledWithoutMinimum: boolean;
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

/** The amounts whose digits are counted, and those of them that have all the digits under test. */
interface LeadingDigitScans {
  readonly counted: DigitScan;
  readonly complete: DigitScan;
}

const scansOf = (
  kind: LeadingDigitsKind,
  table: TransactionTable,
  parameters: Parameters,
  context: TestContext,
): LeadingDigitScans => {
  const complete = scanDigits(table, parameters, context, kind.positions);
  const isFilled = kind.isFilledWithoutMinimum && textParameter(parameters, 'minimum') === '0';
  return { counted: isFilled ? scanDigits(table, parameters, context) : complete, complete };
};

const conformityOf = (scan: DigitScan, kind: LeadingDigitsKind): DigitConformity =>
  digitConformity(countsOf(scan, kind), kind.proportions, kind.firstDigit, kind.bands);

const asks = (kind: LeadingDigitsKind, digits: DigitConformity): boolean =>
  (digits.conformity === 'marginal' || digits.conformity === 'nonconforming') &&
  digits.observations >= kind.sufficient &&
  (digits.excessMad ?? 0) > 0;

const isTooFrequent = (bin: TestedBin): boolean => bin.count > bin.expected && bin.z > Z_ASKED;

/** Findings of the digits counted, where those of the complete amounts alone ask the same. */
const findingsOf = (
  { counted, complete }: LeadingDigitScans,
  kind: LeadingDigitsKind,
  digits: DigitConformity,
): FindingDraft[] => {
  const confirming = counted === complete ? digits : conformityOf(complete, kind);
  if (!asks(kind, digits) || !asks(kind, confirming)) return [];
  return digits.bins
    .filter((bin, i) => isTooFrequent(bin) && isTooFrequent(confirming.bins[i]!))
    .toSorted((a, b) => b.z - a.z || Number(a.key) - Number(b.key))
    .slice(0, MOST_FINDINGS)
    .map(bin => ({
      key: bin.key,
      rows: rowsWith(counted, kind, Number(bin.key), bin.count),
      severity: digits.conformity === 'nonconforming' ? 'medium' : 'low',
      score: 1 - Z_ASKED / bin.z,
      reason: `${formatCount(bin.count)} amounts ${kind.sentence(bin.key)}; Benford's law expects ${formatCount(Math.round(bin.expected))} (${(bin.count / bin.expected).toFixed(2)} times, z = ${bin.z.toFixed(1)}).`,
    }));
};

const limitsOf = (kind: LeadingDigitsKind, digits: DigitConformity, filled: number): string[] => {
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
  if (filled > 0)
    limits.push(
      `${countOf(filled, 'amount has', 'amounts have')} fewer than ${kind.positions} digits; with minimum 0 the missing ones count as 0, as in benford.analysis, and conformity rests on them too. Findings are drawn only where the other amounts alone ask as well. A minimum of 10 leaves such amounts out.`,
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
  version: kind.version,
  title: kind.title,
  group: 'digits',
  side: 'bank',
  needs: ['amount'],
  uses: [],
  parameters: DIGIT_PARAMETERS,
  explanations: ['fixed-tariff', 'recurring'],
  run(table, parameters, context) {
    const scans = scansOf(kind, table, parameters, context);
    const { counted, complete } = scans;
    const digits = conformityOf(counted, kind);
    return {
      population: { rows: table.rowCount, used: counted.used, excluded: counted.excluded },
      statistics: statisticsOf(counted, digits),
      bins: digits.bins,
      findings: inReportOrder(findingsOf(scans, kind, digits)),
      limits: limitsOf(kind, digits, counted.used - complete.used),
    };
  },
  rowsOfBin(table: TransactionTable, parameters, key) {
    const { counted } = scansOf(kind, table, parameters, NEVER);
    const digits = Number(key);
    return rowsWith(counted, kind, digits, countsOf(counted, kind)[digits - kind.firstDigit] ?? 0);
  },
});
