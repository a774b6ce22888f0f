import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';

/**
 * What is compared, as columns of equal length, one element a transaction. Codes and hashes mean the same in all rows
 * (accounts, parties and statements of all files share one numbering). Null: the data has no such column.
 */
export interface NearDuplicateColumns {
  readonly rowCount: number;
  /** NaN is unknown. */
  readonly amountUnits: Float64Array;
  /** UNKNOWN_DAY is unknown. */
  readonly bookingDay: Int32Array;
  /** Code of the account; UNKNOWN_CODE is unknown. */
  readonly account: Int32Array | null;
  readonly currency: Int32Array | null;
  /** Code of the party key. */
  readonly party: Int32Array | null;
  /** Index of the statement, over all files. */
  readonly statement: Int32Array | null;
  /** 53-bit hash of the reference; 0 is none. */
  readonly referenceHash: Float64Array | null;
  /** 53-bit hash of the description; 0 is none. */
  readonly descriptionHash: Float64Array | null;
  /** 64 bits over the whole record: equal pairs are exact duplicates, which are not proposed here. */
  readonly recordHashHigh: Uint32Array | null;
  readonly recordHashLow: Uint32Array | null;
}

export interface NearDuplicateParameters {
  /** Booking days may lie this far apart. */
  readonly dayDistance: number;
  /** Pairs from this score on (0 to 1) are proposed. */
  readonly threshold: number;
  /** At most this many pairs are listed, the highest scores first. */
  readonly limit: number;
}

export const NEAR_DUPLICATE_DEFAULTS: NearDuplicateParameters = { dayDistance: 3, threshold: 0.6, limit: 10_000 };

export type ComparedField = 'party' | 'reference' | 'description' | 'day';

/** Two rows that may be one movement entered twice. Proposed, never merged. */
export interface NearDuplicatePair {
  /** Row indexes, a < b. */
  readonly a: number;
  readonly b: number;
  /** 0 to 1. */
  readonly score: number;
  readonly agree: readonly ComparedField[];
  /** A field that is unknown in either row stands in neither list. */
  readonly differ: readonly ComparedField[];
}

export interface NearDuplicates {
  /** Highest score first, then by row. */
  readonly pairs: readonly NearDuplicatePair[];
  /** All pairs at or above the threshold, listed or not. */
  readonly total: number;
  /** Rows without amount or date: compared with nothing. */
  readonly rowsNotCompared: number;
  /** Comparisons left out because too many rows share account, currency and amount within the days. */
  readonly comparisonsLeftOut: number;
}

/** Ten-thousandths of the score; docs/specs/near-duplicates.md says why these. */
const WEIGHTS = { party: 3500, reference: 3000, description: 2000, day: 1500 } as const;
const FULL_SCORE = 10_000;

/** A row is compared with at most this many later rows of its account, currency and amount. */
const COMPARISON_LIMIT = 64;

type Agreement = 'agree' | 'differ' | 'unknown';

const agreement = (column: Int32Array | Float64Array | null, a: number, b: number, unknown: number): Agreement => {
  if (column === null || column[a] === unknown || column[b] === unknown) return 'unknown';
  return column[a] === column[b] ? 'agree' : 'differ';
};

/** An unknown field counts half: it speaks neither for nor against. */
const counted = (weight: number, of: Agreement): number =>
  of === 'agree' ? weight : of === 'unknown' ? weight / 2 : 0;

interface Comparison {
  readonly score: number;
  readonly party: Agreement;
  readonly reference: Agreement;
  readonly description: Agreement;
}

const compare = (columns: NearDuplicateColumns, a: number, b: number, dayDistance: number): Comparison => {
  const party = agreement(columns.party, a, b, UNKNOWN_CODE);
  const reference = agreement(columns.referenceHash, a, b, 0);
  const description = agreement(columns.descriptionHash, a, b, 0);
  const days = Math.abs((columns.bookingDay[a] ?? 0) - (columns.bookingDay[b] ?? 0));
  const sum =
    counted(WEIGHTS.party, party) +
    counted(WEIGHTS.reference, reference) +
    counted(WEIGHTS.description, description) +
    WEIGHTS.day * (1 - days / (dayDistance + 1));
  // One statement lists each movement once: two references on it are two movements.
  const twoMovements = reference === 'differ' && agreement(columns.statement, a, b, UNKNOWN_CODE) === 'agree';
  return { score: Math.round(twoMovements ? sum / 2 : sum), party, reference, description };
};

/** Rows of one account, currency and amount as linked lists: `next` of a row is the following one of its group, in file order. */
interface Groups {
  readonly firstRows: Int32Array;
  readonly next: Int32Array;
  readonly rowsNotCompared: number;
}

const mix = (amount: number, account: number, currency: number): number => {
  const low = (amount % 4294967296) | 0;
  const high = (amount / 4294967296) | 0;
  let h = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) ^ Math.imul(account + 2, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15) ^ Math.imul(currency + 2, 0x27d4eb2f), 0x85ebca6b);
  return h ^ (h >>> 13);
};

/** Groups rows by open addressing over their first rows; only groups of two rows or more are returned. */
const groupRows = ({ rowCount, amountUnits, bookingDay, account, currency }: NearDuplicateColumns): Groups => {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(16, rowCount * 2)));
  const mask = slots - 1;
  // Row + 1 of the group's first row; 0 is free.
  const table = new Int32Array(slots);
  const next = new Int32Array(rowCount).fill(-1);
  const last = new Int32Array(rowCount);
  const several: number[] = [];
  let rowsNotCompared = 0;
  for (let row = 0; row < rowCount; row++) {
    const amount = amountUnits[row] ?? Number.NaN;
    if (Number.isNaN(amount) || bookingDay[row] === UNKNOWN_DAY) {
      rowsNotCompared++;
      continue;
    }
    const ofAccount = account === null ? UNKNOWN_CODE : (account[row] ?? UNKNOWN_CODE);
    const ofCurrency = currency === null ? UNKNOWN_CODE : (currency[row] ?? UNKNOWN_CODE);
    let slot = mix(amount, ofAccount, ofCurrency) & mask;
    for (;;) {
      const first = (table[slot] ?? 0) - 1;
      if (first < 0) {
        table[slot] = row + 1;
        last[row] = row;
        break;
      }
      if (
        amountUnits[first] === amount &&
        (account === null || account[first] === ofAccount) &&
        (currency === null || currency[first] === ofCurrency)
      ) {
        const tail = last[first] ?? first;
        if (tail === first) several.push(first);
        next[tail] = row;
        last[first] = row;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return { firstRows: Int32Array.from(several), next, rowsNotCompared };
};

/** A pair of rows in one exact number, and the largest number of rows that allows it. */
const ROW_BASE = 2 ** 26;

/** Keeps the pairs with the highest scores (then the lowest rows), whatever the number of pairs that come. */
class HighestPairs {
  private scores: number[] = [];
  private pairs: number[] = [];
  private readonly limit: number;
  total = 0;
  constructor(limit: number) {
    this.limit = limit;
  }
  add(score: number, a: number, b: number): void {
    this.total++;
    this.scores.push(score);
    this.pairs.push(a * ROW_BASE + b);
    if (this.scores.length >= 4 * this.limit + 1024) this.cut();
  }
  /** The listed pairs, best first. */
  list(): { a: number; b: number }[] {
    this.cut();
    return this.pairs.map(pair => ({ a: Math.floor(pair / ROW_BASE), b: pair % ROW_BASE }));
  }
  private cut(): void {
    const { scores, pairs } = this;
    const order = scores
      .map((_, at) => at)
      .sort((i, j) => (scores[j] ?? 0) - (scores[i] ?? 0) || (pairs[i] ?? 0) - (pairs[j] ?? 0))
      .slice(0, this.limit);
    this.scores = order.map(at => scores[at] ?? 0);
    this.pairs = order.map(at => pairs[at] ?? 0);
  }
}

/** The rows of a group by day, then by row. */
const byDay = (first: number, next: Int32Array, bookingDay: Int32Array): Int32Array => {
  const rows: number[] = [];
  for (let row = first; row >= 0; row = next[row] ?? -1) rows.push(row);
  return Int32Array.from(rows).sort((a, b) => (bookingDay[a] ?? 0) - (bookingDay[b] ?? 0) || a - b);
};

const describePair = (columns: NearDuplicateColumns, a: number, b: number, dayDistance: number): NearDuplicatePair => {
  const { score, party, reference, description } = compare(columns, a, b, dayDistance);
  const day: Agreement = columns.bookingDay[a] === columns.bookingDay[b] ? 'agree' : 'differ';
  const fields: readonly (readonly [ComparedField, Agreement])[] = [
    ['party', party],
    ['reference', reference],
    ['description', description],
    ['day', day],
  ];
  const having = (wanted: Agreement): ComparedField[] =>
    fields.filter(([, found]) => found === wanted).map(([field]) => field);
  return { a, b, score: score / FULL_SCORE, agree: having('agree'), differ: having('differ') };
};

/**
 * Proposes pairs of rows that may be one movement entered twice: same account (or both unknown), same currency, same amount,
 * booking days at most `dayDistance` apart, scored by party, reference, description and day. Exact duplicates are left out.
 * Deterministic. Throws RangeError beyond 2^26 rows. Method and limits: docs/specs/near-duplicates.md.
 */
export const nearDuplicates = (
  columns: NearDuplicateColumns,
  { dayDistance, threshold, limit }: NearDuplicateParameters,
): NearDuplicates => {
  if (columns.rowCount > ROW_BASE) throw new RangeError(`near duplicates: at most ${ROW_BASE} rows`);
  const { bookingDay, recordHashHigh, recordHashLow } = columns;
  const atLeast = Math.round(threshold * FULL_SCORE);
  const groups = groupRows(columns);
  const highest = new HighestPairs(limit);
  let comparisonsLeftOut = 0;
  for (const first of groups.firstRows) {
    const rows = byDay(first, groups.next, bookingDay);
    let within = 0;
    for (let i = 0; i < rows.length; i++) {
      const a = rows[i] ?? 0;
      const lastDay = (bookingDay[a] ?? 0) + dayDistance;
      while (within < rows.length && (bookingDay[rows[within] ?? 0] ?? 0) <= lastDay) within++;
      const end = Math.min(within, i + 1 + COMPARISON_LIMIT);
      comparisonsLeftOut += within - end;
      for (let j = i + 1; j < end; j++) {
        const b = rows[j] ?? 0;
        if (
          recordHashHigh !== null &&
          recordHashLow !== null &&
          recordHashHigh[a] === recordHashHigh[b] &&
          recordHashLow[a] === recordHashLow[b]
        )
          continue;
        const { score } = compare(columns, a, b, dayDistance);
        if (score >= atLeast) highest.add(score, Math.min(a, b), Math.max(a, b));
      }
    }
  }
  return {
    pairs: highest.list().map(({ a, b }) => describePair(columns, a, b, dayDistance)),
    total: highest.total,
    rowsNotCompared: groups.rowsNotCompared,
    comparisonsLeftOut,
  };
};
