import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { knownDays } from '../calendar.ts';
import { countOf, formatAmount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, decimalsParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { rowsByCodeInTime } from '../rows-in-time.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { alikeRows } from './alike-rows.ts';

/** An approval limit in integer units, with the smallest purchase that is a part of one split to avoid it. */
interface Approval {
  /** Parts are below this. */
  readonly limit: number;
  /** Their sum is more than this: the limit, rounded down where it has more decimals than the amounts. */
  readonly sum: number;
  readonly least: number;
}

interface Split {
  readonly rows: readonly number[];
  readonly limit: number;
  readonly total: number;
  readonly firstDay: number;
  readonly lastDay: number;
}

interface PartyLead {
  readonly score: number;
  readonly key: string;
  readonly party: number;
  readonly currency: string | null;
  readonly splits: readonly Split[];
}

/** Windows (last − first ≤ windowDays − 1) of parts below one limit that exceed it together; overlapping ones are one. */
const splitsOf = (
  rows: readonly number[],
  amounts: Float64Array,
  days: Int32Array,
  { limit, sum: most, least }: Approval,
  windowDays: number,
): Split[] => {
  const parts = rows.filter(row => {
    const size = Math.abs(amounts[row]!);
    return size >= least && size < limit;
  });
  const splits: Split[] = [];
  let open: number[] = [];
  const close = (): void => {
    if (open.length > 0)
      splits.push({
        rows: open,
        limit,
        total: open.reduce((sum, row) => sum + Math.abs(amounts[row]!), 0),
        firstDay: days[open[0]!]!,
        lastDay: days[open.at(-1)!]!,
      });
    open = [];
  };
  let start = 0;
  let sum = 0;
  let openEnd = 0;
  for (let end = 0; end < parts.length; end++) {
    sum += Math.abs(amounts[parts[end]!]!);
    while (days[parts[end]!]! - days[parts[start]!]! > windowDays - 1) sum -= Math.abs(amounts[parts[start++]!]!);
    // The order of the rows of one day means nothing: a day is taken whole, at its last row.
    const dayEnds = end + 1 === parts.length || days[parts[end + 1]!] !== days[parts[end]!];
    if (!dayEnds || sum <= most) continue;
    if (open.length > 0 && start >= openEnd) close();
    for (let i = open.length === 0 ? start : openEnd; i <= end; i++) open.push(parts[i]!);
    openEnd = end + 1;
  }
  close();
  return splits;
};

const meanShare = ({ rows, total, limit }: Split): number => total / rows.length / limit;

/** One party's purchases of one sign and currency: the splits of the highest limit first, and none that repeats one of these. */
const splitsOfParty = (
  rows: readonly number[],
  amounts: Float64Array,
  days: Int32Array,
  approvals: readonly Approval[],
  windowDays: number,
): Split[] => {
  const found: Split[] = [];
  const taken = new Set<number>();
  for (const approval of approvals)
    for (const split of splitsOf(rows, amounts, days, approval, windowDays)) {
      if (split.rows.every(row => taken.has(row))) continue;
      for (const row of split.rows) taken.add(row);
      found.push(split);
    }
  return found;
};

/** Parties whose splits are more than this many have them all the time: that is how they are invoiced. */
const MOST_SPLITS = 3;

const scoreOf = (split: Split): number => meanShare(split) * (split.firstDay === split.lastDay ? 1 : 0.8);

/** Equal amounts, or consecutive numbers of one series: what one purchase cut into parts looks like. */
const looksCut = ({ amountUnits, series, seriesNumber }: TransactionTable, rows: readonly number[]): string | null => {
  const first = rows[0]!;
  if (rows.every(row => amountUnits![row] === amountUnits![first])) return 'of equal amounts';
  if (series === null || seriesNumber === null) return null;
  const numbers = rows.map(row => seriesNumber[row]!).sort((a, b) => a - b);
  const consecutive =
    rows.every(row => series.codes[row] === series.codes[first]) &&
    numbers.every((number, i) => i === 0 || number - numbers[i - 1]! === 1);
  return consecutive ? 'with consecutive numbers' : null;
};

const describe = (table: TransactionTable, split: Split, currency: string | null): string => {
  const { rows, limit, total, firstDay, lastDay } = split;
  const when = firstDay === lastDay ? `on ${isoDate(firstDay)}` : `from ${isoDate(firstDay)} to ${isoDate(lastDay)}`;
  return `${countOf(rows.length, 'purchase')} ${when}, each below ${formatAmount(table, limit, currency)}, together ${formatAmount(table, total, currency)}`;
};

const findingsOf = (table: TransactionTable, { party, key, splits, currency, score }: PartyLead): FindingDraft[] => {
  const name = table.party!.values[party]!;
  if (splits.length <= MOST_SPLITS)
    return splits.map(split => {
      const cut = looksCut(table, split.rows);
      return {
        key: JSON.stringify([key, isoDate(split.firstDay), split.limit]),
        rows: Uint32Array.from(split.rows).sort(),
        severity: cut === null ? 'medium' : 'high',
        score: scoreOf(split),
        reason: `${name}: ${describe(table, split, currency)}${cut === null ? '' : `, ${cut}`}.`,
      };
    });
  const best = splits.reduce((a, b) => (scoreOf(b) > scoreOf(a) ? b : a));
  return [
    {
      key,
      rows: Uint32Array.from(new Set(splits.flatMap(split => split.rows))).sort(),
      severity: 'low',
      score: score / 2,
      reason: `${name}: ${splits.length} times several purchases below a limit exceed it together: so often that it may be how this party is invoiced. The nearest to the limit: ${describe(table, best, currency)}.`,
    },
  ];
};

/** Purchases from one party in few days, each below an approval limit which together they exceed. Spec: docs/specs/split-transaction.md. */
export const splitTransaction: ForensicTest = {
  id: 'split-transaction',
  version: '1.0.0',
  title: 'Split purchases',
  group: 'amounts',
  side: 'bank',
  needs: ['amount', 'date', 'party'],
  uses: ['currency', 'reference'],
  parameters: [
    {
      name: 'thresholds',
      kind: 'decimals',
      default: '10000',
      minimum: 0.01,
      meaning: 'approval limits: more than these needs another approval',
    },
    {
      name: 'window',
      kind: 'integer',
      default: '3',
      minimum: 1,
      maximum: 366,
      meaning: 'days, the first and last counted, in which purchases belong together',
    },
    {
      name: 'least-part',
      kind: 'decimal',
      default: '25',
      minimum: 0,
      maximum: 100,
      meaning: 'percent of the limit from which a purchase counts as a part',
    },
    mostFindingsParameter(200),
  ],
  explanations: ['recurring', 'distinct-references', 'customary-amount', 'fixed-tariff', 'immaterial'],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const days = requireColumn(table.bookingDay, 'date');
    const parties = requireColumn(table.party, 'party');
    const windowDays = integerParameter(parameters, 'window');
    const leastPart = decimalParameter(parameters, 'least-part');
    const thresholds = decimalsParameter(parameters, 'thresholds');
    const approvals = thresholds
      .map(threshold => ({
        limit: unitsAtLeast(threshold, table.amountScale),
        sum: -unitsAtLeast({ units: -threshold.units, scale: threshold.scale }, table.amountScale),
        least: Math.max(1, unitsAtLeast(threshold, table.amountScale, leastPart)),
      }))
      .reverse();
    const usable = new Int32Array(table.rowCount);
    const excluded = { amount: 0, day: 0, party: 0, size: 0 };
    const lowest = Math.min(...approvals.map(({ least }) => least));
    const highest = Math.max(...approvals.map(({ limit }) => limit));
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.3);
      usable[row] = UNKNOWN_CODE;
      const size = Math.abs(amounts[row]!);
      if (Number.isNaN(size)) excluded.amount++;
      else if (days[row] === UNKNOWN_DAY) excluded.day++;
      else if (parties.codes[row] === UNKNOWN_CODE) excluded.party++;
      else if (size < lowest || size >= highest) excluded.size++;
      else usable[row] = parties.codes[row]!;
    }
    const span = knownDays(days) ?? { first: 0, last: 0 };
    const { starts, rows } = rowsByCodeInTime(usable, parties.values.length, days, span);
    const leads: PartyLead[] = [];
    let splitCount = 0;
    for (let party = 0; party < parties.values.length; party++) {
      reportProgress(context, party, parties.values.length, 0.4, 1);
      const own = rows.subarray(starts[party]!, starts[party + 1]!);
      if (own.length < 2) continue;
      for (const { direction, currency, rows: group } of alikeRows(table, own)) {
        const splits = splitsOfParty(group, amounts, days, approvals, windowDays);
        if (splits.length === 0) continue;
        splitCount += splits.length;
        const key = JSON.stringify([parties.values[party]!, direction, currency]);
        leads.push({ score: Math.max(...splits.map(scoreOf)), key, party, currency, splits });
      }
    }
    const often = leads.filter(({ splits }) => splits.length > MOST_SPLITS).length;
    const { listed, limits } = strongestLeads(leads, integerParameter(parameters, 'most-findings'));
    return {
      population: {
        rows: table.rowCount,
        used: rows.length,
        excluded: [
          { reason: 'amount is unknown', count: excluded.amount },
          { reason: 'date is unknown', count: excluded.day },
          { reason: 'party is unknown', count: excluded.party },
          { reason: 'too small to be a part, or not below a limit', count: excluded.size },
        ].filter(group => group.count > 0),
      },
      statistics: { splits: splitCount, partiesFlagged: leads.length, partiesWithManySplits: often },
      bins: [],
      findings: inReportOrder(listed.flatMap(lead => findingsOf(table, lead))),
      limits: [
        'Purchases through several parties that are one, and over a longer time than the window, are not seen.',
        ...(thresholds.length === 0 ? ['No approval limit is given (parameter thresholds): nothing was tested.'] : []),
        ...(table.currency === null ? [] : ['A limit is so many units of each currency; nothing is converted.']),
        ...limits,
      ],
    };
  },
};
