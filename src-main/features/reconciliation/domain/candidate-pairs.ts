import { type AmountTolerance, reachOf, toleranceOf } from './amount-tolerance.ts';
import type { ComparableRows } from './comparable-rows.ts';
import type { Forbidden } from './match-book.ts';
import { pairScore } from './match-score.ts';
import { compareContent, dayAt, daysWithin, lowerBound, type OrderedRows } from './ordered-rows.ts';
import { FULL_SCORE } from './reconciliation-parameters.ts';

/** At most this many candidates a row are scored by nearness; rows that share an identifier are scored besides. */
export const CANDIDATE_LIMIT = 32;

/** A pair of ranks in one exact number: bank rank × 2^26 + ledger rank. */
const RANK_BASE = 2 ** 26;

/** Candidate pairs with their scores, best first; equal scores in the order of the ranks, so by content. */
export interface CandidatePairs {
  readonly count: number;
  bankIndex(at: number): number;
  ledgerIndex(at: number): number;
  /** Ten-thousandths. */
  score(at: number): number;
  /** Rows that had more candidates than were scored. */
  readonly boundedBankRows: number;
  readonly boundedLedgerRows: number;
}

/** Lists of pairs by score: a score has few values, so that sorting is by bucket and then by one number. */
class ScoredPairs {
  private readonly byScore = new Map<number, number[]>();
  add(score: number, bankRank: number, ledgerRank: number): void {
    const pairs = this.byScore.get(score);
    const pair = bankRank * RANK_BASE + ledgerRank;
    if (pairs === undefined) this.byScore.set(score, [pair]);
    else pairs.push(pair);
  }
  /** Pairs best first without repetition. */
  sorted(): { pairs: Float64Array; scores: Uint16Array } {
    let count = 0;
    for (const list of this.byScore.values()) count += list.length;
    const pairs = new Float64Array(count);
    const scores = new Uint16Array(count);
    let at = 0;
    for (let score = FULL_SCORE; score >= 0; score--) {
      const list = this.byScore.get(score);
      if (list === undefined) continue;
      const ascending = Float64Array.from(list).sort();
      for (let i = 0; i < ascending.length; i++) {
        if (i > 0 && ascending[i] === ascending[i - 1]) continue;
        pairs[at] = ascending[i] ?? 0;
        scores[at] = score;
        at++;
      }
    }
    return { pairs: pairs.subarray(0, at), scores: scores.subarray(0, at) };
  }
}

/** Texts by which a row may be named on the other side: its reference, and the tokens of its text that hold a digit. */
const identifiers = (rows: ComparableRows, index: number): string[] => {
  const found = new Set<string>();
  const key = rows.reference[index]?.key ?? '';
  if (key !== '') found.add(key);
  for (const token of rows.text[index]?.tokens ?? []) if (token.length >= 4 && /\d/.test(token)) found.add(token);
  return [...found];
};

/** Ranks by identifier; an identifier that more rows share than may be scored identifies none of them. */
const ranksByIdentifier = (ordered: OrderedRows): Map<string, number[]> => {
  const ranks = new Map<string, number[]>();
  for (let rank = 0; rank < ordered.order.length; rank++)
    for (const identifier of identifiers(ordered.rows, ordered.order[rank] ?? 0)) {
      const list = ranks.get(identifier);
      if (list === undefined) ranks.set(identifier, [rank]);
      else if (list.length <= CANDIDATE_LIMIT) list.push(rank);
    }
  for (const [identifier, list] of ranks) if (list.length > CANDIDATE_LIMIT) ranks.delete(identifier);
  return ranks;
};

/** Where a row would stand among the other side's rows [from, to) of one day; rows alike in content spread over their likes. */
const standing = (own: OrderedRows, index: number, other: OrderedRows, from: number, to: number): number => {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareContent(other.rows, other.order[middle] ?? 0, own.rows, index) < 0) low = middle + 1;
    else high = middle;
  }
  return low + (own.alikeBefore[own.rank[index] ?? 0] ?? 0);
};

/** How far apart two rows may lie. */
export interface Reach {
  readonly tolerance: AmountTolerance;
  readonly window: number;
}

/** Reach of one row: `tolerance` in units of the common scale. */
interface RowReach {
  readonly tolerance: number;
  readonly window: number;
}

/**
 * The ranks of the other side within tolerance and window of a row. Where there are more than the limit, each of the nearest
 * days gives those nearest in content, and those that share an identifier with the row are added.
 */
const candidateRanks = (
  own: OrderedRows,
  index: number,
  other: OrderedRows,
  { tolerance, window }: RowReach,
  byIdentifier: () => Map<string, number[]>,
  into: number[],
): 'all' | 'bounded' => {
  const { rows } = own;
  const currency = rows.currency[index] ?? 0;
  const day = rows.day[index] ?? 0;
  const amount = rows.amount[index] ?? 0;
  const [firstDay, endDay] = daysWithin(other, currency, day, window);
  const ranges: { readonly day: number; readonly from: number; readonly to: number }[] = [];
  let total = 0;
  for (let at = firstDay; at < endDay; at++) {
    const end = other.dayFrom[at + 1] ?? 0;
    const from = lowerBound(other.amount, other.dayFrom[at] ?? 0, end, amount - tolerance);
    // A short run is counted, a long one is stepped over by search.
    let to = from;
    while (to < end && to - from < CANDIDATE_LIMIT && (other.amount[to] ?? 0) <= amount + tolerance) to++;
    if (to - from === CANDIDATE_LIMIT) to = lowerBound(other.amount, to, end, amount + tolerance + 1);
    if (to === from) continue;
    ranges.push({ day: dayAt(other, at), from, to });
    total += to - from;
  }
  into.length = 0;
  if (total <= CANDIDATE_LIMIT) {
    for (const { from, to } of ranges) for (let r = from; r < to; r++) into.push(r);
    return 'all';
  }
  // Every day has its share: a partner some days away must not be crowded out by strangers of the same day.
  const nearest = ranges.sort((a, b) => Math.abs(a.day - day) - Math.abs(b.day - day)).slice(0, CANDIDATE_LIMIT);
  const share = Math.ceil(CANDIDATE_LIMIT / nearest.length);
  for (const { from, to } of nearest) {
    const wanted = Math.min(share, to - from);
    const middle = standing(own, index, other, from, to);
    const first = Math.max(from, Math.min(to - wanted, middle - (wanted >>> 1)));
    for (let r = first; r < first + wanted; r++) into.push(r);
  }
  for (const identifier of identifiers(rows, index))
    for (const r of byIdentifier().get(identifier) ?? []) {
      const j = other.order[r] ?? 0;
      if (
        other.rows.currency[j] === currency &&
        Math.abs((other.rows.day[j] ?? 0) - day) <= window &&
        Math.abs((other.amount[r] ?? 0) - amount) <= tolerance
      )
        into.push(r);
    }
  return 'bounded';
};

/**
 * Scores the pairs of rows within tolerance and window (days) of one currency, and keeps those
 * that score at least `atLeast`. All of them are scored where a row has at most CANDIDATE_LIMIT; the number of rows that
 * had more is given.
 */
export const candidatePairs = (
  bank: OrderedRows,
  ledger: OrderedRows,
  { tolerance, window }: Reach,
  atLeast: number,
  forbidden: Forbidden,
  progress: (share: number) => void,
): CandidatePairs => {
  const scored = new ScoredPairs();
  const keep = (bankRank: number, ledgerRank: number): void => {
    const b = bank.order[bankRank] ?? 0;
    const l = ledger.order[ledgerRank] ?? 0;
    const allowed = toleranceOf(tolerance, bank.rows.amount[b] ?? 0);
    if (Math.abs((bank.rows.amount[b] ?? 0) - (ledger.rows.amount[l] ?? 0)) > allowed || forbidden.pair(b, l)) return;
    const score = pairScore(bank.rows, b, ledger.rows, l, allowed, window);
    if (score >= atLeast) scored.add(score, bankRank, ledgerRank);
  };
  const lazy = (ordered: OrderedRows): (() => Map<string, number[]>) => {
    let ranks: Map<string, number[]> | null = null;
    return () => {
      ranks ??= ranksByIdentifier(ordered);
      return ranks;
    };
  };
  const found: number[] = [];
  const ledgerByIdentifier = lazy(ledger);
  let boundedBankRows = 0;
  for (let rank = 0; rank < bank.order.length; rank++) {
    if (rank % 4096 === 0) progress(rank / (2 * bank.order.length));
    const own = { tolerance: toleranceOf(tolerance, bank.amount[rank] ?? 0), window };
    if (candidateRanks(bank, bank.order[rank] ?? 0, ledger, own, ledgerByIdentifier, found) === 'bounded')
      boundedBankRows++;
    for (const other of found) keep(rank, other);
  }
  // From the ledger's side only rows with too many partners can add a pair: the others' pairs are all known already,
  // unless they were cut from a bank row, in which case they are scored again and repetitions fall out when sorting.
  const bankByIdentifier = lazy(bank);
  let boundedLedgerRows = 0;
  for (let rank = 0; rank < ledger.order.length; rank++) {
    if (rank % 4096 === 0) progress(0.5 + rank / (2 * ledger.order.length));
    const own = { tolerance: reachOf(tolerance, ledger.amount[rank] ?? 0), window };
    const bounded = candidateRanks(ledger, ledger.order[rank] ?? 0, bank, own, bankByIdentifier, found) === 'bounded';
    if (bounded) boundedLedgerRows++;
    if (boundedBankRows > 0) for (const other of found) keep(other, rank);
  }
  const { pairs, scores } = scored.sorted();
  return {
    count: pairs.length,
    bankIndex: at => bank.order[Math.floor((pairs[at] ?? 0) / RANK_BASE)] ?? 0,
    ledgerIndex: at => ledger.order[(pairs[at] ?? 0) % RANK_BASE] ?? 0,
    score: at => scores[at] ?? 0,
    boundedBankRows,
    boundedLedgerRows,
  };
};
