import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { knownDays } from '../calendar.ts';
import { countOf, formatAmount, formatCount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { rowsByCodeInTime } from '../rows-in-time.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { MINIMUM, samePartyAmount } from './same-party-amount.ts';

const MOST_FINDINGS = 500;
/** So many equal payments at even distances are a habit (a rent, a subscription), not a repetition. */
const HABIT_ROWS = 4;

/** The shortest distance of a habit, in days: a week less a holiday, as in the innocent explanation `recurring`. */
const HABIT_DAYS = 6;

/** Distances between neighbours that hardly differ: at most this many days between the shortest and the longest. */
const HABIT_SPREAD = 4;

/** Days ascend. Payments day by day are even too, but a burst: a habit leaves some days between any two. */
const isHabit = (days: readonly number[]): boolean => {
  if (days.length < HABIT_ROWS) return false;
  let shortest = Infinity;
  let longest = 0;
  for (let i = 1; i < days.length; i++) {
    const gap = days[i]! - days[i - 1]!;
    shortest = Math.min(shortest, gap);
    longest = Math.max(longest, gap);
  }
  return shortest >= HABIT_DAYS && longest - shortest <= HABIT_SPREAD;
};

interface Near {
  /** Ascending. */
  readonly rows: readonly number[];
  /** The earliest of them, or the one of the lowest amount. */
  readonly first: number;
  readonly kind: 'date' | 'amount';
  readonly habit: boolean;
  /** Days, or units, between the closest two. */
  readonly closest: number;
}

/** Chains of one party and amount whose dates follow each other within the window. */
const nearInDate = (days: Int32Array, groups: readonly Uint32Array[], window: number): Near[] => {
  const found: Near[] = [];
  for (const group of groups) {
    const dated = Array.from(group)
      .filter(row => days[row] !== UNKNOWN_DAY)
      .sort((a, b) => days[a]! - days[b]! || a - b);
    const habit = isHabit(dated.map(row => days[row]!));
    for (let start = 0; start < dated.length; ) {
      let end = start + 1;
      let closest = Infinity;
      for (; end < dated.length; end++) {
        const apart = days[dated[end]!]! - days[dated[end - 1]!]!;
        if (apart > window) break;
        if (apart > 0 && apart < closest) closest = apart;
      }
      const chain = dated.slice(start, end);
      if (closest < Infinity)
        found.push({
          rows: chain.toSorted((a, b) => a - b),
          first: chain[0]!,
          kind: 'date',
          habit,
          closest,
        });
      start = end;
    }
  }
  return found;
};

/** Rows of one party, day and currency whose amounts (of one sign) follow each other within the tolerance, and differ. */
const nearInAmount = (table: TransactionTable, tested: Uint8Array, tolerance: number): Near[] => {
  const amounts = table.amountUnits!;
  const days = table.bookingDay!;
  const { codes, values } = table.party!;
  const currencies = table.currency?.codes ?? null;
  const span = knownDays(days) ?? { first: 0, last: 0 };
  const takesPart = codes.slice();
  for (let row = 0; row < codes.length; row++)
    if (tested[row] !== 1 || days[row] === UNKNOWN_DAY) takesPart[row] = UNKNOWN_CODE;
  const { starts, rows } = rowsByCodeInTime(takesPart, values.length, days, span);
  const currency = (row: number): number => currencies?.[row] ?? 0;
  const follows = (a: number, b: number): boolean =>
    currency(a) === currency(b) && amounts[a]! > 0 === amounts[b]! > 0 && amounts[b]! - amounts[a]! <= tolerance;
  const found: Near[] = [];
  /** The rows of one party and day, from `from` to `to`. */
  const findIn = (from: number, to: number): void => {
    const sorted = rows.slice(from, to).sort((a, b) => currency(a) - currency(b) || amounts[a]! - amounts[b]! || a - b);
    for (let start = 0; start < sorted.length; ) {
      let end = start + 1;
      let closest = Infinity;
      while (end < sorted.length && follows(sorted[end - 1]!, sorted[end]!)) {
        const apart = amounts[sorted[end]!]! - amounts[sorted[end - 1]!]!;
        if (apart > 0 && apart < closest) closest = apart;
        end++;
      }
      if (closest < Infinity)
        found.push({
          rows: [...sorted.subarray(start, end)].sort((a, b) => a - b),
          first: sorted[start]!,
          kind: 'amount',
          habit: false,
          closest,
        });
      start = end;
    }
  };
  for (let party = 0; party < values.length; party++) {
    const last = starts[party + 1]!;
    for (let from = starts[party]!; from < last; ) {
      let to = from + 1;
      while (to < last && days[rows[to]!] === days[rows[from]!]) to++;
      if (to - from > 1) findIn(from, to);
      from = to;
    }
  }
  return found;
};

/** Same party and amount on near dates, or same party and date with near amounts. Spec: docs/specs/same-same-near.md. */
export const sameSameNear: ForensicTest = {
  id: 'same-same-near',
  version: '1.1.0',
  title: 'Same party, near amount or near date',
  group: 'duplicates',
  side: 'bank',
  needs: ['amount', 'party', 'date'],
  uses: ['currency'],
  parameters: [
    MINIMUM,
    {
      name: 'amount-tolerance',
      kind: 'decimal',
      default: '10',
      minimum: 0,
      maximum: 1_000_000,
      meaning: 'largest difference of two amounts of one day that are near, in currency units',
    },
    {
      name: 'days',
      kind: 'integer',
      default: '14',
      minimum: 1,
      maximum: 366,
      meaning: 'largest distance of two dates that are near, in days',
    },
  ],
  explanations: ['recurring', 'reversed', 'distinct-references', 'fixed-tariff', 'immaterial'],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const days = requireColumn(table.bookingDay, 'date');
    const window = integerParameter(parameters, 'days');
    const tolerance = unitsAtLeast(decimalParameter(parameters, 'amount-tolerance'), table.amountScale);
    const { groups, population, tested } = samePartyAmount(table, parameters, context);
    reportProgress(context, 0, 1, 0.6, 1);
    const near = [...nearInDate(days, groups, window), ...nearInAmount(table, tested, tolerance)];
    const asked = near.filter(({ habit }) => !habit);
    const sizeOf = ({ first }: Near): number => Math.abs(amounts[first]!);
    const listed = asked.toSorted((a, b) => sizeOf(b) - sizeOf(a) || a.rows[0]! - b.rows[0]!).slice(0, MOST_FINDINGS);
    const findings = listed.map(({ rows, first, kind, closest }): FindingDraft => {
      const party = textAt(table.party, first);
      const currency = textAt(table.currency, first);
      const amount = formatAmount(table, amounts[first]!, currency);
      return {
        key: JSON.stringify([kind, party, amounts[first], currency, isoDate(days[first]!)]),
        rows: Uint32Array.from(rows),
        severity: kind === 'date' && closest <= 3 ? 'medium' : 'low',
        score: kind === 'date' ? 1 - closest / (window + 1) : 1 - closest / (tolerance + 1),
        reason:
          kind === 'date'
            ? `${party}: ${countOf(rows.length, 'row')} of ${amount} within ${countOf(window, 'day')} of each other; the closest two are ${countOf(closest, 'day')} apart.`
            : `${party}: ${countOf(rows.length, 'row')} on ${isoDate(days[first]!)} whose amounts, from ${amount}, differ by ${formatAmount(table, closest, currency)} at the least.`,
      };
    });
    let undated = 0;
    for (let row = 0; row < table.rowCount; row++) if (tested[row] === 1 && days[row] === UNKNOWN_DAY) undated++;
    return {
      population: {
        ...population,
        used: population.used - undated,
        excluded: [...population.excluded, { reason: 'date is unknown', count: undated }].filter(
          ({ count }) => count > 0,
        ),
      },
      statistics: {
        nearInDate: near.filter(({ kind }) => kind === 'date').length,
        nearInAmount: near.filter(({ kind }) => kind === 'amount').length,
        habits: near.length - asked.length,
        flagged: findings.length,
      },
      bins: [],
      findings: inReportOrder(findings),
      limits: [
        `Equal payments at even distances (${HABIT_ROWS} or more, ${HABIT_DAYS} days apart or more, at most ${HABIT_SPREAD} days uneven) are a habit: counted, not listed.`,
        ...(asked.length > MOST_FINDINGS
          ? [`The ${MOST_FINDINGS} with the largest amounts of ${formatCount(asked.length)} are listed.`]
          : []),
        ...(table.currency === null ? ['No currency column: figures are compared as they stand.'] : []),
      ],
    };
  },
};
