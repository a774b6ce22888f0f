import { UNKNOWN_DAY } from '../../../../../kernel/civil-date.ts';
import { countOf } from '../../figures.ts';
import type { TransactionTable } from '../../transaction-table.ts';
import type { CheckResult, ExculpatoryCheck, Reader } from './exculpatory-check.ts';
import { outcomeOf, reader, rowSet, said } from './exculpatory-check.ts';

/** Payments that make a rhythm at least, the shortest rhythm in days, and how much of it must keep time. */
const LEAST_PAYMENTS = 4;
const LEAST_INTERVAL_DAYS = 6;
const KEPT_SHARE = 0.75;
/** How far an interval may be off: weekends and months of unequal length. */
const OFF_DAYS = 3;
const OFF_SHARE = 0.15;

interface Series {
  readonly party: number;
  readonly amount: number;
  readonly own: number[];
  readonly all: number[];
}

/** Payments of the same amount to the same party from the same account, for each of these rows. */
const seriesOf = (table: TransactionTable, read: Reader, rows: readonly number[]): Series[] => {
  const byParty = new Map<number, Map<number, Series[]>>();
  const sameSeries = (a: number, b: number): boolean =>
    read.account(a) === read.account(b) && read.currency(a) === read.currency(b);
  const seriesAt = (row: number): Series | undefined =>
    byParty
      .get(read.party(row))
      ?.get(read.amount(row))
      ?.find(({ own }) => sameSeries(own[0]!, row));
  for (const row of rows) {
    const known = seriesAt(row);
    if (known !== undefined) {
      known.own.push(row);
      continue;
    }
    const amounts = byParty.get(read.party(row)) ?? new Map<number, Series[]>();
    byParty.set(read.party(row), amounts);
    amounts.set(read.amount(row), [
      ...(amounts.get(read.amount(row)) ?? []),
      { party: read.party(row), amount: read.amount(row), own: [row], all: [] },
    ]);
  }
  for (let row = 0; row < table.rowCount; row++) if (read.day(row) !== UNKNOWN_DAY) seriesAt(row)?.all.push(row);
  return [...byParty.values()].flatMap(amounts => [...amounts.values()].flat());
};

const median = (sorted: Float64Array): number => sorted[(sorted.length - 1) >> 1] ?? 0;

/** Days between payments in their order, and their median. */
const rhythm = (days: Float64Array): { readonly intervals: Float64Array; readonly interval: number } => {
  const intervals = days.subarray(1).map((day, i) => day - days[i]!);
  return { intervals, interval: median(intervals.toSorted()) };
};

const isRegular = ({ intervals, interval }: ReturnType<typeof rhythm>): boolean => {
  const allowed = Math.max(OFF_DAYS, interval * OFF_SHARE);
  const kept = intervals.filter(days => Math.abs(days - interval) <= allowed).length;
  return (
    intervals.length >= LEAST_PAYMENTS - 1 && interval >= LEAST_INTERVAL_DAYS && kept >= intervals.length * KEPT_SHARE
  );
};

/** The first place in ascending days that is not below a day. */
const placeOf = (days: Float64Array, day: number): number => {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Own rows that keep the rhythm: none other of the series within half an interval. */
const inTime = (read: Reader, own: readonly number[], days: Float64Array, interval: number): number[] =>
  own.filter(row => {
    const near = placeOf(days, read.day(row) + interval / 2) - placeOf(days, read.day(row) - interval / 2 + 0.5);
    return near <= 1;
  });

const run = (table: TransactionTable, rows: Uint32Array): CheckResult => {
  const read = reader(table);
  const known = [...rows].filter(
    row => read.party(row) >= 0 && !Number.isNaN(read.amount(row)) && read.day(row) !== UNKNOWN_DAY,
  );
  let explained = 0;
  const basis: number[] = [];
  let tested = 0;
  let interval = 0;
  let payments = 0;
  for (const series of seriesOf(table, read, known)) {
    const days = Float64Array.from(series.all, read.day).sort();
    const found = rhythm(days);
    const isClose = found.intervals.some(gap => gap < LEAST_INTERVAL_DAYS);
    // Too few to have a rhythm say nothing, unless two of them are closer than any rhythm.
    if (days.length < LEAST_PAYMENTS && !isClose) continue;
    tested += series.own.length;
    if (!isRegular(found)) continue;
    const kept = inTime(read, series.own, days, found.interval);
    explained += kept.length;
    for (const row of series.all) basis.push(row);
    if (kept.length > 0 && series.all.length > payments) {
      payments = series.all.length;
      interval = found.interval;
    }
  }
  const example = payments === 0 ? '' : ` The longest series: ${payments} payments about every ${interval} days.`;
  return {
    outcome: outcomeOf(explained, tested, rows.length),
    words: said(
      `${countOf(explained, 'row')} of ${tested} ${explained === 1 ? 'belongs' : 'belong'} to a series of the same party and amount at regular intervals.${example}`,
      tested,
      rows.length,
      `party, amount or date is unknown, the amount has too many digits, or there are fewer than ${LEAST_PAYMENTS} such payments`,
    ),
    rows: rowSet(basis),
  };
};

export const recurring: ExculpatoryCheck = {
  id: 'recurring',
  version: '1.0.0',
  question: 'Is it a standing payment: the same party and amount at regular intervals?',
  run,
};
