import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn } from '../transaction-table.ts';
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
import { isUsual, populationOf } from './population.ts';

/** Texts that say nothing: signs only, or words that stand for "none". */
const SAYS_NOTHING =
  /^(?:[\s\p{P}\p{S}]*|n\/?a|none|null|nil|tbd|todo|x+|ohne|keine?|sans|aucune?|ninguno|nessuno|geen|brak|xxx+|unknown|diverses?|misc\.?)$/iu;

/** Entries that nobody explained. Spec: docs/specs/journal-no-description.md. */
export const journalNoDescription: ForensicTest = {
  id: 'journal-no-description',
  version: '1.0.0',
  title: 'Journal: entries without description',
  group: 'journal',
  side: 'ledger',
  needs: ['description'],
  uses: ['entry', 'amount', 'date', 'currency', 'poster', 'type'],
  parameters: [mostFindingsParameter(200)],
  explanations: ['immaterial'],
  run(table, parameters, context) {
    const descriptions = requireColumn(table.description, 'description');
    const entries = journalEntries(table);
    const silent: number[] = [];
    let count = 0;
    for (let entry = 0; entry < entries.count; entry++) {
      reportProgress(context, entry, entries.count, 0, 0.9);
      const rows = rowsOf(entries, entry);
      if (rows.length === 0) continue;
      count++;
      if (rows.every(row => SAYS_NOTHING.test(descriptions.at(row)))) silent.push(entry);
    }
    const grouped = isUsual(silent.length, count);
    const findings = grouped ? groups(silent) : singles(silent);
    const { listed, limits } = strongestLeads(mergedByKey(findings), integerParameter(parameters, 'most-findings'));
    return {
      population: populationOf(table.rowCount, []),
      statistics: { entries: count, withoutDescription: silent.length },
      bins: [],
      findings: inReportOrder(listed),
      limits: [
        ...limits,
        ...(grouped
          ? [
              `${formatCount(silent.length)} of ${formatCount(count)} entries have no description: they were put together by who entered them and by journal.`,
            ]
          : []),
        'An entry counts as described where one of its lines is.',
      ],
    };

    function singles(some: readonly number[]): FindingDraft[] {
      const amounts = some.map(entry => movedUnits(table, rowsOf(entries, entry)));
      const largest = amounts.reduce((top, units) => (units > top ? units : top), 0);
      return some.map((entry, i) => {
        const rows = rowsOf(entries, entry);
        const poster = textOf(table.poster, rows);
        const text = Array.from(rows, row => descriptions.at(row)).sort()[0] ?? '';
        return {
          key: entryKey(table, rows),
          rows: rows.slice(),
          severity: 'low',
          score: 0.3 + 0.7 * magnitude(amounts[i]!, largest),
          reason: `${describeEntry(table, rows)} has no description${text === '' ? '' : ` (only “${text}”)`}${poster === null ? '' : `; entered by ${poster}`}.`,
        };
      });
    }

    function groups(some: readonly number[]): FindingDraft[] {
      const by = new Map<string, number[]>();
      for (const entry of some) {
        const rows = rowsOf(entries, entry);
        const key = JSON.stringify([textOf(table.poster, rows), textOf(table.type, rows)]);
        const known = by.get(key);
        if (known === undefined) by.set(key, [entry]);
        else known.push(entry);
      }
      return [...by].map(([key, own]) => {
        const [poster, type] = JSON.parse(key) as [string | null, string | null];
        const whose = [
          ...(poster === null ? [] : [`entered by ${poster}`]),
          ...(type === null ? [] : [`of journal ${type}`]),
        ];
        return {
          key,
          rows: rowsOfAll(entries, own),
          severity: 'low',
          score: own.length / some.length,
          reason: `${countOf(own.length, 'entry', 'entries')}${whose.length === 0 ? '' : ` ${whose.join(', ')}`} have no description.`,
        };
      });
    }
  },
};
