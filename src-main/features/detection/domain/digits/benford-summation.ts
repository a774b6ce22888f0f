import { formatUnits, powerOfTen, UnitSum } from '../../../../kernel/decimal.ts';
import { formatAmount, formatCount } from '../figures.ts';
import type { DigitBin, FindingDraft, ForensicTest } from '../forensic-test.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { DIGIT_PARAMETERS, type DigitScan, scanDigits } from './digit-scan.ts';

const CLASSES = 90;
const SUFFICIENT = 300;
const MOST_FINDINGS = 5;
/** A class holding more than this many times its share asks who made it so. */
const TIMES_ASKED = 2;
const NEVER = { progress: () => undefined };

const twoOf = (three: number): number => Math.floor(three / 10);

/** Sums by the first two digits, in units; amounts beyond 2^53 units are not summed. */
const sumsOf = (table: TransactionTable, { leadingThree }: DigitScan): bigint[] => {
  const amounts = requireColumn(table.amountUnits, 'amount');
  const sums = Array.from({ length: CLASSES }, () => new UnitSum());
  for (let row = 0; row < table.rowCount; row++) {
    const three = leadingThree[row]!;
    const size = Math.abs(amounts[row]!);
    if (three !== 0 && !Number.isNaN(size)) sums[twoOf(three) - 10]!.add(size);
  }
  return sums.map(sum => sum.value);
};

const binsOf = (sums: readonly bigint[], scale: number): DigitBin[] => {
  const currency = sums.map(sum => Number(formatUnits(sum, scale, 0)));
  const expected = currency.reduce((total, sum) => total + sum, 0) / CLASSES;
  const deviation = Math.sqrt(currency.reduce((total, sum) => total + (sum - expected) ** 2, 0) / (CLASSES - 1));
  return currency.map((count, i) => ({
    key: String(10 + i),
    count,
    expected,
    z: deviation === 0 ? 0 : Math.abs(count - expected) / deviation,
  }));
};

const rowsOf = (table: TransactionTable, { leadingThree }: DigitScan, digits: number): Uint32Array => {
  const amounts = requireColumn(table.amountUnits, 'amount');
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++)
    if (twoOf(leadingThree[row]!) === digits && !Number.isNaN(amounts[row]!)) rows.push(row);
  return Uint32Array.from(rows);
};

const findingOf = (table: TransactionTable, scan: DigitScan, bin: DigitBin): FindingDraft => {
  const amounts = requireColumn(table.amountUnits, 'amount');
  const rows = rowsOf(table, scan, Number(bin.key));
  const largest = rows.reduce((max, row) => Math.max(max, Math.abs(amounts[row]!)), 0);
  const times = bin.count / bin.expected;
  const figure = (value: number): string =>
    formatAmount(table, Math.round(value * powerOfTen(table.amountScale)), null);
  return {
    key: bin.key,
    rows,
    severity: 'low',
    score: 1 - TIMES_ASKED / times,
    reason: `Amounts that begin with ${bin.key} sum to ${figure(bin.count)} in ${formatCount(rows.length)} rows, ${times.toFixed(1)} times the ${figure(bin.expected)} of an equal share; the largest of them is ${formatAmount(table, largest, null)}.`,
  };
};

/** Sums of the amounts by their first two digits: equal shares under Benford's law. Spec: docs/specs/benford-summation.md. */
export const benfordSummation: ForensicTest = {
  id: 'benford-summation',
  version: '1.0.0',
  title: 'Summation (Benford)',
  group: 'digits',
  side: 'bank',
  needs: ['amount'],
  uses: [],
  parameters: DIGIT_PARAMETERS,
  explanations: ['recurring', 'own-transfer'],
  run(table, parameters, context) {
    const scan = scanDigits(table, parameters, context);
    const sums = sumsOf(table, scan);
    const bins = binsOf(sums, table.amountScale);
    const total = sums.reduce((sum, part) => sum + part, 0n);
    const shares = bins.map(bin => (total === 0n ? 0 : bin.count / (bin.expected * CLASSES)));
    const asked = scan.used < SUFFICIENT ? [] : bins.filter(bin => bin.count > TIMES_ASKED * bin.expected);
    const large = table.largeAmounts.size;
    return {
      population: { rows: table.rowCount, used: scan.used, excluded: scan.excluded },
      statistics: {
        total: formatUnits(total, table.amountScale, 0),
        expectedShare: 1 / CLASSES,
        largestShare: total === 0n ? null : Math.max(...shares),
        meanAbsoluteDeviation:
          total === 0n ? null : shares.reduce((sum, share) => sum + Math.abs(share - 1 / CLASSES), 0) / CLASSES,
        flagged: asked.length,
      },
      bins,
      findings: asked
        .toSorted((a, b) => b.count - a.count || Number(a.key) - Number(b.key))
        .slice(0, MOST_FINDINGS)
        .map(bin => findingOf(table, scan, bin)),
      limits: [
        'Real amounts seldom have equal sums: the test shows which large or frequent amounts weigh most. Nigrini gives it no statistic; z compares a class with the spread of the ninety sums.',
        'Amounts in several currencies are added as they stand.',
        ...(scan.used < SUFFICIENT ? [`Fewer than ${SUFFICIENT} amounts: no finding is drawn.`] : []),
        ...(large === 0 ? [] : [`${large} amounts beyond 2^53 units are not in the sums.`]),
      ],
    };
  },
  rowsOfBin: (table, parameters, key) => rowsOf(table, scanDigits(table, parameters, NEVER), Number(key)),
};
