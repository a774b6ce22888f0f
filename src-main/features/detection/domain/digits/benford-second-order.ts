import type { ForensicTest, Parameters } from '../forensic-test.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { amountsUnderTest } from './amounts-under-test.ts';
import { FIRST_TWO_BANDS } from './benford-first-two.ts';
import { digitConformity } from './digit-conformity.ts';
import { DIGIT_PARAMETERS, scanDigits } from './digit-scan.ts';
import { benfordProportions, leadingDigits } from './significant-digits.ts';
import { sortedSizes } from './sorted-sizes.ts';

const PROPORTIONS = benfordProportions(2);
const SUFFICIENT = 1000;
const NEVER = { progress: () => undefined };

interface Differences {
  /** Differences by their first two digits. */
  readonly counts: Uint32Array;
  /** Amounts that are the upper one of such a difference: the rows a class opens. */
  readonly rows: Uint32Array;
}

/** First two digits of the differences between neighbouring different amounts (Nigrini & Miller 2009). `sorted` ascends. */
const differencesOf = (sorted: Float64Array): Differences => {
  const counts = new Uint32Array(PROPORTIONS.length);
  const rows = new Uint32Array(PROPORTIONS.length);
  let digits = -1;
  for (let i = 1; i < sorted.length; i++) {
    const difference = sorted[i]! - sorted[i - 1]!;
    if (difference > 0) {
      digits = leadingDigits(difference, 2) - 10;
      counts[digits]!++;
    }
    if (digits >= 0) rows[digits]!++;
  }
  return { counts, rows };
};

const rowsOfDifference = (table: TransactionTable, parameters: Parameters, key: string): Uint32Array => {
  const { leadingThree } = scanDigits(table, parameters, NEVER);
  const amounts = requireColumn(table.amountUnits, 'amount');
  const sorted = sortedSizes(table, parameters, NEVER);
  const upper = new Set<number>();
  for (let i = 1; i < sorted.length; i++) {
    const difference = sorted[i]! - sorted[i - 1]!;
    if (difference > 0 && leadingDigits(difference, 2) === Number(key)) upper.add(sorted[i]!);
  }
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++)
    if (leadingThree[row] !== 0 && upper.has(Math.abs(amounts[row]!))) rows.push(row);
  return Uint32Array.from(rows);
};

/** Differences of the sorted amounts against Benford's law. Spec: docs/specs/benford-second-order.md. */
export const benfordSecondOrder: ForensicTest = {
  id: 'benford-second-order',
  version: '1.2.0',
  title: 'Second order (Benford, differences of sorted amounts)',
  group: 'digits',
  side: 'bank',
  needs: ['amount'],
  uses: [],
  parameters: DIGIT_PARAMETERS,
  explanations: ['fixed-tariff'],
  run(table, parameters, context) {
    const { used, excluded } = amountsUnderTest(table, parameters, context);
    const { counts, rows } = differencesOf(sortedSizes(table, parameters, context));
    const digits = digitConformity(counts, PROPORTIONS, 10, FIRST_TWO_BANDS);
    context.progress(1);
    const few = digits.observations > 0 && digits.observations < SUFFICIENT;
    return {
      population: { rows: table.rowCount, used, excluded },
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
      },
      bins: digits.bins.map((bin, i) => ({ ...bin, rows: rows[i]! })),
      findings: [],
      limits: [
        'This test judges the set as a whole (rounding, invented or transformed figures) and accuses no row: it has no findings. A class lists the rows whose amount is the upper one of such a difference.',
        ...(digits.observations === 0 ? ['No two different amounts could be tested: nothing was computed.'] : []),
        ...(few ? [`${digits.observations} differences are too few for a verdict (at least ${SUFFICIENT}).`] : []),
      ],
    };
  },
  rowsOfBin: rowsOfDifference,
};
