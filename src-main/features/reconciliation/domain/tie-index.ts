import type { ComparableRows } from './comparable-rows.ts';
import { named, referenceAgreement, sameByReference, textAgreement } from './match-score.ts';
import { daysWithin, type OrderedRows } from './ordered-rows.ts';

/** What ties a row to another: one names the other's reference, the texts name one party, or nothing. */
export type Tie = 'reference' | 'party' | 'none';

/** Text that agrees to this share names the same party. */
const SAME_PARTY = 0.6;
/** A word or number that more rows within the window share ties none of them. */
const MOST_SHARING = 256;
const MOST_WORDS = 12;

/** What a row may be found by: beginnings of its words, its reference, and numbers in its reference and text. */
const keysOf = (rows: ComparableRows, index: number): Set<string> => {
  const keys = new Set<string>();
  const text = rows.text[index];
  const reference = rows.reference[index];
  // Four letters find a truncated or mistyped word; whether it is the same party is compared afterwards.
  for (const word of (text?.words ?? []).slice(0, MOST_WORDS)) keys.add(word.slice(0, 4));
  if (reference !== undefined && reference.key !== '') {
    keys.add(`#${reference.key}`);
    const trailing = reference.key.slice(reference.series.length);
    if (trailing.length >= 3) keys.add(`#${trailing}`);
  }
  for (const tokens of [text?.tokens ?? [], reference?.tokens ?? []])
    for (const token of tokens.slice(0, 64)) if (token.length >= 3 && /\d/.test(token)) keys.add(`#${token}`);
  return keys;
};

const lowerRank = (ranks: readonly number[], wanted: number): number => {
  let low = 0;
  let high = ranks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranks[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** What ties bank row b and ledger row l. */
export const tieOf = (bank: ComparableRows, b: number, ledger: ComparableRows, l: number): Tie => {
  if (sameByReference(referenceAgreement(bank, b, ledger, l))) return 'reference';
  return (textAgreement(bank, b, ledger, l) ?? 0) >= SAME_PARTY ? 'party' : 'none';
};

export interface TiedRows {
  /** Row indexes in the order of their ranks. */
  readonly byReference: number[];
  readonly byParty: number[];
}

/** Finds the rows of one side that something ties to a row of the other side. */
export class TieIndex {
  private readonly ranks = new Map<string, number[]>();
  private readonly ordered: OrderedRows;
  constructor(ordered: OrderedRows) {
    this.ordered = ordered;
    for (let rank = 0; rank < ordered.order.length; rank++)
      for (const key of keysOf(ordered.rows, ordered.order[rank] ?? 0)) {
        const list = this.ranks.get(key);
        if (list === undefined) this.ranks.set(key, [rank]);
        else list.push(rank);
      }
  }
  /**
   * Ranks of the rows within the window that share a word or a number with row `index` of `own`, which may be either side;
   * ascending. `byNumber`: only a number, as rows do that a reference ties.
   */
  near(own: ComparableRows, index: number, window: number, byNumber = false): readonly number[] {
    const { ordered } = this;
    const [firstDay, endDay] = daysWithin(ordered, own.currency[index] ?? 0, own.day[index] ?? 0, window);
    const from = ordered.dayFrom[firstDay] ?? 0;
    const to = ordered.dayFrom[endDay] ?? 0;
    if (from >= to) return [];
    const found: (readonly number[])[] = [];
    for (const key of keysOf(own, index)) {
      if (byNumber && !key.startsWith('#')) continue;
      const list = this.ranks.get(key);
      if (list === undefined) continue;
      const first = lowerRank(list, from);
      const end = lowerRank(list, to);
      if (end > first && end - first <= MOST_SHARING) found.push(list.slice(first, end));
    }
    const [only, ...more] = found;
    if (only === undefined || more.length === 0) return only ?? [];
    const all = Int32Array.from(found.flat()).sort();
    return Array.from(all.filter((rank, at) => rank !== all[at - 1]));
  }
  /** What ties row `other` to row `index` of `own`; one that names another number of its series is a part of something else. */
  tie(own: ComparableRows, index: number, other: number): Tie {
    const { rows } = this.ordered;
    const tie = own.name === 'bank' ? tieOf(own, index, rows, other) : tieOf(rows, other, own, index);
    const reference = own.reference[index];
    return tie === 'party' && reference !== undefined && named(rows, other, reference) === 'another' ? 'none' : tie;
  }
  /** The rows within the window that are tied to row `index` of `own`, which may be either side. */
  tiedTo(own: ComparableRows, index: number, window: number): TiedRows {
    const tied: TiedRows = { byReference: [], byParty: [] };
    for (const rank of this.near(own, index, window)) {
      const other = this.ordered.order[rank] ?? 0;
      const tie = this.tie(own, index, other);
      if (tie === 'reference') tied.byReference.push(other);
      else if (tie === 'party') tied.byParty.push(other);
    }
    return tied;
  }
}
