import type { NearDuplicatePair, OverlapPair } from '../../standardization/domain/index.ts';
import { overlapDuplicates, standardAccount } from '../../standardization/domain/index.ts';
import type { DetectionTable } from './detection-table.ts';

/** Duplicates of an examination. */
export interface DuplicateCounts {
  readonly exactGroups: number;
  readonly exactRows: number;
  /** Listed pairs of the kind, decided or not. */
  readonly near: number;
  readonly overlaps: number;
  /** Rows that were left out because a person confirmed that they repeat others. */
  readonly confirmed: number;
}

/** Two transactions (ids) of which `b` is proposed to repeat `a`. */
export interface DuplicatePair {
  readonly kind: 'overlap' | 'exact' | 'near';
  readonly a: number;
  readonly b: number;
  readonly score: number;
  readonly agree: readonly string[];
  readonly differ: readonly string[];
}

/** Pairs of equal records listed at most; their findings list all. */
const MAX_EXACT_PAIRS = 10_000;

/** The same transactions in files that cover the same days. Accounts are compared in their standard form. */
export const findOverlaps = (rows: DetectionTable): OverlapPair[] => {
  const { table } = rows;
  const accounts = rows.accounts();
  const names = accounts.values.map(account => standardAccount(account).standardized);
  const first = new Map<string, number>();
  names.forEach((name, code) => {
    if (!first.has(name)) first.set(name, code);
  });
  const codes = accounts.codes.map(code => (code < 0 || names[code] === '' ? -1 : first.get(names[code]!)!));
  return overlapDuplicates({
    rowCount: table.rowCount,
    source: rows.sourceIndexes(),
    account: codes,
    currency: rows.coded('currency').codes,
    bookingDay: rows.days('bookingDay'),
    valueDay: rows.days('valueDay'),
    amountUnits: table.amountUnits!,
    party: rows.parties().codes,
    referenceHash: rows.referenceHashes(),
  });
};

/** All proposals, each pair of rows once: overlapping files first, then equal records, then near ones. */
export const duplicatePairs = (
  rows: DetectionTable,
  near: readonly NearDuplicatePair[],
  exact: readonly Uint32Array[],
  overlaps: readonly OverlapPair[],
): DuplicatePair[] => {
  const seen = new Set<string>();
  const pairs: DuplicatePair[] = [];
  const add = (
    kind: DuplicatePair['kind'],
    a: number,
    b: number,
    rest: Omit<DuplicatePair, 'kind' | 'a' | 'b'>,
  ): void => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (seen.has(key)) return;
    seen.add(key);
    pairs.push({ kind, a: rows.transactionId(a), b: rows.transactionId(b), ...rest });
  };
  for (const { keep, duplicate, score, agree, differ } of overlaps)
    add('overlap', keep, duplicate, { score, agree, differ });
  let listed = 0;
  for (const group of exact)
    for (const row of group.subarray(1))
      if (listed++ < MAX_EXACT_PAIRS) add('exact', group[0]!, row, { score: 1, agree: ['every column'], differ: [] });
  for (const { a, b, score, agree, differ } of near) add('near', a, b, { score, agree, differ });
  return pairs;
};
