import { isoDate } from '../../../../kernel/civil-date.ts';
import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { integerParameter } from '../parameters.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { closeOf, PERIOD_END, YEAR_END } from './close-of-period.ts';
import {
  describeEntry,
  entryKey,
  journalEntries,
  magnitude,
  mergedByKey,
  movedUnits,
  rowsOf,
  rowsOfAll,
  textOf,
} from './journal-entries.ts';
import { reversals } from './opposite-entries.ts';
import { populationOf } from './population.ts';

/** Entries that an equal and opposite one undoes. Spec: docs/specs/journal-reversal.md. */
export const journalReversal: ForensicTest = {
  id: 'journal-reversal',
  version: '1.0.0',
  title: 'Journal: entries undone',
  group: 'journal',
  side: 'ledger',
  needs: ['amount', 'date', 'entry', 'ledger-account'],
  uses: ['currency', 'counterparty-account', 'poster'],
  parameters: [
    PERIOD_END,
    YEAR_END,
    {
      name: 'days',
      kind: 'integer',
      default: '45',
      minimum: 0,
      maximum: 3660,
      meaning: 'days at most between an entry and the one that undoes it',
    },
    {
      name: 'before-close',
      kind: 'integer',
      default: '15',
      minimum: 0,
      maximum: 366,
      meaning: 'days before the end of the period in which an entry that is undone after it is of medium severity',
    },
    mostFindingsParameter(200),
  ],
  explanations: ['recurring', 'immaterial'],
  run(table, parameters, context) {
    const entries = journalEntries(table);
    const close = closeOf(parameters);
    const before = integerParameter(parameters, 'before-close');
    const { pairs, compared, excludedRows } = reversals(table, entries, integerParameter(parameters, 'days'), context);
    const amounts = pairs.map(({ booked }) => movedUnits(table, rowsOf(entries, booked)));
    const largest = amounts.reduce((top, units) => (units > top ? units : top), 0);
    let acrossClose = 0;
    const findings = pairs.map(({ booked, undone, bookedDay, undoneDay }, i): FindingDraft => {
      const [first, second] = [rowsOf(entries, booked), rowsOf(entries, undone)];
      const closed = close(bookedDay);
      const across = closed !== null && undoneDay > closed;
      const atClose = across && closed - bookedDay <= before;
      if (across) acrossClose++;
      const days = undoneDay - bookedDay;
      const after = days === 0 ? 'on the same day' : `${countOf(days, 'day')} later`;
      const [by, byOther] = [textOf(table.poster, first), textOf(table.poster, second)];
      const who = by === null || byOther === null || by === byOther ? '' : ` ${by} entered it, ${byOther} undid it.`;
      return {
        key: JSON.stringify([entryKey(table, first), entryKey(table, second)]),
        rows: rowsOfAll(entries, [booked, undone]),
        severity: atClose ? 'medium' : 'low',
        score: (atClose ? 0.5 : across ? 0.3 : 0.1) + 0.5 * magnitude(amounts[i]!, largest),
        reason: `${describeEntry(table, first)} was undone ${after} by ${describeEntry(table, second).replace(/^E/, 'e').replace(/^A /, 'a ')}: the same accounts and amounts the other way${across ? `, across the close of ${isoDate(closed)}` : ', within one period'}.${who}`,
      };
    });
    const { listed, limits } = strongestLeads(mergedByKey(findings), integerParameter(parameters, 'most-findings'));
    return {
      population: populationOf(table.rowCount, [
        {
          reason: 'an amount, account or day of the entry is unknown, or it has more than 1,000 lines',
          count: excludedRows,
        },
      ]),
      statistics: { entries: compared, undone: pairs.length, acrossClose },
      bins: [],
      findings: inReportOrder(listed),
      limits: [
        ...limits,
        `Accruals are undone after the close by rule; what asks for a look is an entry that was not meant to be. ${formatCount(acrossClose)} of ${formatCount(pairs.length)} pairs lie across a close.`,
        'An entry that is undone in part, or by several, is not found.',
      ],
    };
  },
};
