import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { integerParameter, textParameter } from '../parameters.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn } from '../transaction-table.ts';
import { entryCounts } from './entry-counts.ts';
import { describeEntry, earliest, journalEntries, mergedByKey, rowsOfAll } from './journal-entries.ts';
import { populationOf } from './population.ts';
import { wordFinder, wordsOf } from './word-pattern.ts';

/** Whom one does not expect to enter anything: those in charge, accounts nobody is behind, accounts of administrators. */
const UNEXPECTED =
  'ceo, cfo, coo, president, vorstand*, geschaftsfuhr*, directeur*, direttore*, director*, direktor*, gerente, presidente, administrat*, admin, root, sysadmin, superuser, sa, sap*, test*, temp*, dummy, guest, gast, unknown';
/** Beyond this share of all entries a user is how the ledger is kept. */
const USUAL_SHARE = 0.25;

/** Entries by people who hardly ever enter any, or who should not. Spec: docs/specs/journal-unusual-poster.md. */
export const journalUnusualPoster: ForensicTest = {
  id: 'journal-unusual-poster',
  version: '1.0.0',
  title: 'Journal: unusual posters',
  group: 'journal',
  side: 'ledger',
  needs: ['poster'],
  uses: ['entry', 'amount', 'date', 'currency'],
  parameters: [
    {
      name: 'most-entries',
      kind: 'integer',
      default: '3',
      minimum: 1,
      maximum: 1000,
      meaning: 'somebody enters seldom if at most this many entries are theirs',
    },
    {
      name: 'percent-of-mean',
      kind: 'integer',
      default: '25',
      minimum: 1,
      maximum: 100,
      meaning: 'and if that is at most this share of what a poster has on average, in percent',
    },
    {
      name: 'persons',
      kind: 'text',
      default: UNEXPECTED,
      meaning: 'names or parts of user names that should enter nothing, parted by commas; * stands for any ending',
    },
    mostFindingsParameter(100),
  ],
  explanations: ['immaterial'],
  run(table, parameters, context) {
    const posters = requireColumn(table.poster, 'poster');
    const entries = journalEntries(table);
    const most = integerParameter(parameters, 'most-entries');
    const share = integerParameter(parameters, 'percent-of-mean') / 100;
    const unexpected = wordFinder(wordsOf(textParameter(parameters, 'persons'), UNEXPECTED));
    const { counts, used, unknownRows, mean, entriesOf } = entryCounts(posters, entries, context);
    const words = new Map<number, string>();
    const usual: string[] = [];
    for (const [code, name] of posters.values.entries()) {
      const word = counts[code]! > 0 ? unexpected(name.replace(/[_\d]+/g, ' ')) : null;
      if (word === null) continue;
      if (counts[code]! > USUAL_SHARE * used && counts[code]! > most) usual.push(name);
      else words.set(code, word);
    }
    const isSeldom = (code: number): boolean => counts[code]! > 0 && counts[code]! <= Math.min(most, share * mean);
    const asked = new Set([...counts.keys()].filter(code => isSeldom(code) || words.has(code)));
    const findings = [...entriesOf(asked)].map(([code, own]): FindingDraft => {
      const name = posters.values[code]!;
      const word = words.get(code);
      const seldom = isSeldom(code);
      const reasons = [
        ...(seldom ? [`a poster of this ledger has ${mean.toFixed(1)} on average`] : []),
        ...(word === undefined ? [] : [`“${word}” is a name that should enter nothing`]),
      ];
      return {
        key: name,
        rows: rowsOfAll(entries, own),
        severity: word === undefined ? 'low' : 'medium',
        score: Math.min(1, (seldom ? 0.5 * (1 - own.length / mean) : 0) + (word === undefined ? 0 : 0.5)),
        reason: `${name} entered ${countOf(own.length, 'entry', 'entries')} of ${formatCount(used)}: ${reasons.join('; ')}. ${describeEntry(table, earliest(table, entries, own))}${own.length > 1 ? ' is the earliest' : ''}.`,
      };
    });
    const { listed, limits } = strongestLeads(mergedByKey(findings), integerParameter(parameters, 'most-findings'));
    const people = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    return {
      population: populationOf(table.rowCount, [
        { reason: 'no line of the entry says who entered it', count: unknownRows },
      ]),
      statistics: {
        entries: used,
        posters: people,
        meanEntriesPerPoster: Math.round(mean * 100) / 100,
        unusual: findings.length,
      },
      bins: [],
      findings: inReportOrder(listed),
      limits: [
        ...limits,
        ...(people === 1 ? ['One poster entered everything: nobody can be unusual beside them.'] : []),
        ...usual.map(
          name =>
            `${name} entered more than a quarter of all entries and was not asked about: find out who is behind that name.`,
        ),
      ],
    };
  },
};
