import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { integerParameter, textParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn } from '../transaction-table.ts';
import {
  codesOf,
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
import { populationOf } from './population.ts';
import { wordFinder, wordsOf } from './word-pattern.ts';

/** What journals and sources of entries made by hand are called. */
const MANUAL =
  'manual*, man, hand, by hand, general journal, gj, je, adjustment*, adjusting, top-side, topside, spreadsheet, manuell*, handbuchung*, umbuchung*, abschlussbuchung*, manuel*, operations diverses, operation diverse, od, ecriture manuelle, asiento manual, ajuste*, registrazione manuale, prima nota, rettific*, memoriaal, handmatig*, correctie*, manuelt, manuellt, bokforingsorder, reczn*, korekt*, rucni, vnitrni doklad*, lancamento manual';
/** More entries than this of one journal and poster are told as one finding. */
const LISTED_ENTRIES = 50;

/** Entries made by hand, outside the systems that usually make them. Spec: docs/specs/journal-manual.md. */
export const journalManual: ForensicTest = {
  id: 'journal-manual',
  version: '1.0.0',
  title: 'Journal: manual entries',
  group: 'journal',
  side: 'ledger',
  needs: ['type'],
  uses: ['entry', 'poster', 'amount', 'date', 'currency'],
  parameters: [
    {
      name: 'words',
      kind: 'text',
      default: MANUAL,
      meaning: 'words of a journal, source or type that say "made by hand", parted by commas; * stands for any ending',
    },
    mostFindingsParameter(300),
  ],
  explanations: ['immaterial', 'recurring'],
  run(table, parameters, context) {
    const types = requireColumn(table.type, 'type');
    const find = wordFinder(wordsOf(textParameter(parameters, 'words'), MANUAL));
    const wordOf = types.values.map(find);
    const entries = journalEntries(table);
    const groups = new Map<string, number[]>();
    let unknown = 0;
    let used = 0;
    let manual = 0;
    for (let entry = 0; entry < entries.count; entry++) {
      reportProgress(context, entry, entries.count, 0, 0.9);
      const rows = rowsOf(entries, entry);
      let type = -1;
      for (const code of codesOf(types.codes, rows)) {
        const isManual = wordOf[code] !== null;
        const wasManual = type >= 0 && wordOf[type] !== null;
        if (
          type < 0 ||
          (isManual && !wasManual) ||
          (isManual === wasManual && types.values[code]! < types.values[type]!)
        )
          type = code;
      }
      if (type < 0) {
        unknown += rows.length;
        continue;
      }
      used++;
      if (wordOf[type] === null) continue;
      manual++;
      const key = JSON.stringify([types.values[type], textOf(table.poster, rows)]);
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [entry]);
      else known.push(entry);
    }
    const amountOf = (entry: number): number => movedUnits(table, rowsOf(entries, entry));
    let largest = 0;
    for (const own of groups.values()) for (const entry of own) largest = Math.max(largest, amountOf(entry) || 0);
    const findings: FindingDraft[] = [];
    let together = 0;
    for (const [key, own] of groups) {
      const [type, poster] = JSON.parse(key) as [string, string | null];
      const by = poster === null ? '' : ` by ${poster}`;
      const word = find(type) ?? '';
      if (own.length > LISTED_ENTRIES) {
        together += own.length;
        findings.push({
          key,
          rows: rowsOfAll(entries, own),
          severity: 'info',
          score: 0.3 * (1 - own.length / used),
          reason: `${countOf(own.length, 'manual entry', 'manual entries')}${by} of “${type}” (“${word}”), ${((100 * own.length) / used).toFixed(1)} % of all entries: how this ledger is kept, to be tested by what they contain.`,
        });
      } else
        for (const entry of own) {
          const rows = rowsOf(entries, entry);
          findings.push({
            key: entryKey(table, rows),
            rows: rows.slice(),
            severity: 'low',
            score: 0.3 + 0.35 * (1 - own.length / used) + 0.35 * magnitude(amountOf(entry), largest),
            reason: `${describeEntry(table, rows)} was made by hand${by}: “${type}” (“${word}”), one of ${formatCount(own.length)} such.`,
          });
        }
    }
    const { listed, limits } = strongestLeads(mergedByKey(findings), integerParameter(parameters, 'most-findings'));
    return {
      population: populationOf(table.rowCount, [
        { reason: 'neither journal nor source of the entry is stated', count: unknown },
      ]),
      statistics: { entries: used, manual, share: used === 0 ? null : Math.round((1e4 * manual) / used) / 1e4 },
      bins: [],
      findings: inReportOrder(listed),
      limits: [
        ...limits,
        ...(together > 0
          ? [
              `${formatCount(together)} manual entries of journals with more than ${LISTED_ENTRIES} such were put together by journal and poster.`,
            ]
          : []),
        'What is manual is told by the words of the journal, source or type only.',
      ],
    };
  },
};
