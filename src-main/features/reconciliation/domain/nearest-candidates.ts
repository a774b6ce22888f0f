import type { ComparableSides } from './comparable-rows.ts';
import { identityScore, WEIGHTS } from './match-score.ts';
import { daysWithin, lowerBound, type OrderedRows } from './ordered-rows.ts';

/** How many candidates an unmatched row shows. */
const SHOWN = 3;
/** Those nearest in amount and date whose reference and text are compared as well. */
const COMPARED = 8;
/** Days before and after within which neighbours in amount are looked for; a wider window costs time and shows nothing better. */
const DAYS_LOOKED_AT = 5;
/** Counts against a candidate in another currency, in ten-thousandths: it is shown, but after its like in the same currency. */
const OTHER_CURRENCY_PENALTY = 3000;

/** Finds, for a row of one side, the rows of the other side that come nearest to it. */
export interface NearestCandidates {
  /** Row indexes of the other side, nearest first, at most three. */
  of(index: number): number[];
}

const byAmountThenDay = (rows: OrderedRows): { order: Int32Array; amount: Float64Array } => {
  const { day, amount } = rows.rows;
  const order = rows.order
    .slice()
    .sort(
      (i, j) =>
        (amount[i] ?? 0) - (amount[j] ?? 0) ||
        (day[i] ?? 0) - (day[j] ?? 0) ||
        (rows.rank[i] ?? 0) - (rows.rank[j] ?? 0),
    );
  return { order, amount: Float64Array.from(order, i => amount[i] ?? 0) };
};

const byReference = (other: OrderedRows): Map<string, number[]> => {
  const found = new Map<string, number[]>();
  for (const index of other.order) {
    const key = other.rows.reference[index]?.key ?? '';
    if (key === '') continue;
    const list = found.get(key);
    if (list === undefined) found.set(key, [index]);
    else if (list.length < SHOWN) list.push(index);
  }
  return found;
};

/** The best few of many, by score and then by rank. */
class Shortlist {
  private readonly size: number;
  private readonly other: OrderedRows;
  readonly indexes: number[] = [];
  readonly scores: number[] = [];
  constructor(size: number, other: OrderedRows) {
    this.size = size;
    this.other = other;
  }
  offer(index: number, score: number): void {
    const { indexes, scores, other, size } = this;
    const rank = other.rank[index] ?? 0;
    let at = indexes.length;
    while (
      at > 0 &&
      ((scores[at - 1] ?? 0) < score || (scores[at - 1] === score && (other.rank[indexes[at - 1] ?? 0] ?? 0) > rank))
    )
      at--;
    if (at >= size || indexes.includes(index)) return;
    indexes.splice(at, 0, index);
    scores.splice(at, 0, score);
    if (indexes.length > size) {
      indexes.pop();
      scores.pop();
    }
  }
}

/**
 * Nearness is the score without its limits: amounts fall off with their relative difference, dates with the distance in
 * windows, another currency counts against. Looked at are the neighbours in amount on each of the nearest days, the rows of
 * the same amount nearest in date in any currency, and rows with the same reference.
 */
export const nearestCandidates = (
  sides: ComparableSides,
  own: OrderedRows,
  other: OrderedRows,
  window: number,
): NearestCandidates => {
  const sameAmount = byAmountThenDay(other);
  const sameReference = byReference(other);
  const ownIsBank = own.rows.name === 'bank';
  const neighbourDays = Math.min(window, DAYS_LOOKED_AT);

  const nearnessInAmountAndDate = (index: number, candidate: number): number => {
    const a = own.rows.amount[index] ?? 0;
    const b = other.rows.amount[candidate] ?? 0;
    const apart = Math.abs((own.rows.day[index] ?? 0) - (other.rows.day[candidate] ?? 0));
    const relative = a === b ? 0 : Math.min(1, Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b)));
    const otherCurrency = own.rows.currency[index] !== other.rows.currency[candidate];
    return (
      Math.round(WEIGHTS.amount * (1 - relative)) +
      Math.round(WEIGHTS.date * Math.max(0, 1 - apart / (2 * window + 1))) -
      (otherCurrency ? OTHER_CURRENCY_PENALTY : 0)
    );
  };

  const offerNeighboursInAmount = (index: number, list: Shortlist): void => {
    const amount = own.rows.amount[index] ?? 0;
    const [firstDay, endDay] = daysWithin(
      other,
      own.rows.currency[index] ?? 0,
      own.rows.day[index] ?? 0,
      neighbourDays,
    );
    for (let at = firstDay; at < endDay; at++) {
      const start = other.dayFrom[at] ?? 0;
      const end = other.dayFrom[at + 1] ?? 0;
      const middle = lowerBound(other.amount, start, end, amount);
      for (let r = Math.max(start, middle - 1); r < Math.min(end, middle + 2); r++) {
        const candidate = other.order[r] ?? 0;
        list.offer(candidate, nearnessInAmountAndDate(index, candidate));
      }
    }
  };

  const offerSameAmount = (index: number, list: Shortlist): void => {
    const amount = own.rows.amount[index] ?? 0;
    const day = own.rows.day[index] ?? 0;
    const from = lowerBound(sameAmount.amount, 0, sameAmount.amount.length, amount);
    const to = lowerBound(sameAmount.amount, from, sameAmount.amount.length, amount + 1);
    let middle = from;
    for (let high = to; middle < high; ) {
      const half = (middle + high) >>> 1;
      if ((other.rows.day[sameAmount.order[half] ?? 0] ?? 0) < day) middle = half + 1;
      else high = half;
    }
    for (let r = Math.max(from, middle - 2); r < Math.min(to, middle + 2); r++) {
      const candidate = sameAmount.order[r] ?? 0;
      list.offer(candidate, nearnessInAmountAndDate(index, candidate));
    }
  };

  return {
    of: index => {
      const likely = new Shortlist(COMPARED, other);
      offerNeighboursInAmount(index, likely);
      offerSameAmount(index, likely);
      const key = own.rows.reference[index]?.key ?? '';
      const named = key === '' ? [] : (sameReference.get(key) ?? []);
      const shown = new Shortlist(SHOWN, other);
      for (const candidate of [...named, ...likely.indexes]) {
        const identity = ownIsBank
          ? identityScore(sides.bank, index, sides.ledger, candidate)
          : identityScore(sides.bank, candidate, sides.ledger, index);
        shown.offer(candidate, nearnessInAmountAndDate(index, candidate) + identity);
      }
      return shown.indexes;
    },
  };
};
