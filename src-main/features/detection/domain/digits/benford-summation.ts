import { formatUnits, UnitSum } from '../../../../kernel/decimal.ts';
import { formatAmount, formatCount, groupThousands } from '../figures.ts';
import type { DigitBin, FindingDraft, ForensicTest } from '../forensic-test.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { amountsUnderTest } from './amounts-under-test.ts';
import { DIGIT_PARAMETERS, type DigitScan, scanDigits } from './digit-scan.ts';

const CLASSES = 90;
const SUFFICIENT = 300;
const MOST_FINDINGS = 5;
/** A class holding more than this many times its share asks who made it so. */
const TIMES_ASKED = 2;
/** Shares of the total are exact to this part of it. */
const SHARE_PARTS = 10n ** 15n;
const NEVER = { progress: () => undefined };

const twoOf = (three: number): number => Math.floor(three / 10);

interface SummedBin extends DigitBin {
  readonly amount: string;
  readonly expectedAmount: string;
  /** Its part of the total, 0 to 1. */
  readonly share: number;
  /** Its sum is more than `TIMES_ASKED` equal shares: decided on the exact sums. */
  readonly isAsked: boolean;
}

/** Rows and exact sums by the first two digits, each beside the equal share of a ninetieth (rounded half up to a unit). */
const binsOf = (table: TransactionTable, { leadingThree }: DigitScan): { total: bigint; bins: SummedBin[] } => {
  const { amountScale } = table;
  const amounts = requireColumn(table.amountUnits, 'amount');
  const counts = new Uint32Array(CLASSES);
  const sums = Array.from({ length: CLASSES }, () => new UnitSum());
  for (let row = 0; row < table.rowCount; row++) {
    const three = leadingThree[row]!;
    const size = Math.abs(amounts[row]!);
    // Amounts without exact units have digits but no exact size: they are not summed.
    if (three === 0 || Number.isNaN(size)) continue;
    counts[twoOf(three) - 10]!++;
    sums[twoOf(three) - 10]!.add(size);
  }
  const total = sums.reduce((sum, part) => sum + part.value, 0n);
  const text = (units: bigint): string => formatUnits(units, amountScale, Math.min(2, amountScale));
  const expectedAmount = text((2n * total + BigInt(CLASSES)) / BigInt(2 * CLASSES));
  const bins = sums.map(({ value }, i) => ({
    key: String(10 + i),
    count: counts[i]!,
    expected: null,
    z: null,
    amount: text(value),
    expectedAmount,
    share: total === 0n ? 0 : Number((value * SHARE_PARTS) / total) / Number(SHARE_PARTS),
    isAsked: value * BigInt(CLASSES) > BigInt(TIMES_ASKED) * total,
  }));
  return { total, bins };
};

const rowsOf = (table: TransactionTable, { leadingThree }: DigitScan, digits: number): Uint32Array => {
  const amounts = requireColumn(table.amountUnits, 'amount');
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++)
    if (twoOf(leadingThree[row]!) === digits && !Number.isNaN(amounts[row]!)) rows.push(row);
  return Uint32Array.from(rows);
};

const findingOf = (table: TransactionTable, scan: DigitScan, bin: SummedBin): FindingDraft => {
  const amounts = requireColumn(table.amountUnits, 'amount');
  const rows = rowsOf(table, scan, Number(bin.key));
  const largest = rows.reduce((max, row) => Math.max(max, Math.abs(amounts[row]!)), 0);
  const times = bin.share * CLASSES;
  return {
    key: bin.key,
    rows,
    severity: 'low',
    score: Math.max(0, 1 - TIMES_ASKED / times),
    reason: `Amounts that begin with ${bin.key} sum to ${groupThousands(bin.amount)} in ${formatCount(rows.length)} rows, ${times.toFixed(1)} times the ${groupThousands(bin.expectedAmount)} of an equal share; the largest of them is ${formatAmount(table, largest, null)}.`,
  };
};

/** Sums of the amounts by their first two digits: equal shares under Benford's law. Spec: docs/specs/benford-summation.md. */
export const benfordSummation: ForensicTest = {
  id: 'benford-summation',
  version: '1.2.0',
  title: 'Summation (Benford)',
  group: 'digits',
  side: 'bank',
  needs: ['amount'],
  uses: [],
  parameters: DIGIT_PARAMETERS,
  explanations: ['recurring', 'own-transfer'],
  run(table, parameters, context) {
    const scan = scanDigits(table, parameters, context);
    const { total, bins } = binsOf(table, scan);
    const { used, excluded } = amountsUnderTest(table, parameters, context);
    const asked = used < SUFFICIENT ? [] : bins.filter(({ isAsked }) => isAsked);
    return {
      population: { rows: table.rowCount, used, excluded },
      statistics: {
        total: formatUnits(total, table.amountScale, 0),
        expectedShare: 1 / CLASSES,
        largestShare: total === 0n ? null : Math.max(...bins.map(({ share }) => share)),
        meanAbsoluteDeviation:
          total === 0n ? null : bins.reduce((sum, { share }) => sum + Math.abs(share - 1 / CLASSES), 0) / CLASSES,
        flagged: asked.length,
      },
      bins: bins.map(({ share: _, isAsked: __, ...bin }) => bin),
      findings: asked
        .toSorted((a, b) => b.share - a.share || Number(a.key) - Number(b.key))
        .slice(0, MOST_FINDINGS)
        .map(bin => findingOf(table, scan, bin)),
      limits: [
        'Real amounts seldom have equal sums: the test shows which large or frequent amounts weigh most. Nigrini gives it no statistic.',
        'Amounts in several currencies are added as they stand.',
        ...(used < SUFFICIENT ? [`Fewer than ${SUFFICIENT} amounts: no finding is drawn.`] : []),
      ],
    };
  },
  rowsOfBin: (table, parameters, key) => rowsOf(table, scanDigits(table, parameters, NEVER), Number(key)),
};
