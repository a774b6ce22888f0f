import { type CivilDay, isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import {
  businessCalendar,
  CALENDAR_PARAMETERS,
  HOLIDAY_DAY,
  knownDays,
  OPEN_DAY,
  WEEKEND_DAY,
  weekdayName,
} from '../calendar.ts';
import { countOf, describeRow } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { strongestLeads } from '../strongest-leads.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { largestRows } from './largest-rows.ts';
import { otherRows } from './other-rows.ts';
import { groupColumns, SHARE_PARAMETERS, shareFinding, shareRules } from './share-test.ts';
import { LEFT_OUT, MARKED, ORDINARY, scoreOfChance, unusualShares } from './unusual-share.ts';

const dayInWords = (day: CivilDay, kind: number): string =>
  `${weekdayName(day)}, ${isoDate(day)}${kind === HOLIDAY_DAY ? ', a holiday' : ''}`;

interface LargeDay {
  /** The largest amount in integer units: what ranks a day. */
  readonly score: number;
  readonly key: string;
  readonly day: CivilDay;
  readonly rows: readonly number[];
}

/** Large rows by day: several on one day are one finding. */
const largeDays = (table: TransactionTable, rows: readonly number[]): LargeDay[] =>
  [...Map.groupBy(rows, row => table.bookingDay![row]!)].map(([day, own]) => ({
    score: Math.max(...own.map(row => Math.abs(table.amountUnits![row]!))),
    key: JSON.stringify(['large', isoDate(day)]),
    day,
    rows: own,
  }));

const largeFinding = (
  table: TransactionTable,
  { key, day, rows, score }: LargeDay,
  kind: number,
  why: string,
): FindingDraft => {
  const largest = rows
    .filter(row => Math.abs(table.amountUnits![row]!) === score)
    .map(row => describeRow(table, row))
    .sort()[0]!;
  const facts = rows.length === 1 ? largest : `${countOf(rows.length, 'large amount')}, the largest ${largest}`;
  return {
    key,
    rows: Uint32Array.from(rows),
    severity: 'medium',
    score: 0.3,
    reason: `${dayInWords(day, kind)}: ${facts} (${why}).`,
  };
};

/** Rows on weekends and holidays. Spec: docs/specs/weekend-holiday.md. */
export const weekendHoliday: ForensicTest = {
  id: 'weekend-holiday',
  version: '1.0.0',
  title: 'Weekends and holidays',
  group: 'time',
  side: 'bank',
  needs: ['date'],
  uses: ['account', 'party', 'poster', 'amount', 'currency'],
  parameters: [
    ...CALENDAR_PARAMETERS,
    {
      name: 'materiality',
      kind: 'decimal',
      default: '0',
      minimum: 0,
      meaning:
        'amounts of at least so many currency units are listed singly; 0: the largest thousandth of each currency',
    },
    ...SHARE_PARAMETERS,
  ],
  explanations: ['customary-day', 'recurring', 'own-transfer', 'immaterial'],
  run(table, parameters, context) {
    const days = requireColumn(table.bookingDay, 'date');
    const calendar = businessCalendar(parameters);
    const span = knownDays(days) ?? { first: 0, last: 0 };
    const kinds = calendar.kinds(span.first, span.last);
    const marks = new Uint8Array(table.rowCount);
    const counts = { used: 0, unknown: 0, weekend: 0, holiday: 0 };
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.4);
      const day = days[row]!;
      if (day === UNKNOWN_DAY) {
        marks[row] = LEFT_OUT;
        counts.unknown++;
        continue;
      }
      const kind = kinds[day - span.first]!;
      marks[row] = kind === OPEN_DAY ? ORDINARY : MARKED;
      counts.used++;
      if (kind === WEEKEND_DAY) counts.weekend++;
      else if (kind === HOLIDAY_DAY) counts.holiday++;
    }
    const rules = shareRules(parameters);
    const leads = groupColumns([
      ['account', table.account],
      ['party', table.party],
      ['user', table.poster],
    ]).flatMap(({ word, column }) =>
      unusualShares(column, marks, rules).unusual.map(share => ({
        word,
        share,
        score: scoreOfChance(share.adjustedP),
        key: JSON.stringify([word, share.name]),
      })),
    );
    context.progress(0.7);
    const materiality = decimalParameter(parameters, 'materiality');
    const material = materiality.units > 0 ? unitsAtLeast(materiality, table.amountScale) : null;
    const most = integerParameter(parameters, 'most-findings');
    const { listed, limits } = strongestLeads(leads, most);
    const largeRows = largestRows(table, marks, material);
    const large = strongestLeads(largeDays(table, largeRows), most);
    const why = material === null ? 'of the largest thousandth of its currency' : 'material';
    const findings = [
      ...listed.map(({ word, share }) => shareFinding(table, word, share, 'lie on a weekend or holiday')),
      ...large.listed.map(day => largeFinding(table, day, kinds[day.day - span.first]!, why)),
    ];
    const others = otherRows(marks, findings, 'on weekends or holidays, in no way unusual for their account or party');
    return {
      population: {
        rows: table.rowCount,
        used: counts.used,
        excluded: counts.unknown > 0 ? [{ reason: 'date is unknown', count: counts.unknown }] : [],
      },
      statistics: {
        weekendRows: counts.weekend,
        holidayRows: counts.holiday,
        share: counts.used === 0 ? null : (counts.weekend + counts.holiday) / counts.used,
        groupsFlagged: leads.length,
        largeRows: largeRows.length,
      },
      bins: [],
      findings: inReportOrder([...findings, ...others.findings]),
      limits: [
        'Banks book on business days what was ordered at a weekend; card payments and standing orders are dated on any day.',
        ...(counts.used === 0 ? [] : calendar.limits(span.first, span.last)),
        ...(table.amountUnits === null ? ['No column amount: single large amounts were not looked for.'] : []),
        ...limits,
        ...large.limits,
        ...others.limits,
      ],
    };
  },
};
