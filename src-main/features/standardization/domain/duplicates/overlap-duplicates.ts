import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';

/** Transactions of several files as columns of equal length. Codes are -1 where unknown, `referenceHash` 0. */
export interface OverlapColumns {
  readonly rowCount: number;
  /** Which file the row is in, ascending over the rows. */
  readonly source: Int32Array;
  /** Standardized own account. */
  readonly account: Int32Array;
  readonly currency: Int32Array;
  readonly bookingDay: Int32Array;
  readonly valueDay: Int32Array;
  readonly amountUnits: Float64Array;
  readonly party: Int32Array;
  readonly referenceHash: Float64Array;
}

/** `duplicate` is proposed to be `keep` again, from another file. */
export interface OverlapPair {
  readonly keep: number;
  readonly duplicate: number;
  /** 0 to 1. */
  readonly score: number;
  readonly agree: readonly string[];
  readonly differ: readonly string[];
}

/** What agreeing on a field adds, in hundredths; what differing on it takes away. */
const WEIGHTS = { account: 15, reference: 15, party: 10, 'value date': 5 } as const;
const BASE = 60;
/** Proposals below this differ in too much to be the same transaction. Hundredths, so that the bound itself is exact. */
const MINIMUM = 0.5;
/** Comparisons within one day and amount beyond which only fully equal rows are paired. */
const MAX_COMPARISONS = 1_000_000;

/**
 * The same transaction in two files that cover the same days of an account: equal booking date, amount and currency, and
 * nothing that contradicts it. Each transaction of one file answers at most one of another, so that two equal payments that
 * both files list stay two payments (true twins survive). Pairs in row order; the row of the earlier file is kept.
 */
export const overlapDuplicates = (columns: OverlapColumns): OverlapPair[] => {
  const { rowCount, source } = columns;
  if (rowCount === 0 || source[0] === source[rowCount - 1]) return [];
  const pairs: OverlapPair[] = [];
  for (const bucket of buckets(columns)) {
    const kept: number[] = [];
    let at = 0;
    while (at < bucket.length) {
      const file = source[bucket[at]!]!;
      const own: number[] = [];
      for (; at < bucket.length && source[bucket[at]!] === file; at++) own.push(bucket[at]!);
      const answered = assign(columns, kept, own);
      for (const row of own) {
        const pair = answered.get(row);
        if (pair === undefined) kept.push(row);
        else pairs.push(pair);
      }
    }
  }
  return pairs.sort((a, b) => a.duplicate - b.duplicate);
};

/** Rows of equal day, amount and currency that lie in at least two files, in row order. */
function* buckets({ rowCount, source, bookingDay, amountUnits, currency }: OverlapColumns): Generator<number[]> {
  const rows: number[] = [];
  for (let row = 0; row < rowCount; row++)
    if (bookingDay[row] !== UNKNOWN_DAY && !Number.isNaN(amountUnits[row]!)) rows.push(row);
  const order = Uint32Array.from(rows).sort(
    (a, b) =>
      bookingDay[a]! - bookingDay[b]! || amountUnits[a]! - amountUnits[b]! || currency[a]! - currency[b]! || a - b,
  );
  const same = (a: number, b: number): boolean =>
    bookingDay[a] === bookingDay[b] && amountUnits[a] === amountUnits[b] && currency[a] === currency[b];
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && same(order[from]!, order[to]!)) to++;
    if (source[order[from]!] !== source[order[to - 1]!]) yield [...order.subarray(from, to)];
    from = to;
  }
}

/** Pairs of a file's rows with kept ones, best first, each used once. Ties go to the earlier rows. */
const assign = (columns: OverlapColumns, kept: readonly number[], own: readonly number[]): Map<number, OverlapPair> => {
  if (kept.length * own.length > MAX_COMPARISONS) return assignEqual(columns, kept, own);
  const candidates = own
    .flatMap(duplicate => kept.map(keep => compare(columns, keep, duplicate)))
    .filter(pair => pair.score >= MINIMUM)
    .sort((a, b) => b.score - a.score || a.keep - b.keep || a.duplicate - b.duplicate);
  const used = new Set<number>();
  const answered = new Map<number, OverlapPair>();
  for (const pair of candidates) {
    if (used.has(pair.keep) || answered.has(pair.duplicate)) continue;
    used.add(pair.keep);
    answered.set(pair.duplicate, pair);
  }
  return answered;
};

/** Thousands of equal payments a day in two files: only what agrees in everything is paired, in row order. */
const assignEqual = (
  columns: OverlapColumns,
  kept: readonly number[],
  own: readonly number[],
): Map<number, OverlapPair> => {
  const keyOf = (row: number): string =>
    `${columns.account[row]} ${columns.referenceHash[row]} ${columns.party[row]} ${columns.valueDay[row]}`;
  const waiting = new Map<string, number[]>();
  for (const row of [...kept].reverse()) {
    const key = keyOf(row);
    const rows = waiting.get(key);
    if (rows === undefined) waiting.set(key, [row]);
    else rows.push(row);
  }
  const answered = new Map<number, OverlapPair>();
  for (const row of own) {
    const keep = waiting.get(keyOf(row))?.pop();
    if (keep !== undefined) answered.set(row, compare(columns, keep, row));
  }
  return answered;
};

const compare = (columns: OverlapColumns, keep: number, duplicate: number): OverlapPair => {
  const agree = ['booking date', 'amount', ...(columns.currency[keep]! < 0 ? [] : ['currency'])];
  const differ: string[] = [];
  let score = BASE;
  const weigh = (name: keyof typeof WEIGHTS, a: number, b: number, unknown: number): void => {
    if (a === unknown || b === unknown) return;
    if (a === b) {
      agree.push(name);
      score += WEIGHTS[name];
    } else {
      differ.push(name);
      score -= WEIGHTS[name];
    }
  };
  weigh('account', columns.account[keep]!, columns.account[duplicate]!, -1);
  // Another account of the same owner is another transaction, however equal the rest.
  if (differ.length > 0) score = -100;
  weigh('reference', columns.referenceHash[keep]!, columns.referenceHash[duplicate]!, 0);
  weigh('party', columns.party[keep]!, columns.party[duplicate]!, -1);
  weigh('value date', columns.valueDay[keep]!, columns.valueDay[duplicate]!, UNKNOWN_DAY);
  return { keep, duplicate, score: Math.max(0, Math.min(100, score)) / 100, agree, differ };
};
