import { powerOfTen } from '../../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { countOf, formatAmount, formatCount, sharedCurrency } from '../figures.ts';
import type { FindingDraft, ParameterSpec, Parameters } from '../forensic-test.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { mostFindingsParameter } from '../strongest-leads.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { formatShare, type ShareRules, scoreOfChance, type UnusualShare } from './unusual-share.ts';

/** Parameters of the tests that compare a group's share of unusual times with the rest. */
export const SHARE_PARAMETERS: readonly ParameterSpec[] = [
  {
    name: 'minimum-count',
    kind: 'integer',
    default: '3',
    minimum: 1,
    maximum: 1_000_000,
    meaning: 'such rows that a group needs to be compared with the rest',
  },
  {
    name: 'factor',
    kind: 'decimal',
    default: '2',
    minimum: 1,
    maximum: 1_000_000,
    meaning: 'how many times the share of the rest a group has at least',
  },
  {
    name: 'significance',
    kind: 'decimal',
    default: '0.01',
    minimum: 0.000001,
    maximum: 0.999999,
    meaning: 'chance at most of one false finding among all groups of a column',
  },
  mostFindingsParameter(100),
];

const fraction = (parameters: Parameters, name: string): number => {
  const { units, scale } = decimalParameter(parameters, name);
  return units / powerOfTen(scale);
};

export const shareRules = (parameters: Parameters): ShareRules => ({
  minimumCount: integerParameter(parameters, 'minimum-count'),
  factor: fraction(parameters, 'factor'),
  significance: fraction(parameters, 'significance'),
});

/** The columns by which rows are grouped, with what a group is called. */
export const groupColumns = (
  columns: readonly (readonly [word: string, column: CodedColumn | null])[],
): { readonly word: string; readonly column: CodedColumn }[] =>
  columns.flatMap(([word, column]) => (column === null ? [] : [{ word, column }]));

/** The sum of the amounts' sizes in words: " (1,234.50 EUR)"; nothing where amounts or currencies are unknown or differ. */
export const sumInWords = (table: TransactionTable, rows: Uint32Array): string => {
  const currency = sharedCurrency(table, rows);
  if (table.amountUnits === null || (table.currency !== null && currency === null)) return '';
  let sum = 0n;
  for (const row of rows) {
    const units = table.amountUnits[row]!;
    if (Number.isNaN(units)) return '';
    sum += BigInt(Math.abs(units));
  }
  return sum > BigInt(Number.MAX_SAFE_INTEGER) ? '' : ` (${formatAmount(table, Number(sum), currency)})`;
};

/** A finding on one group. `what` says what its marked rows are: "on a weekend or holiday". */
export const shareFinding = (
  table: TransactionTable,
  word: string,
  share: UnusualShare,
  what: string,
): FindingDraft => {
  const { name, rows, members, restShare, adjustedP } = share;
  const own = rows.length / members;
  return {
    key: JSON.stringify([word, name]),
    rows,
    severity: own / restShare >= 10 ? 'high' : 'medium',
    score: scoreOfChance(adjustedP),
    reason: `${word[0]!.toUpperCase()}${word.slice(1)} ${name}: ${formatCount(rows.length)} of ${countOf(members, 'row')} ${what} (${formatShare(own)}), elsewhere ${formatShare(restShare)}${sumInWords(table, rows)}.`,
  };
};
