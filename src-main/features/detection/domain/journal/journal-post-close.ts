import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { dayParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn } from '../transaction-table.ts';
import { closeOf, PERIOD_END, YEAR_END } from './close-of-period.ts';
import {
  describeEntry,
  entryKey,
  firstDay,
  journalEntries,
  lastEnteredDay,
  magnitude,
  mergedByKey,
  movedUnits,
  rowsOf,
} from './journal-entries.ts';
import { isUsual, populationOf } from './population.ts';

interface Late {
  readonly entry: number;
  readonly close: number;
  /** Day on which it was entered; UNKNOWN_DAY for an entry that is itself dated after the close. */
  readonly entered: number;
  readonly day: number;
}

/** Entries made after the close of the period they belong to. Spec: docs/specs/journal-post-close.md. */
export const journalPostClose: ForensicTest = {
  id: 'journal-post-close',
  version: '1.0.0',
  title: 'Journal: entries after the close',
  group: 'journal',
  side: 'ledger',
  needs: ['date'],
  uses: ['entry', 'entered', 'amount', 'currency', 'poster'],
  parameters: [
    PERIOD_END,
    YEAR_END,
    {
      name: 'days',
      kind: 'integer',
      default: '0',
      minimum: 0,
      maximum: 366,
      meaning: 'days after the end of the period in which its books are still open',
    },
    mostFindingsParameter(200),
  ],
  explanations: ['reversed', 'immaterial'],
  run(table, parameters, context) {
    requireColumn(table.bookingDay, 'date');
    const entries = journalEntries(table);
    const end = dayParameter(parameters, 'period-end');
    const close = closeOf(parameters);
    const grace = integerParameter(parameters, 'days');
    const late: Late[] = [];
    const after: Late[] = [];
    const excluded = { undated: 0, notEntered: 0 };
    let used = 0;
    for (let entry = 0; entry < entries.count; entry++) {
      reportProgress(context, entry, entries.count, 0, 0.9);
      const rows = rowsOf(entries, entry);
      if (rows.length === 0) continue;
      const day = firstDay(table, rows);
      const entered = lastEnteredDay(table, rows);
      if (day === UNKNOWN_DAY) {
        excluded.undated += rows.length;
        continue;
      }
      const closed = close(day);
      if (closed === null && end !== null && entered === UNKNOWN_DAY) {
        used++;
        if (day > end + grace) after.push({ entry, close: end, entered, day });
      } else if (closed !== null && entered === UNKNOWN_DAY && end === null) excluded.notEntered += rows.length;
      else {
        used++;
        if (closed !== null && entered !== UNKNOWN_DAY && entered > closed + grace)
          late.push({ entry, close: closed, entered, day });
      }
    }
    // A date of entry that nearly all rows share with a closing run says when a batch was made final, not when it was typed.
    const batch = isUsual(late.length, used);
    // A ledger that simply goes on is no ledger of entries after its close.
    const goesOn = isUsual(after.length, used);
    const kept = [...(batch ? [] : late), ...(goesOn ? [] : after)];
    const amounts = kept.map(({ entry }) => movedUnits(table, rowsOf(entries, entry)));
    const largest = amounts.reduce((top, units) => (units > top ? units : top), 0);
    const findings = kept.map(({ entry, close: closed, entered, day }, i): FindingDraft => {
      const rows = rowsOf(entries, entry);
      const days = (entered === UNKNOWN_DAY ? day : entered) - closed;
      const how =
        entered === UNKNOWN_DAY
          ? `dated ${countOf(days, 'day')} after the close of ${isoDate(closed)}; the day of entry is not stated`
          : `belongs to the period closed on ${isoDate(closed)} and was entered on ${isoDate(entered)}, ${countOf(days, 'day')} after`;
      return {
        key: entryKey(table, rows),
        rows: rows.slice(),
        severity: entered === UNKNOWN_DAY ? 'low' : 'medium',
        score: 0.4 * (days / (days + 30)) + 0.6 * magnitude(amounts[i]!, largest),
        reason: `${describeEntry(table, rows)}: ${how}.`,
      };
    });
    const { listed, limits } = strongestLeads(mergedByKey(findings), integerParameter(parameters, 'most-findings'));
    return {
      population: populationOf(table.rowCount, [
        { reason: 'the day of booking is unknown', count: excluded.undated },
        { reason: 'the day of entry is unknown, and no end of the period was given', count: excluded.notEntered },
      ]),
      statistics: { entries: used, enteredAfterClose: late.length, datedAfterClose: after.length },
      bins: [],
      findings: inReportOrder(listed),
      limits: [
        ...limits,
        ...(batch
          ? [
              `${formatCount(late.length)} of ${formatCount(used)} entries were entered after the close of their period: so many that the day of entry is that of a closing run or of another system. They are not listed; state the days the books stay open.`,
            ]
          : []),
        ...(goesOn
          ? [
              `${formatCount(after.length)} of ${formatCount(used)} entries are dated after the period: the ledger goes on after it. They are not listed.`,
            ]
          : []),
        ...(table.enteredDay === null
          ? ['The day of entry is not stated anywhere: an entry that was dated back into the period cannot be told.']
          : []),
      ],
    };
  },
};
