import { powerOfTen } from '../../../../kernel/decimal.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import type { ParameterSpec, Parameters, TestContext, TestResult } from '../forensic-test.ts';
import { decimalParameter, textParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { MantissaMoments, type Moments } from './mantissa-moments.ts';
import { isOffScaleBelow, offScaleDigits } from './off-scale-digits.ts';
import { shortAmounts } from './short-amounts.ts';
import { leadingDigits, significand } from './significant-digits.ts';

/** Which amounts a digit test looks at. */
export const DIGIT_PARAMETERS: readonly ParameterSpec[] = [
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
];

/** The amounts of a table that a digit test looks at, and what all digit tests say of them. */
export interface DigitScan {
  /** First three significant digits of each row (100 to 999); 0 where the row is not tested. */
  readonly leadingThree: Uint16Array;
  readonly used: number;
  readonly excluded: TestResult['population']['excluded'];
  readonly mantissas: Moments;
  /** Distortion factor in percent, with the means it is made of (Nigrini 1996); null without an amount of at least 10. */
  readonly distortion: number | null;
  readonly actualMean: number | null;
  readonly expectedMean: number | null;
}

/** The distortion factor model leaves out amounts below it (Nigrini 1996). */
const TEN = { units: 10, scale: 0 };

/** Rows that are left out because their amounts have fewer than `least` significant positions. */
interface ShortAmounts {
  readonly least: number;
  /** 1 where a row is one of them. */
  readonly isShort: Uint8Array;
}

const scan = (
  table: TransactionTable,
  parameters: Parameters,
  context: TestContext,
  short: ShortAmounts | null,
): DigitScan => {
  const amounts = requireColumn(table.amountUnits, 'amount');
  const sign = textParameter(parameters, 'sign');
  const minimum = decimalParameter(parameters, 'minimum');
  const smallest = unitsAtLeast(minimum, table.amountScale);
  const ten = TEN.units * powerOfTen(table.amountScale);
  const leadingThree = new Uint16Array(table.rowCount);
  const mantissas = new MantissaMoments();
  const excluded = { unknown: 0, zero: 0, sign: 0, small: 0, short: 0 };
  let used = 0;
  let collapsedSum = 0;
  let collapsedCount = 0;
  for (let row = 0; row < table.rowCount; row++) {
    reportProgress(context, row, table.rowCount, 0, 0.8);
    const units = amounts[row]!;
    const size = Math.abs(units);
    if (Number.isNaN(units)) {
      const text = table.offScaleAmounts.get(row);
      const known = offScaleDigits(text);
      if (text === undefined || known === null) excluded.unknown++;
      else if (sign !== 'both' && known.negative !== (sign === 'negative')) excluded.sign++;
      else if (isOffScaleBelow(text, minimum)) excluded.small++;
      else {
        leadingThree[row] = known.leadingThree;
        mantissas.add(Math.log10(known.significand));
        used++;
        if (!isOffScaleBelow(text, TEN)) {
          collapsedSum += 10 * known.significand;
          collapsedCount++;
        }
      }
    } else if (units === 0) excluded.zero++;
    else if (sign !== 'both' && units > 0 !== (sign === 'positive')) excluded.sign++;
    else if (size < smallest) excluded.small++;
    else if (short?.isShort[row] === 1) excluded.short++;
    else {
      const scaled = significand(size);
      leadingThree[row] = leadingDigits(size, 3);
      mantissas.add(Math.log10(scaled));
      used++;
      if (size >= ten) {
        collapsedSum += 10 * scaled;
        collapsedCount++;
      }
    }
  }
  const actualMean = collapsedCount === 0 ? null : collapsedSum / collapsedCount;
  // expm1 keeps 10^(1/n) − 1 accurate for large n.
  const expectedMean = collapsedCount === 0 ? null : 90 / (collapsedCount * Math.expm1(Math.LN10 / collapsedCount));
  return {
    leadingThree,
    used,
    excluded: [
      { reason: 'amount is unknown', count: excluded.unknown },
      { reason: 'amount is zero', count: excluded.zero },
      { reason: `amount is not ${sign}`, count: excluded.sign },
      { reason: 'amount is below the minimum', count: excluded.small },
      {
        reason: `amount has fewer than ${String(short?.least)} digits at the decimals its currency is kept in`,
        count: excluded.short,
      },
    ].filter(group => group.count > 0),
    mantissas: mantissas.moments(),
    distortion:
      actualMean === null || expectedMean === null ? null : (100 * (actualMean - expectedMean)) / expectedMean,
    actualMean,
    expectedMean,
  };
};

const SCANS = new WeakMap<TransactionTable, Map<string, DigitScan>>();

/** A scan without the amounts of fewer than `least` positions: the one of all amounts where there are none. */
const scanOfLong = (
  table: TransactionTable,
  parameters: Parameters,
  context: TestContext,
  least: number,
): DigitScan => {
  const all = scanDigits(table, parameters, context);
  const isShort = shortAmounts(table, all.leadingThree, least);
  return isShort === null ? all : scan(table, parameters, context, { least, isShort });
};

/**
 * Leading digits of a table's amounts; taken once for all digit tests that look at the same amounts of the same table.
 * `leastPositions`: amounts with fewer significant positions are left out and counted (1 leaves out none).
 */
export const scanDigits = (
  table: TransactionTable,
  parameters: Parameters,
  context: TestContext,
  leastPositions = 1,
): DigitScan => {
  const scans = SCANS.get(table) ?? new Map<string, DigitScan>();
  SCANS.set(table, scans);
  const key = `${textParameter(parameters, 'sign')} ${textParameter(parameters, 'minimum')} ${leastPositions}`;
  const known = scans.get(key);
  if (known !== undefined) return known;
  const made =
    leastPositions === 1
      ? scan(table, parameters, context, null)
      : scanOfLong(table, parameters, context, leastPositions);
  scans.set(key, made);
  return made;
};
