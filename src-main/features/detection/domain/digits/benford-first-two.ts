import { powerOfTen } from '../../../../kernel/decimal.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, textParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { requireColumn } from '../transaction-table.ts';
import { type DigitConformity, digitConformity } from './digit-conformity.ts';
import { MantissaMoments } from './mantissa-moments.ts';
import { benfordProportions, leadingDigits, significand } from './significant-digits.ts';

const BANDS = { close: 0.0012, acceptable: 0.0018, marginal: 0.0022 };
const PROPORTIONS = benfordProportions(2);
/** Fewer observations than this are for the first-digit test (Nigrini 2012, "Number of records and Benford's law tests"). */
const SUFFICIENT = 300;
/** Two-sided 1 % point of the normal distribution. */
const Z_ASKED = 2.576;
const MOST_FINDINGS = 10;

const findingsOf = (digits: DigitConformity, digitsOfRow: Uint8Array, nonconforming: boolean): FindingDraft[] =>
  digits.bins
    .filter(bin => bin.count > bin.expected && bin.z > Z_ASKED)
    .toSorted((a, b) => b.z - a.z || Number(a.key) - Number(b.key))
    .slice(0, MOST_FINDINGS)
    .map(bin => {
      const rows = new Uint32Array(bin.count);
      let next = 0;
      for (let row = 0; next < rows.length; row++) if (digitsOfRow[row] === Number(bin.key)) rows[next++] = row;
      const times = (bin.count / bin.expected).toFixed(2);
      return {
        key: bin.key,
        rows,
        severity: nonconforming ? 'medium' : 'low',
        score: 1 - Z_ASKED / bin.z,
        reason: `${formatCount(bin.count)} amounts begin with ${bin.key}; Benford's law expects ${formatCount(Math.round(bin.expected))} (${times} times, z = ${bin.z.toFixed(1)}).`,
      };
    });

const limitsOf = (digits: DigitConformity): string[] => {
  const { observations, expectedMad } = digits;
  if (observations === 0) return ['No amount could be tested: nothing was computed.'];
  const limits = ['A deviation asks a question; prices, fees and limits of a business also bend the digits.'];
  const count = formatCount(observations);
  if (observations < SUFFICIENT)
    limits.push(
      `${count} amounts are too few for the first-two-digits test (at least ${SUFFICIENT}): conformity is given for the record only and no finding is drawn from it.`,
    );
  else if (expectedMad !== null && expectedMad > BANDS.acceptable)
    limits.push(
      `With ${count} amounts chance alone gives a MAD of about ${expectedMad.toFixed(5)}, above the "acceptable" band: read excessMad, not conformity.`,
    );
  return limits;
};

/** Digits of the first two significant places against Benford's law. Spec: docs/specs/benford-first-two.md. */
export const benfordFirstTwo: ForensicTest = {
  id: 'benford-first-two',
  version: '1.0.0',
  title: 'First two digits (Benford)',
  group: 'digits',
  side: 'bank',
  needs: ['amount'],
  uses: [],
  parameters: [
    {
      name: 'sign',
      kind: 'choice',
      default: 'positive',
      choices: ['positive', 'negative', 'both'],
      meaning: 'which amounts are tested',
    },
    {
      name: 'minimum',
      kind: 'decimal',
      default: '0',
      minimum: 0,
      meaning: 'smallest amount tested, without its sign (0 is no minimum)',
    },
  ],
  explanations: ['fixed-tariff', 'recurring'],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const sign = textParameter(parameters, 'sign');
    const smallest = unitsAtLeast(decimalParameter(parameters, 'minimum'), table.amountScale);
    // The distortion factor model leaves out amounts below 10 (Nigrini 1996).
    const ten = 10 * powerOfTen(table.amountScale);
    const digitsOfRow = new Uint8Array(table.rowCount);
    const counts = new Uint32Array(PROPORTIONS.length);
    const mantissas = new MantissaMoments();
    const excluded = { unknown: 0, zero: 0, sign: 0, small: 0 };
    let collapsedSum = 0;
    let collapsedCount = 0;
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.9);
      const units = amounts[row]!;
      const size = Math.abs(units);
      if (Number.isNaN(units)) excluded.unknown++;
      else if (units === 0) excluded.zero++;
      else if (sign !== 'both' && units > 0 !== (sign === 'positive')) excluded.sign++;
      else if (size < smallest) excluded.small++;
      else {
        const digits = leadingDigits(size, 2);
        digitsOfRow[row] = digits;
        counts[digits - 10]!++;
        const scaled = significand(size);
        mantissas.add(Math.log10(scaled));
        if (size >= ten) {
          collapsedSum += 10 * scaled;
          collapsedCount++;
        }
      }
    }
    const digits = digitConformity(counts, PROPORTIONS, 10, BANDS);
    const { mean, variance, skewness, excessKurtosis } = mantissas.moments();
    const actualMean = collapsedCount === 0 ? null : collapsedSum / collapsedCount;
    // expm1 keeps 10^(1/n) − 1 accurate for large n.
    const expectedMean = collapsedCount === 0 ? null : 90 / (collapsedCount * Math.expm1(Math.LN10 / collapsedCount));
    const deviates = digits.conformity === 'marginal' || digits.conformity === 'nonconforming';
    const asks = deviates && digits.observations >= SUFFICIENT && (digits.excessMad ?? 0) > 0;
    return {
      population: {
        rows: table.rowCount,
        used: digits.observations,
        excluded: [
          { reason: 'amount is unknown', count: excluded.unknown },
          { reason: 'amount is zero', count: excluded.zero },
          { reason: `amount is not ${sign}`, count: excluded.sign },
          { reason: 'amount is below the minimum', count: excluded.small },
        ].filter(group => group.count > 0),
      },
      statistics: {
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
        mantissaMean: mean,
        mantissaVariance: variance,
        mantissaSkewness: skewness,
        mantissaExcessKurtosis: excessKurtosis,
        distortion:
          actualMean === null || expectedMean === null ? null : (100 * (actualMean - expectedMean)) / expectedMean,
        distortionActualMean: actualMean,
        distortionExpectedMean: expectedMean,
      },
      bins: digits.bins,
      findings: asks ? inReportOrder(findingsOf(digits, digitsOfRow, digits.conformity === 'nonconforming')) : [],
      limits: limitsOf(digits),
    };
  },
};
