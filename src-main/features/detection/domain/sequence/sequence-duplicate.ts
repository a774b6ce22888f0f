import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { countOf, describeRow, formatCount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest, Severity } from '../forensic-test.ts';
import { integerParameter, textParameter } from '../parameters.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { numberUse } from './repeated-numbers.ts';
import { forEachSeries, type SeriesRows, titledSeries } from './series-rows.ts';

/** From so many distinct numbers on it can be told that a series repeats its numbers by design. */
const LEAST_FOR_DESIGN = 20;

/** What a spreadsheet makes of a long number: 2.10835E+13. Its digits are lost, and many numbers have become one. */
const SCIENTIFIC = /^\d(\.\d*)?E\+$/i;

/** In what rows of one number differ; unknown values differ from nothing. */
type Difference = 'party' | 'amount' | 'currency' | 'date';

interface Differences {
  readonly of: readonly Difference[];
  /** Two rows of equal size and opposite sign: a cancellation. */
  readonly cancelled: boolean;
}

const differs = (values: ArrayLike<number> | undefined, rows: readonly number[], unknown: number): boolean => {
  if (values === undefined) return false;
  let seen = unknown;
  for (const row of rows) {
    const value = values[row]!;
    if (value === unknown || Number.isNaN(value)) continue;
    if (seen !== unknown && value !== seen) return true;
    seen = value;
  }
  return false;
};

const differencesOf = (table: TransactionTable, rows: readonly number[]): Differences => {
  const amounts = table.amountUnits;
  const of: Difference[] = [];
  if (differs(table.party?.codes, rows, -1)) of.push('party');
  // No amount is infinite: the value stands for "none seen".
  if (amounts !== null && differs(amounts, rows, Infinity)) of.push('amount');
  if (differs(table.currency?.codes, rows, -1)) of.push('currency');
  if (table.bookingDay !== null && differs(table.bookingDay, rows, UNKNOWN_DAY)) of.push('date');
  const cancelled =
    amounts !== null && rows.length === 2 && amounts[rows[0]!] === -amounts[rows[1]!]! && amounts[rows[0]!] !== 0;
  return { of, cancelled };
};

/** Lines of one voucher share its number: they differ in what they state, not in what they are. */
const isOneEntry = (table: TransactionTable, rows: readonly number[]): boolean => {
  const codes = table.entry?.codes;
  return codes !== undefined && codes[rows[0]!]! >= 0 && rows.every(row => codes[row] === codes[rows[0]!]);
};

/** A numbering with numbers that occur more than once. */
interface RepeatedNumbers {
  readonly numbering: SeriesRows;
  readonly distinct: number;
  readonly rowsOf: ReadonlyMap<number, readonly number[]>;
}

/** Who gives the numbers: one issuer for all parties, or each party its own (invoices of suppliers). */
type Issuer = 'one' | 'party';

const sameParty = (table: TransactionTable, rows: readonly number[]): number[][] =>
  [...Map.groupBy(rows, row => table.party?.codes[row] ?? -1)].flatMap(([code, own]) =>
    code >= 0 && own.length > 1 ? [own] : [],
  );

/** So many numbers, and one in so many, that several parties share: they number by themselves. */
const LEAST_SHARED = 20;
const SHARED_ONE_OF = 50;

const issuerOf = (
  table: TransactionTable,
  asked: string,
  series: readonly RepeatedNumbers[],
  distinct: number,
): Issuer => {
  if (asked !== 'auto' || table.party === null) return asked === 'party' && table.party !== null ? 'party' : 'one';
  const codes = table.party.codes;
  let shared = 0;
  for (const { rowsOf } of series) for (const rows of rowsOf.values()) if (differs(codes, rows, -1)) shared++;
  return shared >= LEAST_SHARED && shared * SHARED_ONE_OF >= distinct ? 'party' : 'one';
};

interface NumberLead {
  readonly score: number;
  readonly key: string;
  readonly severity: Severity;
  readonly rows: Uint32Array;
  readonly reason: () => string;
}

const SCORES: Readonly<Record<Difference, number>> = { party: 0.4, amount: 0.3, currency: 0.1, date: 0.1 };

const severityOf = ({ of, cancelled }: Differences): Severity => {
  if (cancelled) return 'info';
  if (of.includes('party')) return 'high';
  return of.includes('amount') || of.includes('currency') ? 'medium' : 'low';
};

const numberLead = (
  table: TransactionTable,
  numbering: SeriesRows,
  number: number,
  rows: readonly number[],
  differences: Differences,
  issuer: Issuer,
): NumberLead => {
  const { of, cancelled } = differences;
  const score = cancelled ? 0.05 : of.reduce((sum, difference) => sum + SCORES[difference], 0);
  return {
    score,
    key: JSON.stringify([
      numbering.series,
      numbering.account,
      number,
      ...(issuer === 'party' ? [textAt(table.party, rows[0]!)] : []),
    ]),
    severity: severityOf(differences),
    rows: Uint32Array.from(rows),
    reason: () => {
      const described = [...new Set(rows.map(row => describeRow(table, row)))].sort();
      const examples = described.slice(0, 3).join('; ') + (described.length > 3 ? '; …' : '');
      return `${titledSeries(numbering)}: number ${number} is used ${formatCount(rows.length)} times with different ${of.join(' and ')}: ${examples}.${cancelled ? ' The two cancel each other.' : ''}`;
    },
  };
};

const designLead = (numbering: SeriesRows, repeated: number, distinct: number, rows: number[]): NumberLead => ({
  score: 0.02,
  key: JSON.stringify([numbering.series, numbering.account, 'many']),
  severity: 'info',
  rows: Uint32Array.from(rows).sort(),
  reason: () =>
    `${titledSeries(numbering)}: ${formatCount(repeated)} of ${formatCount(distinct)} numbers are used more than once with different content. So many suggest that a number does not stand for one document here.`,
});

/** Numbers of a series that are used more than once, with different content. Spec: docs/specs/sequence-duplicate.md. */
export const sequenceDuplicate: ForensicTest = {
  id: 'sequence-duplicate',
  version: '1.0.0',
  title: 'Number used twice',
  group: 'sequence',
  side: 'bank',
  needs: ['reference'],
  uses: ['account', 'party', 'amount', 'currency', 'date', 'entry'],
  parameters: [
    {
      name: 'most-repeated',
      kind: 'integer',
      default: '50',
      minimum: 1,
      maximum: 100,
      meaning: `percent of the numbers of a series (of ${LEAST_FOR_DESIGN} or more) from which they repeat by design`,
    },
    {
      name: 'issuer',
      kind: 'choice',
      default: 'auto',
      choices: ['auto', 'one', 'party'],
      meaning:
        'who gives the numbers: one issuer, or each party its own; auto: each party, where parties share many numbers',
    },
    mostFindingsParameter(200),
  ],
  explanations: ['reversed', 'recurring', 'own-transfer', 'immaterial'],
  run(table, parameters, context) {
    const mostRepeated = integerParameter(parameters, 'most-repeated');
    const numbers = requireColumn(table.seriesNumber, 'reference');
    const series: RepeatedNumbers[] = [];
    const figures = { series: 0, repeatedNumbers: 0, differingNumbers: 0, seriesByDesign: 0 };
    let distinctNumbers = 0;
    let damaged = 0;
    const { unnumbered } = forEachSeries(table, context, numbering => {
      const { rows } = numbering;
      if (SCIENTIFIC.test(numbering.series)) {
        damaged += rows.length;
        return;
      }
      figures.series++;
      const own = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) own[i] = numbers[rows[i]!]!;
      const { distinct, repeated } = numberUse(own);
      distinctNumbers += distinct;
      if (repeated.length === 0) return;
      const rowsOf = new Map<number, number[]>(repeated.map(number => [number, []]));
      for (let i = 0; i < rows.length; i++) rowsOf.get(own[i]!)?.push(rows[i]!);
      figures.repeatedNumbers += repeated.length;
      series.push({ numbering, distinct, rowsOf });
    });
    const issuer = issuerOf(table, textParameter(parameters, 'issuer'), series, distinctNumbers);
    const leads: NumberLead[] = [];
    for (const { numbering, distinct, rowsOf } of series) {
      const differing = [...rowsOf].flatMap(([number, rows]) =>
        (issuer === 'party' ? sameParty(table, rows) : [rows]).flatMap(group => {
          const differences = differencesOf(table, group);
          return differences.of.length === 0 || isOneEntry(table, group) ? [] : [{ number, group, differences }];
        }),
      );
      figures.differingNumbers += differing.length;
      if (distinct >= LEAST_FOR_DESIGN && differing.length * 100 >= mostRepeated * distinct) {
        figures.seriesByDesign++;
        leads.push(
          designLead(
            numbering,
            differing.length,
            distinct,
            differing.flatMap(({ group }) => group),
          ),
        );
      } else
        for (const { number, group, differences } of differing)
          leads.push(numberLead(table, numbering, number, group, differences, issuer));
    }
    const { listed, limits } = strongestLeads(leads, integerParameter(parameters, 'most-findings'));
    const compared = [
      ...(table.party === null ? [] : ['party']),
      ...(table.amountUnits === null ? [] : ['amount']),
      ...(table.currency === null ? [] : ['currency']),
      ...(table.bookingDay === null ? [] : ['date']),
    ];
    return {
      population: {
        rows: table.rowCount,
        used: table.rowCount - unnumbered - damaged,
        excluded: [
          { reason: 'reference does not end in a number of at most 15 digits', count: unnumbered },
          { reason: 'reference is a number in scientific notation, its digits lost in a spreadsheet', count: damaged },
        ].filter(group => group.count > 0),
      },
      statistics: { ...figures, issuer },
      bins: [],
      findings: inReportOrder(
        listed.map(
          ({ key, rows, severity, score, reason }): FindingDraft => ({ key, rows, severity, score, reason: reason() }),
        ),
      ),
      limits: [
        compared.length === 0
          ? 'No column party, amount, currency or date: whether the content of equal numbers differs could not be told.'
          : `Content is compared by ${compared.join(', ')}; an unknown value differs from none. Rows equal in these are the business of duplicate-exact.`,
        ...(table.account === null
          ? ['No column account: numberings of several accounts with equal texts were taken as one.']
          : ['A numbering is told by its text within one account; one number in two accounts is not reported.']),
        ...(issuer === 'party'
          ? [
              'Each party gives its own numbers: only numbers that one party uses twice are reported (parameter issuer).',
            ]
          : []),
        ...(figures.seriesByDesign > 0
          ? [
              `${countOf(figures.seriesByDesign, 'series', 'series')} repeat${figures.seriesByDesign === 1 ? 's' : ''} numbers by design: one finding each.`,
            ]
          : []),
        ...limits,
      ],
    };
  },
};
