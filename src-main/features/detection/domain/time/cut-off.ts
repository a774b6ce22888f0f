import { type CivilDay, civilParts, isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { knownDays } from '../calendar.ts';
import { countOf, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest, Parameters, Severity } from '../forensic-test.ts';
import { dayParameter, decimalParameter, integerParameter, monthDayParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { entryInWords } from './entry-in-words.ts';
import { sumInWords } from './share-test.ts';

/** Last days of the periods whose close is looked at. */
/** Only a close with days on both sides of it can have entries on the wrong one. */
const closesOf = (parameters: Parameters, first: CivilDay, last: CivilDay): CivilDay[] => {
  const periodEnd = dayParameter(parameters, 'period-end');
  if (periodEnd !== null) return [periodEnd];
  const closeOfYear = monthDayParameter(parameters, 'year-end');
  const closes: CivilDay[] = [];
  for (let { year } = civilParts(first); year <= civilParts(last).year; year++) {
    const close = closeOfYear(year);
    if (close !== null && close >= first && close < last) closes.push(close);
  }
  return closes;
};

/** Periods by day: for each day from `first` on, how many closes lie before it. */
const periodsOf = (closes: readonly CivilDay[], first: CivilDay, last: CivilDay): Int32Array => {
  const periods = new Int32Array(last - first + 1);
  let next = 0;
  for (let i = 0; i < periods.length; i++) {
    while (next < closes.length && closes[next]! < first + i) next++;
    periods[i] = next;
  }
  return periods;
};

type Direction = 'late' | 'early';

interface CutOffLead {
  readonly score: number;
  readonly key: string;
  readonly close: CivilDay;
  readonly direction: Direction;
  readonly group: string | null;
  readonly rows: number[];
}

/** A ledger account where the table has them, else an account. */
const groupAt = (table: TransactionTable, row: number): string | null =>
  textAt(table.ledgerAccount ?? table.account, row);

/** Entries booked in another period than the one their document or value date belongs to. Spec: docs/specs/cut-off.md. */
export const cutOff: ForensicTest = {
  id: 'cut-off',
  version: '1.0.0',
  title: 'Cut-off',
  group: 'time',
  side: 'ledger',
  needs: ['date', 'value-date'],
  uses: ['ledger-account', 'account', 'amount', 'currency', 'party'],
  parameters: [
    {
      name: 'period-end',
      kind: 'day',
      default: '',
      meaning: 'last day of the period; where none is given, every close of a financial year among the records',
    },
    { name: 'year-end', kind: 'month-day', default: '12-31', meaning: 'close of the financial year, MM-DD' },
    {
      name: 'days',
      kind: 'integer',
      default: '30',
      minimum: 1,
      maximum: 366,
      meaning: 'how many days around the close are looked at: one of the two dates must lie there',
    },
    {
      name: 'materiality',
      kind: 'decimal',
      default: '0',
      minimum: 0,
      meaning: 'a finding with an amount of at least so many currency units is high; 0: none is given',
    },
    mostFindingsParameter(200),
  ],
  explanations: ['reversed', 'recurring', 'immaterial'],
  run(table, parameters, context) {
    const booked = requireColumn(table.bookingDay, 'date');
    const valued = requireColumn(table.valueDay, 'value-date');
    const around = integerParameter(parameters, 'days');
    const bookedSpan = knownDays(booked);
    const valuedSpan = knownDays(valued);
    const first = Math.min(bookedSpan?.first ?? 0, valuedSpan?.first ?? 0);
    const last = Math.max(bookedSpan?.last ?? 0, valuedSpan?.last ?? 0);
    const closes = closesOf(parameters, first, last);
    const periods = periodsOf(closes, first, last);
    const leads = new Map<string, CutOffLead>();
    const counts = { booked: 0, valued: 0, late: 0, early: 0 };
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.9);
      const day = booked[row]!;
      const value = valued[row]!;
      if (day === UNKNOWN_DAY) counts.booked++;
      else if (value === UNKNOWN_DAY) counts.valued++;
      else if (periods[day - first] !== periods[value - first]) {
        // Of several closes between the two dates the first counts: the entry left its period there.
        const close = closes[Math.min(periods[day - first]!, periods[value - first]!)]!;
        if (Math.min(Math.abs(day - close), Math.abs(value - close)) > around) continue;
        const direction = day > value ? 'late' : 'early';
        counts[direction]++;
        const group = groupAt(table, row);
        const key = JSON.stringify([isoDate(close), direction, group, textAt(table.currency, row)]);
        const known = leads.get(key);
        if (known === undefined) leads.set(key, { score: 0, key, close, direction, group, rows: [row] });
        else known.rows.push(row);
      }
    }
    const material = decimalParameter(parameters, 'materiality');
    const bound = material.units > 0 ? unitsAtLeast(material, table.amountScale) : null;
    const totals = [...leads.values()].map(lead => ({ ...lead, total: totalOf(table.amountUnits, lead.rows) }));
    const largest = Math.max(1, ...totals.map(({ total }) => total));
    const ranked = totals.map(lead => ({ ...lead, score: 0.2 + (0.8 * lead.total) / largest }));
    const { listed, limits } = strongestLeads(ranked, integerParameter(parameters, 'most-findings'));
    return {
      population: {
        rows: table.rowCount,
        used: table.rowCount - counts.booked - counts.valued,
        excluded: [
          { reason: 'booking date is unknown', count: counts.booked },
          { reason: 'value or document date is unknown', count: counts.valued },
        ].filter(group => group.count > 0),
      },
      statistics: { closes: closes.length, bookedLate: counts.late, bookedEarly: counts.early, flagged: leads.size },
      bins: [],
      findings: inReportOrder(listed.map(lead => draft(table, lead, lead.total, bound))),
      limits: [
        'Which period an entry belongs to is judged by its value or document date alone; deliveries and services are not in these records.',
        ...(closes.length === 0
          ? [
              'No close of a period lies among the days of the records: give period-end (YYYY-MM-DD) or year-end (MM-DD). Nothing was tested.',
            ]
          : []),
        ...(table.amountUnits === null ? ['No column amount: findings are not ranked by amount.'] : []),
        ...limits,
      ],
    };
  },
};

const totalOf = (amounts: Float64Array | null, rows: readonly number[]): number =>
  amounts === null ? 0 : rows.reduce((sum, row) => sum + (Number.isNaN(amounts[row]) ? 0 : Math.abs(amounts[row]!)), 0);

const severityOf = (total: number, bound: number | null): Severity =>
  bound === null ? 'medium' : total >= bound ? 'high' : 'low';

const draft = (table: TransactionTable, lead: CutOffLead, total: number, bound: number | null): FindingDraft => {
  const rows = Uint32Array.from(lead.rows);
  const account = lead.group === null ? '' : `Account ${lead.group}: `;
  const what =
    lead.direction === 'late'
      ? `belong to the period up to ${isoDate(lead.close)} by their date and were booked after it`
      : `were booked up to ${isoDate(lead.close)} and belong to the next period by their date`;
  const sizes = table.amountUnits;
  const size = (row: number): number =>
    sizes === null || Number.isNaN(sizes[row]) ? UNKNOWN_CODE : Math.abs(sizes[row]!);
  const most = Math.max(...lead.rows.map(size));
  const example = lead.rows
    .filter(row => size(row) === most)
    .map(row => `${entryInWords(table, row)}, dated ${isoDate(table.valueDay![row]!)}`)
    .sort()[0]!;
  return {
    key: lead.key,
    rows,
    severity: severityOf(total, bound),
    score: lead.score,
    reason: `${account}${countOf(rows.length, 'entry', 'entries')}${sumInWords(table, rows)} ${rows.length === 1 ? what.replace('belong', 'belongs').replace('were', 'was').replace('their', 'its') : what}. ${rows.length === 1 ? 'It' : 'The largest'}: ${example}.`,
  };
};
