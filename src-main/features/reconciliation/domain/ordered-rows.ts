import type { CivilDay } from '../../../kernel/civil-date.ts';
import { type ComparableRows, isComparable } from './comparable-rows.ts';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The comparable rows of a side in an order that follows from their content alone: currency, day, amount, reference, text;
 * rows alike in all of these by their row number, and they are interchangeable.
 */
export interface OrderedRows {
  readonly rows: ComparableRows;
  /** Row index by rank. */
  readonly order: Int32Array;
  /** Rank by row index; -1 for a row that is not comparable. */
  readonly rank: Int32Array;
  /** Amount by rank. */
  readonly amount: Float64Array;
  /** By rank: how many rows of the same currency, day and content stand before it. */
  readonly alikeBefore: Int32Array;
  /** The currencies' days that have rows, ascending, as `dayKey` numbers. */
  readonly dayKeys: Float64Array;
  /** First rank of each of them, and the number of ranks at the end: day d has the ranks [dayFrom[d], dayFrom[d + 1]). */
  readonly dayFrom: Int32Array;
}

const DAY_OFFSET = 1_000_000;
const DAYS_PER_CURRENCY = 10_000_000;
/** One number for a currency and a day (days lie between −719,162 and 2,932,896). */
const dayKey = (currency: number, day: CivilDay): number => currency * DAYS_PER_CURRENCY + day + DAY_OFFSET;

/** Order of two comparable rows of the same side or of two sides by content: amount, reference, text. */
export const compareContent = (a: ComparableRows, i: number, b: ComparableRows, j: number): number =>
  (a.amount[i] ?? 0) - (b.amount[j] ?? 0) ||
  compareText(a.reference[i]?.key ?? '', b.reference[j]?.key ?? '') ||
  compareText(a.text[i]?.key ?? '', b.text[j]?.key ?? '');

export const orderedRows = (rows: ComparableRows): OrderedRows => {
  const usable: number[] = [];
  for (let i = 0; i < rows.rowCount; i++) if (isComparable(rows, i)) usable.push(i);
  const order = Int32Array.from(usable).sort(
    (i, j) =>
      (rows.currency[i] ?? 0) - (rows.currency[j] ?? 0) ||
      (rows.day[i] ?? 0) - (rows.day[j] ?? 0) ||
      compareContent(rows, i, rows, j) ||
      (rows.rowNumber[i] ?? 0) - (rows.rowNumber[j] ?? 0) ||
      i - j,
  );
  const rank = new Int32Array(rows.rowCount).fill(-1);
  const amount = new Float64Array(order.length);
  const alikeBefore = new Int32Array(order.length);
  const dayKeys: number[] = [];
  const dayFrom: number[] = [];
  for (let at = 0; at < order.length; at++) {
    const i = order[at] ?? 0;
    rank[i] = at;
    amount[at] = rows.amount[i] ?? 0;
    const key = dayKey(rows.currency[i] ?? 0, rows.day[i] ?? 0);
    if (dayKeys.at(-1) !== key) {
      dayKeys.push(key);
      dayFrom.push(at);
    } else if (compareContent(rows, order[at - 1] ?? 0, rows, i) === 0)
      alikeBefore[at] = (alikeBefore[at - 1] ?? 0) + 1;
  }
  dayFrom.push(order.length);
  return {
    rows,
    order,
    rank,
    amount,
    alikeBefore,
    dayKeys: Float64Array.from(dayKeys),
    dayFrom: Int32Array.from(dayFrom),
  };
};

/** The positions [from, to) in `dayKeys` of a currency's days from `day` − `window` to `day` + `window`. */
export const daysWithin = (
  { dayKeys }: OrderedRows,
  currency: number,
  day: CivilDay,
  window: number,
): readonly [number, number] => {
  const from = lowerBound(dayKeys, 0, dayKeys.length, dayKey(currency, day - window));
  const last = dayKey(currency, day + window);
  let to = from;
  while (to < dayKeys.length && (dayKeys[to] ?? 0) <= last) to++;
  return [from, to];
};

/** The day of a position in `dayKeys`. */
export const dayAt = ({ dayKeys }: OrderedRows, position: number): CivilDay =>
  ((dayKeys[position] ?? 0) % DAYS_PER_CURRENCY) - DAY_OFFSET;

/** First position in [from, to) of ascending numbers whose value is at least `wanted`. */
export const lowerBound = (ascending: Float64Array, from: number, to: number, wanted: number): number => {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
};
