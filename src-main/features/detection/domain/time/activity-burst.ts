import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { powerOfTen } from '../../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { knownDays } from '../calendar.ts';
import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest, TestContext } from '../forensic-test.ts';
import { robustSpread, sortAscending } from '../order-statistics.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { rowsByCodeInTime } from '../rows-in-time.ts';
import { rowsOfNobody } from '../rows-of-nobody.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { sumInWords } from './share-test.ts';

interface BurstRules {
  readonly windowDays: number;
  readonly z: number;
  readonly minimumRows: number;
  readonly factor: number;
  readonly minimumWindows: number;
}

/** An account or party with more bursts than this is busy by turns: they are one finding. */
const MOST_BURSTS = 3;

interface OwnBurst {
  readonly score: number;
  readonly rows: Uint32Array;
  /** The busiest window: its rows and its last day. */
  readonly peak: number;
  readonly peakEnd: number;
  readonly z: number;
  readonly usual: number;
  readonly windows: number;
}

interface Burst extends OwnBurst {
  readonly key: string;
  readonly word: string;
  readonly name: string;
  /** How many bursts this stands for. */
  readonly times: number;
}

/** Several bursts as one, told by the strongest; half the score, because they are the custom of this account or party. */
const manyBursts = (bursts: readonly OwnBurst[], word: string, name: string): Burst => {
  const strongest = bursts.reduce((a, b) => (b.score > a.score ? b : a));
  const rows = Uint32Array.from(bursts.flatMap(burst => [...burst.rows])).sort();
  const score = strongest.score / 2;
  return { ...strongest, score, rows, times: bursts.length, word, name, key: JSON.stringify([word, name, 'many']) };
};

/** Most rows in any window of so many days; `own` ascends by day. */
const busiestWindow = (own: Uint32Array, days: Int32Array, windowDays: number): number => {
  let most = 0;
  let start = 0;
  for (let end = 0; end < own.length; end++) {
    const firstDay = days[own[end]!]! - windowDays + 1;
    while (days[own[start]!]! < firstDay) start++;
    if (end - start + 1 > most) most = end - start + 1;
  }
  return most;
};

/** Rows in each whole window from the first day on, one after the other, those without a row included. */
const windowCounts = (own: Uint32Array, days: Int32Array, windowDays: number): Float64Array => {
  const first = days[own[0]!]!;
  const counts = new Float64Array(Math.floor((days[own.at(-1)!]! - first + 1) / windowDays));
  // Days ascend: the window moves on with them.
  let window = 0;
  let lastDay = first + windowDays - 1;
  for (let i = 0; i < own.length; i++) {
    const day = days[own[i]!]!;
    for (; day > lastDay; lastDay += windowDays) window++;
    if (window < counts.length) counts[window]!++;
  }
  return counts;
};

/** The bursts of one account or party; windows over the limits that overlap are one burst. */
const burstsOf = (own: Uint32Array, days: Int32Array, rules: BurstRules): OwnBurst[] => {
  const { windowDays, minimumRows, minimumWindows } = rules;
  if (own.length < minimumRows || busiestWindow(own, days, windowDays) < minimumRows) return [];
  const counts = windowCounts(own, days, windowDays);
  if (counts.length < minimumWindows) return [];
  const spread = robustSpread(sortAscending(counts));
  if (spread.factor === null) return [];
  const usual = spread.median2 / 2;
  const bursts: OwnBurst[] = [];
  let from = -1;
  let to = -1;
  let peak = 0;
  let peakEnd = 0;
  const close = (): void => {
    if (from === -1) return;
    const z = (2 * peak - spread.median2) * spread.factor!;
    const rows = own.slice(from, to).sort();
    bursts.push({ score: 1 - rules.z / z, rows, peak, peakEnd, z, usual, windows: counts.length });
  };
  let start = 0;
  for (let end = 0; end < own.length; end++) {
    const day = days[own[end]!]!;
    while (day - days[own[start]!]! > windowDays - 1) start++;
    if (end + 1 < own.length && days[own[end + 1]!] === day) continue;
    const count = end - start + 1;
    const z = (2 * count - spread.median2) * spread.factor;
    if (count < minimumRows || count < rules.factor * usual || z <= rules.z) continue;
    if (from === -1 || start >= to) {
      close();
      from = start;
      peak = 0;
    }
    to = end + 1;
    if (count > peak) {
      peak = count;
      peakEnd = day;
    }
  }
  close();
  return bursts;
};

const fraction = (value: { readonly units: number; readonly scale: number }): number =>
  value.units / powerOfTen(value.scale);

const draft = (table: TransactionTable, burst: Burst, windowDays: number): FindingDraft => {
  const { rows, word, name, peak, peakEnd, z, usual, windows, key, score, times } = burst;
  const period = `${isoDate(peakEnd - windowDays + 1)} to ${isoDate(peakEnd)}`;
  const often = times === 1 ? '' : `${times} bursts, the strongest `;
  const more = times === 1 && rows.length > peak ? `; the burst has ${formatCount(rows.length)} in all` : '';
  return {
    key,
    rows,
    // Where most periods are empty there is no level to exceed: a batch is enough.
    severity: times > 1 ? 'low' : usual >= 1 && z > 10 && peak >= 5 * usual ? 'high' : 'medium',
    score,
    reason: `${word} ${name}: ${often}${countOf(peak, 'row')} from ${period}, usual in ${countOf(windowDays, 'day')} are ${usual} (median of ${formatCount(windows)} such periods, robust z ${z.toFixed(1)})${more}${sumInWords(table, rows)}.`,
  };
};

/** Days without a known code are left out; a table without the column has no groups of this kind. */
const leadsOf = (
  table: TransactionTable,
  word: string,
  column: CodedColumn | null,
  rules: BurstRules,
  context: TestContext,
  from: number,
  to: number,
): { readonly groups: number; readonly leads: Burst[] } => {
  const days = requireColumn(table.bookingDay, 'date');
  const span = knownDays(days);
  if (column === null || span === null) return { groups: 0, leads: [] };
  const usable = column.codes.slice();
  for (let row = 0; row < usable.length; row++) if (days[row] === UNKNOWN_DAY) usable[row] = UNKNOWN_CODE;
  const { starts, rows } = rowsByCodeInTime(usable, column.values.length, days, span);
  const leads: Burst[] = [];
  let groups = 0;
  for (let code = 0; code < column.values.length; code++) {
    reportProgress(context, code, column.values.length, from, to);
    const own = rows.subarray(starts[code]!, starts[code + 1]!);
    if (own.length === 0) continue;
    groups++;
    const name = column.values[code]!;
    const bursts = burstsOf(own, days, rules);
    if (bursts.length > MOST_BURSTS) leads.push(manyBursts(bursts, word, name));
    else
      for (const burst of bursts)
        leads.push({ ...burst, times: 1, word, name, key: JSON.stringify([word, name, isoDate(burst.peakEnd)]) });
  }
  return { groups, leads };
};

/** Periods in which an account or a party is far busier than it has been. Spec: docs/specs/activity-burst.md. */
export const activityBurst: ForensicTest = {
  id: 'activity-burst',
  version: '1.1.0',
  title: 'Bursts of activity',
  group: 'time',
  side: 'bank',
  needs: ['date'],
  uses: ['account', 'party', 'amount', 'currency'],
  parameters: [
    {
      name: 'window',
      kind: 'integer',
      default: '7',
      minimum: 1,
      maximum: 366,
      meaning: 'days of a period, the first and last counted',
    },
    {
      name: 'z',
      kind: 'decimal',
      default: '3.5',
      minimum: 0.1,
      maximum: 1_000_000,
      meaning: 'modified z-score (median and MAD of the periods) beyond which a period is a burst',
    },
    {
      name: 'factor',
      kind: 'decimal',
      default: '2',
      minimum: 1,
      maximum: 1_000_000,
      meaning: 'how many times the median a burst has at least',
    },
    {
      name: 'minimum-rows',
      kind: 'integer',
      default: '10',
      minimum: 2,
      maximum: 1_000_000,
      meaning: 'rows that a burst has at least',
    },
    {
      name: 'minimum-windows',
      kind: 'integer',
      default: '8',
      minimum: 3,
      maximum: 100_000,
      meaning: 'periods of history that an account or party needs',
    },
    mostFindingsParameter(200),
  ],
  explanations: ['customary-day', 'recurring', 'own-transfer', 'immaterial'],
  run(table, parameters, context) {
    const days = requireColumn(table.bookingDay, 'date');
    const rules: BurstRules = {
      windowDays: integerParameter(parameters, 'window'),
      z: fraction(decimalParameter(parameters, 'z')),
      factor: fraction(decimalParameter(parameters, 'factor')),
      minimumRows: integerParameter(parameters, 'minimum-rows'),
      minimumWindows: integerParameter(parameters, 'minimum-windows'),
    };
    let unknown = 0;
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.1);
      if (days[row] === UNKNOWN_DAY) unknown++;
    }
    const none = table.account === null && table.party === null;
    const whole: CodedColumn = { codes: new Int32Array(none ? table.rowCount : 0), values: ['in this table'] };
    const accounts = leadsOf(table, 'Account', table.account, rules, context, 0.1, 0.4);
    const parties = leadsOf(table, 'Party', table.party, rules, context, 0.4, 0.9);
    const all = leadsOf(table, 'All rows', none ? whole : null, rules, context, 0.9, 1);
    const leads = [...accounts.leads, ...parties.leads, ...all.leads];
    const { listed, limits } = strongestLeads(leads, integerParameter(parameters, 'most-findings'));
    const excluded = [{ reason: 'date is unknown', count: unknown }, ...(none ? [] : [rowsOfNobody(table)])].filter(
      ({ count }) => count > 0,
    );
    return {
      population: {
        rows: table.rowCount,
        used: excluded.reduce((rest, { count }) => rest - count, table.rowCount),
        excluded,
      },
      statistics: {
        accounts: accounts.groups,
        parties: parties.groups,
        bursts: leads.reduce((sum, { times }) => sum + times, 0),
      },
      bins: [],
      findings: inReportOrder(listed.map(lead => draft(table, lead, rules.windowDays))),
      limits: [
        `Accounts and parties with less than ${rules.minimumWindows} periods of ${countOf(rules.windowDays, 'day')} between their first and last row have no history to compare with.`,
        ...(none ? ['Neither account nor party: all rows were taken as one account.'] : []),
        ...(none || table.account !== null ? [] : ['No column account: only parties were looked at.']),
        ...(none || table.party !== null ? [] : ['No column party: only accounts were looked at.']),
        ...limits,
      ],
    };
  },
};
