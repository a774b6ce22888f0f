import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { countOf } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { dayParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { entryInWords } from './entry-in-words.ts';
import { sumInWords } from './share-test.ts';

type Kind = 'closed' | 'late';

interface BackdatedLead {
  readonly score: number;
  readonly key: string;
  readonly kind: Kind;
  readonly name: string | null;
  readonly rows: readonly number[];
  readonly most: number;
}

/** Users; where the table has none, ledger accounts, then accounts. */
const groupsOf = (table: TransactionTable): { readonly word: string; readonly column: CodedColumn } | null =>
  table.poster !== null
    ? { word: 'User', column: table.poster }
    : table.ledgerAccount !== null
      ? { word: 'Account', column: table.ledgerAccount }
      : table.account !== null
        ? { word: 'Account', column: table.account }
        : null;

/** Entries made long after the day they are booked on, or into a closed period. Spec: docs/specs/backdated.md. */
export const backdated: ForensicTest = {
  id: 'backdated',
  version: '1.0.0',
  title: 'Backdated entries',
  group: 'time',
  side: 'ledger',
  needs: ['date', 'entered'],
  uses: ['poster', 'ledger-account', 'account', 'amount', 'currency', 'party'],
  parameters: [
    {
      name: 'days',
      kind: 'integer',
      default: '30',
      minimum: 0,
      maximum: 100_000,
      meaning: 'an entry may be made so many days after the day it is booked on',
    },
    {
      name: 'period-end',
      kind: 'day',
      default: '',
      meaning: 'close of the period: what is entered after it must not be booked on or before it',
    },
    {
      name: 'closing-days',
      kind: 'integer',
      default: '0',
      minimum: 0,
      maximum: 366,
      meaning: 'days after the close in which entries for the closed period are still usual',
    },
    mostFindingsParameter(200),
  ],
  explanations: ['reversed', 'recurring', 'customary-day', 'immaterial'],
  run(table, parameters, context) {
    const booked = requireColumn(table.bookingDay, 'date');
    const entered = requireColumn(table.enteredDay, 'entered');
    const allowed = integerParameter(parameters, 'days');
    const close = dayParameter(parameters, 'period-end');
    const closed = close === null ? null : close + integerParameter(parameters, 'closing-days');
    const groups = groupsOf(table);
    const byGroup = new Map<string, number[]>();
    const counts = { booked: 0, entered: 0, late: 0, closed: 0, postdated: 0 };
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.9);
      const day = booked[row]!;
      const made = entered[row]!;
      if (day === UNKNOWN_DAY) counts.booked++;
      else if (made === UNKNOWN_DAY) counts.entered++;
      else {
        if (day > made) counts.postdated++;
        const isClosed = close !== null && closed !== null && day <= close && made > closed;
        if (!isClosed && made - day <= allowed) continue;
        const kind: Kind = isClosed ? 'closed' : 'late';
        counts[kind]++;
        const key = `${kind} ${groups?.column.codes[row] ?? -1}`;
        const known = byGroup.get(key);
        if (known === undefined) byGroup.set(key, [row]);
        else known.push(row);
      }
    }
    const leads = [...byGroup].map(([id, rows]): BackdatedLead => {
      const [kind, code] = id.split(' ') as [Kind, string];
      const name = groups?.column.values[Number(code)] ?? null;
      let most = 0;
      for (const row of rows) most = Math.max(most, entered[row]! - booked[row]!);
      return { score: scoreOf(kind, most), key: JSON.stringify([kind, name]), kind, name, rows, most };
    });
    const { listed, limits } = strongestLeads(leads, integerParameter(parameters, 'most-findings'));
    const used = table.rowCount - counts.booked - counts.entered;
    return {
      population: {
        rows: table.rowCount,
        used,
        excluded: [
          { reason: 'booking date is unknown', count: counts.booked },
          { reason: 'day of entry is unknown', count: counts.entered },
        ].filter(group => group.count > 0),
      },
      statistics: {
        enteredLate: counts.late,
        intoClosedPeriod: counts.closed,
        postdated: counts.postdated,
        shareLate: used === 0 ? null : (counts.late + counts.closed) / used,
      },
      bins: [],
      findings: inReportOrder(
        listed.map(lead =>
          draft(table, lead, groups?.word ?? '', allowed, close === null ? '' : (isoDate(close) ?? '')),
        ),
      ),
      limits: [
        'The day of entry is what the books state; who can change it is not known. Books that were migrated bear the day of the migration.',
        ...(close === null
          ? ['No close of a period is given (parameter period-end): entries into a closed period were not looked for.']
          : []),
        ...(groups === null ? ['No column user or account: all late entries are one finding.'] : []),
        ...limits,
      ],
    };
  },
};

/** Into a closed period 0.6 and more; late by a year 0.5. */
const scoreOf = (kind: Kind, most: number): number =>
  (kind === 'closed' ? 0.6 : 0) + (kind === 'closed' ? 0.4 : 1) * (most / (most + 365));

const draft = (
  table: TransactionTable,
  { rows, key, kind, name, most, score }: BackdatedLead,
  word: string,
  allowed: number,
  close: string,
): FindingDraft => {
  const own = Uint32Array.from(rows);
  const who = name === null ? '' : `${word} ${name}: `;
  const what =
    kind === 'closed'
      ? `booked into the period that closed on ${close} and entered after it`
      : `entered more than ${countOf(allowed, 'day')} after the day of booking`;
  const latest = rows
    .filter(row => table.enteredDay![row]! - table.bookingDay![row]! === most)
    .map(
      row => `${entryInWords(table, row)}, entered ${isoDate(table.enteredDay![row]!)}, ${countOf(most, 'day')} later`,
    )
    .sort()[0]!;
  return {
    key,
    rows: own,
    severity: kind === 'closed' ? 'high' : most > 10 * Math.max(allowed, 1) ? 'high' : 'medium',
    score,
    reason: `${who}${countOf(rows.length, 'entry', 'entries')}${sumInWords(table, own)} ${what}. ${rows.length === 1 ? 'It' : 'The latest'}: ${latest}.`,
  };
};
