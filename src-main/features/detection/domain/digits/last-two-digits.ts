import { powerOfTen } from '../../../../kernel/decimal.ts';
import { formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { ForensicTest, Parameters, TestContext } from '../forensic-test.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { amountsUnderTest } from './amounts-under-test.ts';
import { decimalsInUse } from './decimals-in-use.ts';
import { digitConformity } from './digit-conformity.ts';
import { DIGIT_PARAMETERS } from './digit-scan.ts';
import { remainderOf } from './whole-multiples.ts';

const CLASSES = 100;
const PROPORTIONS = new Array<number>(CLASSES).fill(1 / CLASSES);
/** Each class then expects ten amounts. */
const SUFFICIENT = 1000;
const Z_ASKED = 2.576;
/** 95 % point of chi-square with 99 degrees of freedom. */
const CHI_SQUARE_ASKED = 123.225;
const MOST_FINDINGS = 10;
/** There are no bands for this test: its MAD is a figure without a verdict. */
const NO_BANDS = { close: 0, acceptable: 0, marginal: 0 };
const NEVER = { progress: () => undefined };

/** Of a row that is not tested. */
const NO_ENDING = CLASSES;

/** The last two digits (0 to 99) of each amount under test, NO_ENDING of the other rows. */
const endings = (table: TransactionTable, parameters: Parameters, context: TestContext) => {
  const { sizes, used, excluded } = amountsUnderTest(table, parameters, context);
  const decimals = decimalsInUse(table, sizes);
  const unit = powerOfTen(table.amountScale - decimals);
  const ofRow = new Uint8Array(sizes.length);
  for (let row = 0; row < sizes.length; row++) {
    const size = sizes[row]!;
    ofRow[row] = Number.isNaN(size) ? NO_ENDING : remainderOf(unit === 1 ? size : Math.floor(size / unit), CLASSES);
  }
  return { used, excluded, decimals, ofRow };
};

const rowsEndingIn = (ofRow: Uint8Array, ending: number): Uint32Array => {
  const rows: number[] = [];
  for (let row = 0; row < ofRow.length; row++) if (ofRow[row] === ending) rows.push(row);
  return Uint32Array.from(rows);
};

/** The last two digits of the amounts against an even spread. Spec: docs/specs/last-two-digits.md. */
export const lastTwoDigits: ForensicTest = {
  id: 'last-two-digits',
  version: '1.0.0',
  title: 'Last two digits',
  group: 'digits',
  side: 'bank',
  needs: ['amount'],
  uses: ['currency'],
  parameters: DIGIT_PARAMETERS,
  explanations: ['fixed-tariff', 'recurring'],
  run(table, parameters, context) {
    const { used, excluded, decimals, ofRow } = endings(table, parameters, context);
    const counts = new Uint32Array(CLASSES + 1);
    for (let row = 0; row < ofRow.length; row++) counts[ofRow[row]!]!++;
    const digits = digitConformity(counts.subarray(0, CLASSES), PROPORTIONS, 0, NO_BANDS);
    const bins = digits.bins.map(bin => ({ ...bin, key: bin.key.padStart(2, '0') }));
    const asks = used >= SUFFICIENT && (digits.chiSquare ?? 0) > CHI_SQUARE_ASKED;
    const asked = bins
      .filter(bin => asks && bin.count > bin.expected && bin.z > Z_ASKED)
      .toSorted((a, b) => b.z - a.z || Number(a.key) - Number(b.key))
      .slice(0, MOST_FINDINGS);
    const place = decimals === 0 ? 'whole amounts' : `amounts of ${decimals} decimals`;
    return {
      population: { rows: table.rowCount, used, excluded },
      statistics: {
        observations: digits.observations,
        decimals,
        chiSquare: digits.chiSquare,
        degreesOfFreedom: digits.degreesOfFreedom,
        pValue: digits.pValue,
        mad: digits.mad,
        ks: digits.ks,
        ksCritical: digits.ksCritical,
      },
      bins,
      findings: inReportOrder(
        asked.map(bin => ({
          key: bin.key,
          rows: rowsEndingIn(ofRow, Number(bin.key)),
          // Round amounts are common in honest books: alone they weigh little.
          severity: bin.key === '00' || bin.key === '50' ? 'info' : 'low',
          score: 1 - Z_ASKED / bin.z,
          reason: `${formatCount(bin.count)} of ${formatCount(used)} ${place} end in ${bin.key}; an even spread expects ${formatCount(Math.round(bin.expected))} (${(bin.count / bin.expected).toFixed(2)} times, z = ${bin.z.toFixed(1)}).`,
        })),
      ),
      limits: [
        'Prices (.99, .95), fees and round amounts bend the last digits for innocent reasons; the test is made for figures that nobody sets, such as counted or invoiced quantities.',
        ...(used === 0 ? ['No amount could be tested: nothing was computed.'] : []),
        ...(used > 0 && used < SUFFICIENT
          ? [
              `${formatCount(used)} amounts are too few for this test (at least ${formatCount(SUFFICIENT)}): no finding is drawn.`,
            ]
          : []),
      ],
    };
  },
  rowsOfBin(table, parameters, key) {
    return rowsEndingIn(endings(table, parameters, NEVER).ofRow, Number(key));
  },
};
