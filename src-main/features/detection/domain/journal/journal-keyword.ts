import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { integerParameter, textParameter } from '../parameters.ts';
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
} from './journal-entries.ts';
import { populationOf } from './population.ts';
import { wordFinder, wordsOf } from './word-pattern.ts';

/** Words that auditors look for in descriptions (docs/specs/journal-keyword.md), in several languages. */
const KEYWORDS =
  "plug, plugged, reclass*, per ceo, per cfo, per management, as instructed, as directed, at the request of, override, adjust*, suspense, write off, write-off, written off, writeoff, reversal*, reversed, error, correct*, fraud*, bribe*, kickback*, facilitation, gift*, hide, cover up, smooth*, cookie jar, do not, don't, cleanup, clean up, backdat*, one time, off the books, umbuchung*, korrektur*, storno*, ausbuchung*, auf anweisung, laut vorstand, laut geschaftsfuhr*, differenz*, verrechnungskonto, schmiergeld, regularis*, correction*, extourne*, ecart*, compte d'attente, annul*, ajuste*, correccion*, regulariza*, anulacion*, partida pendiente, rettific*, storni, giroconto, correctie*, tussenrekening, korrigering*, rattelse*, korekt*, oprava*";
/** Entries that one word finds and that are listed one by one; more are told as one finding. */
const LISTED_ENTRIES = 100;

/** Entries whose descriptions hold words that ask for a look. Spec: docs/specs/journal-keyword.md. */
export const journalKeyword: ForensicTest = {
  id: 'journal-keyword',
  version: '1.0.0',
  title: 'Journal: words in descriptions',
  group: 'journal',
  side: 'ledger',
  needs: ['description'],
  uses: ['entry', 'amount', 'date', 'currency'],
  parameters: [
    {
      name: 'keywords',
      kind: 'text',
      default: KEYWORDS,
      meaning:
        'words or phrases to look for, parted by commas; whole words, * stands for any ending; nothing means the usual ones',
    },
    mostFindingsParameter(300),
  ],
  explanations: ['reversed', 'immaterial'],
  run(table, parameters, context) {
    const descriptions = requireColumn(table.description, 'description');
    const words = wordsOf(textParameter(parameters, 'keywords'), KEYWORDS);
    const find = wordFinder(words);
    const rank = new Map(words.map((word, i) => [word, i]));
    const entries = journalEntries(table);
    const hits = new Map<string, { readonly entry: number; readonly text: string }[]>();
    let described = 0;
    let undescribed = 0;
    let found = 0;
    for (let entry = 0; entry < entries.count; entry++) {
      reportProgress(context, entry, entries.count, 0, 0.9);
      const rows = rowsOf(entries, entry);
      let texts = 0;
      let last = '';
      let hit: { readonly word: string; readonly text: string } | null = null;
      for (const row of rows) {
        const text = descriptions.at(row);
        if (text === '') continue;
        texts++;
        // Lines of an entry often repeat its text.
        if (text === last) continue;
        last = text;
        const word = find(text);
        if (word === null) continue;
        const order = hit === null ? -1 : rank.get(word)! - rank.get(hit.word)!;
        if (order < 0 || (order === 0 && hit !== null && text < hit.text)) hit = { word, text };
      }
      if (texts === 0) {
        undescribed += rows.length;
        continue;
      }
      described++;
      if (hit === null) continue;
      found++;
      const known = hits.get(hit.word);
      if (known === undefined) hits.set(hit.word, [{ entry, text: hit.text }]);
      else known.push({ entry, text: hit.text });
    }
    const amountOf = (entry: number): number => movedUnits(table, rowsOf(entries, entry));
    let largest = 0;
    for (const own of hits.values()) for (const { entry } of own) largest = Math.max(largest, amountOf(entry) || 0);
    const findings: FindingDraft[] = [];
    for (const [word, own] of hits) {
      if (own.length > LISTED_ENTRIES)
        findings.push({
          key: JSON.stringify([word]),
          rows: rowsOfAll(
            entries,
            own.map(({ entry }) => entry),
          ),
          severity: 'info',
          score: 0.3 * (1 - own.length / described),
          reason: `“${word}” stands in the descriptions of ${countOf(own.length, 'entry', 'entries')}, ${((100 * own.length) / described).toFixed(1)} % of those described: a usual word of this ledger. One says “${own.map(({ text }) => text).sort()[0]!}”.`,
        });
      else
        for (const { entry, text } of own) {
          const rows = rowsOf(entries, entry);
          findings.push({
            key: entryKey(table, rows),
            rows: rows.slice(),
            severity: 'low',
            score: 0.4 + 0.3 * (1 - own.length / described) + 0.3 * magnitude(amountOf(entry), largest),
            reason: `${describeEntry(table, rows)} says “${text}”: “${word}”${own.length > 1 ? `, as ${formatCount(own.length)} entries do` : ''}.`,
          });
        }
    }
    const { listed, limits } = strongestLeads(mergedByKey(findings), integerParameter(parameters, 'most-findings'));
    return {
      population: populationOf(table.rowCount, [
        { reason: 'no line of the entry has a description', count: undescribed },
      ]),
      statistics: { entries: described, found, words: words.length },
      bins: [],
      findings: inReportOrder(listed),
      limits: [...limits, 'An entry is told by one word of its lines: that which stands first in the list.'],
    };
  },
};
