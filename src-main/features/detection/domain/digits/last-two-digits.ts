import { powerOfTen } from '../../../../kernel/decimal.ts';
import { formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { DigitBin, FindingDraft, ForensicTest, Parameters, TestContext, TestResult } from '../forensic-test.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { amountsUnderTest } from './amounts-under-test.ts';
import { type DecimalsGroup, type DecimalsInUse, decimalsInUse, describeGroup } from './decimals-in-use.ts';
import { type DigitConformity, digitConformity } from './digit-conformity.ts';
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

/** Rows whose currencies are kept in the same decimals: cents and whole yen are different digits, so each is tested alone. */
interface EndingGroup {
  readonly group: DecimalsGroup;
  readonly words: string;
  readonly digits: DigitConformity;
  /** What its classes are called: by their ending alone where the table has one group. */
  readonly keyOf: (ending: number) => string;
  /** Rows (indexes, ascending) with an ending. */
  readonly rowsEndingIn: (ending: number) => Uint32Array;
}

/** The last two digits (0 to 99) of each amount under test at its currency's decimals, NO_ENDING of the other rows. */
const endingsOf = (table: TransactionTable, sizes: Float64Array, inUse: DecimalsInUse): Uint8Array => {
  const ofRow = new Uint8Array(sizes.length);
  for (let row = 0; row < sizes.length; row++) {
    const size = sizes[row]!;
    const unit = powerOfTen(table.amountScale - inUse.at(row));
    ofRow[row] = Number.isNaN(size) ? NO_ENDING : remainderOf(unit === 1 ? size : Math.floor(size / unit), CLASSES);
  }
  return ofRow;
};

const decimalsWord = (decimals: number): string =>
  decimals === 0 ? 'whole' : decimals === 1 ? '1 decimal' : `${decimals} decimals`;

const endingGroups = (table: TransactionTable, parameters: Parameters, context: TestContext) => {
  const { sizes, used, excluded } = amountsUnderTest(table, parameters, context);
  const inUse = decimalsInUse(table, sizes);
  // A table without amounts to test still has its hundred classes.
  const groups = inUse.groups.length > 0 ? inUse.groups : [{ decimals: 0, currencies: [], rows: 0 }];
  const ofRow = endingsOf(table, sizes, inUse);
  const counts = Array.from({ length: table.amountScale + 1 }, () => new Uint32Array(CLASSES + 1));
  for (let row = 0; row < ofRow.length; row++) counts[inUse.at(row)]![ofRow[row]!]!++;
  const rowsEndingIn = (decimals: number, ending: number): Uint32Array => {
    const rows: number[] = [];
    for (let row = 0; row < ofRow.length; row++)
      if (ofRow[row] === ending && inUse.at(row) === decimals) rows.push(row);
    return Uint32Array.from(rows);
  };
  return {
    used,
    excluded,
    groups: groups.map((group): EndingGroup => {
      const suffix = groups.length === 1 ? '' : ` (${decimalsWord(group.decimals)})`;
      return {
        group,
        words: describeGroup(group, inUse),
        digits: digitConformity(counts[group.decimals]!.subarray(0, CLASSES), PROPORTIONS, 0, NO_BANDS),
        keyOf: ending => `${String(ending).padStart(2, '0')}${suffix}`,
        rowsEndingIn: ending => rowsEndingIn(group.decimals, ending),
      };
    }),
  };
};

const binsOf = ({ digits, keyOf }: EndingGroup): DigitBin[] =>
  digits.bins.map((bin, ending) => ({ ...bin, key: keyOf(ending) }));

const findingsOf = ({ group, words, digits, keyOf, rowsEndingIn }: EndingGroup): FindingDraft[] => {
  if (group.rows < SUFFICIENT || (digits.chiSquare ?? 0) <= CHI_SQUARE_ASKED) return [];
  return digits.bins
    .map((bin, ending) => ({ ...bin, ending, two: String(ending).padStart(2, '0') }))
    .filter(bin => bin.count > bin.expected && bin.z > Z_ASKED)
    .toSorted((a, b) => b.z - a.z || a.ending - b.ending)
    .slice(0, MOST_FINDINGS)
    .map(bin => ({
      key: keyOf(bin.ending),
      rows: rowsEndingIn(bin.ending),
      // Round amounts are common in honest books: alone they weigh little.
      severity: bin.two === '00' || bin.two === '50' ? 'info' : 'low',
      score: 1 - Z_ASKED / bin.z,
      reason: `${formatCount(bin.count)} of ${formatCount(group.rows)} ${words} end in ${bin.two}; an even spread expects ${formatCount(Math.round(bin.expected))} (${(bin.count / bin.expected).toFixed(2)} times, z = ${bin.z.toFixed(1)}).`,
    }));
};

/** The figures of each group: by their plain names where there is one, with the decimals in the name where there are several. */
const statisticsOf = (groups: readonly EndingGroup[]): TestResult['statistics'] => ({
  observations: groups.reduce((sum, { digits }) => sum + digits.observations, 0),
  decimals: groups.length === 1 ? groups[0]!.group.decimals : groups.map(({ group }) => group.decimals).join(', '),
  ...Object.fromEntries(
    groups.flatMap(({ group, digits }) => {
      const figures = {
        ...(groups.length === 1 ? {} : { observations: digits.observations }),
        chiSquare: digits.chiSquare,
        degreesOfFreedom: digits.degreesOfFreedom,
        pValue: digits.pValue,
        mad: digits.mad,
        ks: digits.ks,
        ksCritical: digits.ksCritical,
      };
      const suffix = groups.length === 1 ? '' : `At${group.decimals}Decimals`;
      return Object.entries(figures).map(([name, value]) => [`${name}${suffix}`, value] as const);
    }),
  ),
});

const limitsOf = (groups: readonly EndingGroup[], used: number): string[] => [
  'Prices (.99, .95), fees and round amounts bend the last digits for innocent reasons; the test is made for figures that nobody sets, such as counted or invoiced quantities.',
  ...(groups.length === 1
    ? []
    : [
        `The currencies are kept in different decimals: each amount's ending is taken at those of its own currency, and ${groups.map(({ words }) => words).join(' and ')} are tested apart.`,
      ]),
  ...(used === 0
    ? ['No amount could be tested: nothing was computed.']
    : groups
        .filter(({ group }) => group.rows < SUFFICIENT)
        .map(
          ({ group, words }) =>
            `${formatCount(group.rows)} ${groups.length === 1 ? 'amounts' : words} are too few for this test (at least ${formatCount(SUFFICIENT)}): no finding is drawn.`,
        )),
];

/** The last two digits of the amounts against an even spread. Spec: docs/specs/last-two-digits.md. */
export const lastTwoDigits: ForensicTest = {
  id: 'last-two-digits',
  version: '1.1.0',
  title: 'Last two digits',
  group: 'digits',
  side: 'bank',
  needs: ['amount'],
  uses: ['currency'],
  parameters: DIGIT_PARAMETERS,
  explanations: ['fixed-tariff', 'recurring'],
  run(table, parameters, context) {
    const { used, excluded, groups } = endingGroups(table, parameters, context);
    return {
      population: { rows: table.rowCount, used, excluded },
      statistics: statisticsOf(groups),
      bins: groups.flatMap(binsOf),
      findings: inReportOrder(groups.flatMap(findingsOf)),
      limits: limitsOf(groups, used),
    };
  },
  rowsOfBin(table, parameters, key) {
    for (const { keyOf, rowsEndingIn } of endingGroups(table, parameters, NEVER).groups)
      for (let ending = 0; ending < CLASSES; ending++) if (keyOf(ending) === key) return rowsEndingIn(ending);
    return new Uint32Array();
  },
};
