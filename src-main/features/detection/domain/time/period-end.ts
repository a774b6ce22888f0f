import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { powerOfTen } from '../../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { businessCalendar, CALENDAR_PARAMETERS, knownDays } from '../calendar.ts';
import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, integerParameter, textParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { rowsByCode } from '../rows-by-code.ts';
import { strongestLeads } from '../strongest-leads.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { openShares } from './month-calendar.ts';
import { type MonthNumber, monthDays, monthText } from './month-days.ts';
import { SHARE_PARAMETERS, shareRules, sumInWords } from './share-test.ts';
import { binomialUpperTail, formatShare, scoreOfChance } from './unusual-share.ts';

/** Months besides the one looked at that a group needs for a usual share. */
const LEAST_OTHER_MONTHS = 3;
/** Rows of a month from which its share of the amount means something. */
const LEAST_MONTH_ROWS = 10;
/** Share of a month's amount in its last days from which one month is reported. */
const LEAST_MONTH_SHARE = 0.5;

/** One group's rows by month, and their amounts in the currency that most of the group's rows have. */
interface GroupMonth {
  readonly month: MonthNumber;
  rows: number;
  endRows: number;
  size: number;
  endSize: number;
}

interface GroupFigures {
  readonly code: number;
  readonly members: number;
  readonly endRows: number;
  /** Share of end-of-month rows if the rows were spread evenly over the business days of their months. */
  readonly evenShare: number;
  readonly months: readonly GroupMonth[];
}

interface PeriodLead {
  readonly score: number;
  readonly key: string;
  readonly finding: () => FindingDraft;
}

/** Accounts; where a table has none, ledger accounts; else all rows are one group without a name. */
const groupsOf = (table: TransactionTable): { readonly word: string; readonly column: CodedColumn } =>
  table.account !== null
    ? { word: 'Account', column: table.account }
    : table.ledgerAccount !== null
      ? { word: 'Ledger account', column: table.ledgerAccount }
      : { word: 'All rows', column: { codes: new Int32Array(table.rowCount), values: [''] } };

/** The currency that most of the rows have (of equals the first by name); UNKNOWN_CODE where that is none. */
const mostFrequent = (currency: CodedColumn | null, rows: Uint32Array): number => {
  if (currency === null) return UNKNOWN_CODE;
  const counts = new Uint32Array(currency.values.length + 1);
  for (let i = 0; i < rows.length; i++) counts[currency.codes[rows[i]!]! + 1]!++;
  const nameOf = (bucket: number): string => currency.values[bucket - 1] ?? '';
  let most = 0;
  for (let bucket = 1; bucket < counts.length; bucket++)
    if (counts[bucket]! > counts[most]! || (counts[bucket] === counts[most] && nameOf(bucket) < nameOf(most)))
      most = bucket;
  return most - 1;
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Rows and amounts that gather in the last days of months. Spec: docs/specs/period-end.md. */
export const periodEnd: ForensicTest = {
  id: 'period-end',
  version: '1.0.0',
  title: 'Period ends',
  group: 'time',
  side: 'bank',
  needs: ['date'],
  uses: ['account', 'ledger-account', 'amount', 'currency'],
  parameters: [
    {
      name: 'days',
      kind: 'integer',
      default: '3',
      minimum: 1,
      maximum: 15,
      meaning: 'last calendar days of a month that are its end',
    },
    { name: 'year-end', kind: 'month-day', default: '12-31', meaning: 'close of the financial year, MM-DD' },
    ...CALENDAR_PARAMETERS,
    ...SHARE_PARAMETERS,
  ],
  explanations: ['customary-day', 'recurring', 'reversed', 'immaterial'],
  run(table, parameters, context) {
    const days = requireColumn(table.bookingDay, 'date');
    const endDays = integerParameter(parameters, 'days');
    const rules = shareRules(parameters);
    const factorParameter = decimalParameter(parameters, 'factor');
    const factor = factorParameter.units / powerOfTen(factorParameter.scale);
    const closingMonth = Number(textParameter(parameters, 'year-end').slice(0, 2));
    const { word, column } = groupsOf(table);
    const span = knownDays(days) ?? { first: 0, last: 0 };
    const { month: monthOf, daysLeft } = monthDays(span.first, span.last);
    const calendar = businessCalendar(parameters);
    const even = openShares(calendar, monthOf[0]!, monthOf.at(-1)!, endDays);
    const firstMonth = monthOf[0]!;
    const usable = new Int32Array(table.rowCount);
    const excluded = { day: 0, group: 0 };
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.3);
      usable[row] = UNKNOWN_CODE;
      if (days[row] === UNKNOWN_DAY) excluded.day++;
      else if (column.codes[row]! < 0) excluded.group++;
      else usable[row] = column.codes[row]!;
    }
    const { starts, rows } = rowsByCode(usable, column.values.length);
    const isEnd = (row: number): boolean => daysLeft[days[row]! - span.first]! <= endDays;
    const slots = new Int32Array(monthOf.at(-1)! - firstMonth + 1).fill(-1);
    const currencyAt = (row: number): number => table.currency?.codes[row] ?? UNKNOWN_CODE;
    const figuresOf = (code: number): GroupFigures => {
      const months: GroupMonth[] = [];
      const currency = mostFrequent(table.currency, rows.subarray(starts[code]!, starts[code + 1]!));
      let endRows = 0;
      for (let i = starts[code]!; i < starts[code + 1]!; i++) {
        const row = rows[i]!;
        const index = days[row]! - span.first;
        const slot = monthOf[index]! - firstMonth;
        if (slots[slot] === -1)
          slots[slot] = months.push({ month: monthOf[index]!, rows: 0, endRows: 0, size: 0, endSize: 0 }) - 1;
        const own = months[slots[slot]!]!;
        const size = table.amountUnits === null ? 0 : Math.abs(table.amountUnits[row]!);
        const known = Number.isNaN(size) || currencyAt(row) !== currency ? 0 : size;
        own.rows++;
        own.size += known;
        if (daysLeft[index]! > endDays) continue;
        own.endRows++;
        own.endSize += known;
        endRows++;
      }
      months.sort((a, b) => a.month - b.month);
      for (const { month } of months) slots[month - firstMonth] = -1;
      const members = starts[code + 1]! - starts[code]!;
      const expected = months.reduce((sum, own) => sum + own.rows * even[own.month - firstMonth]!, 0);
      return { code, members, endRows, evenShare: expected / members, months };
    };
    const groups: GroupFigures[] = [];
    for (let code = 0; code < column.values.length; code++) {
      reportProgress(context, code, column.values.length, 0.4, 0.8);
      if (starts[code] !== starts[code + 1]) groups.push(figuresOf(code));
    }
    const allEnd = groups.reduce((sum, group) => sum + group.endRows, 0);
    const called = (code: number): string => (column.values[code] === '' ? word : `${word} ${column.values[code]!}`);
    const endRowsOf = ({ code }: GroupFigures, month: MonthNumber | null): Uint32Array =>
      rows
        .slice(starts[code], starts[code + 1])
        .filter(row => isEnd(row) && (month === null || monthOf[days[row]! - span.first] === month));
    const lastDays = `in the last ${countOf(endDays, 'day')}`;
    const leads: PeriodLead[] = [];
    for (const group of groups) {
      const name = column.values[group.code]!;
      const rest = rows.length - group.members;
      const restShare = rest === 0 ? 0 : (allEnd - group.endRows) / rest;
      const usual = Math.max(group.evenShare, restShare);
      const share = group.endRows / group.members;
      const adjustedP =
        group.endRows >= rules.minimumCount && usual > 0 && share >= factor * usual
          ? binomialUpperTail(group.endRows, group.members, usual) * groups.length
          : 1;
      if (adjustedP < rules.significance) {
        const key = JSON.stringify([name]);
        const score = scoreOfChance(adjustedP);
        leads.push({
          score,
          key,
          finding: () => {
            const own = endRowsOf(group, null);
            return {
              key,
              rows: own,
              severity: 'medium',
              score,
              reason: `${called(group.code)}: ${formatCount(group.endRows)} of ${countOf(group.members, 'row')} ${lastDays} of a month (${formatShare(share)}); spread evenly it were ${formatShare(group.evenShare)}, elsewhere it is ${rest === 0 ? 'not known' : formatShare(restShare)}${sumInWords(table, own)}.`,
            };
          },
        });
      }
      leads.push(...monthLeads(group));
    }
    function monthLeads(group: GroupFigures): PeriodLead[] {
      const shares = group.months.filter(({ size }) => size > 0);
      if (shares.length <= LEAST_OTHER_MONTHS) return [];
      return shares.flatMap(own => {
        const share = own.endSize / own.size;
        if (own.rows < LEAST_MONTH_ROWS || own.endRows < rules.minimumCount || share < LEAST_MONTH_SHARE) return [];
        const usual = median(shares.filter(other => other !== own).map(other => other.endSize / other.size));
        if (share < factor * Math.max(usual, even[own.month - firstMonth]!)) return [];
        const key = JSON.stringify([column.values[group.code]!, monthText(own.month)]);
        const closesYear = (own.month % 12) + 1 === closingMonth;
        const score = 0.5 + 0.5 * (1 - Math.max(usual, 0.01) / share);
        const finding = (): FindingDraft => {
          const rowsOfEnd = endRowsOf(group, own.month);
          return {
            key,
            rows: rowsOfEnd,
            severity: closesYear ? 'high' : 'medium',
            score,
            reason: `${called(group.code)}: ${formatShare(share)} of the amount of ${monthText(own.month)} lies ${lastDays}, in ${countOf(own.endRows, 'row')}${sumInWords(table, rowsOfEnd)}; in its other months half have at most ${formatShare(usual)}${closesYear ? '. The financial year closes with this month' : ''}.`,
          };
        };
        return [{ score, key, finding }];
      });
    }
    const { listed, limits } = strongestLeads(leads, integerParameter(parameters, 'most-findings'));
    return {
      population: {
        rows: table.rowCount,
        used: rows.length,
        excluded: [
          { reason: 'date is unknown', count: excluded.day },
          { reason: 'account is unknown', count: excluded.group },
        ].filter(group => group.count > 0),
      },
      statistics: {
        groups: groups.length,
        endRows: allEnd,
        share: rows.length === 0 ? null : allEnd / rows.length,
        flagged: leads.length,
      },
      bins: [],
      findings: inReportOrder(listed.map(lead => lead.finding())),
      limits: [
        'Salaries, rent, interest and fees are due at the end of a month for innocent reasons.',
        ...(word === 'All rows' ? ['No account column: all rows were taken as one account.'] : []),
        ...(table.amountUnits === null ? ['No column amount: single months were not looked at.'] : []),
        ...(table.currency !== null && table.currency.values.length > 1
          ? ['Shares of an amount are those of the currency that most rows of the account have; nothing is converted.']
          : []),
        ...(rows.length === 0 ? [] : calendar.limits(span.first, span.last)),
        ...limits,
      ],
    };
  },
};
