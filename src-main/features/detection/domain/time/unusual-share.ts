import jStat from 'jstat';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { rowsByCode } from '../rows-by-code.ts';

/** Marks of rows: left out, ordinary, or of the kind whose share is looked at. */
export const LEFT_OUT = 0;
export const ORDINARY = 1;
export const MARKED = 2;

/** A group (an account, a party, a user) with more marked rows than the rest would let expect. */
export interface UnusualShare {
  readonly name: string;
  /** Marked rows, ascending. */
  readonly rows: Uint32Array;
  /** All rows of the group that count. */
  readonly members: number;
  /** Share of marked rows in all other groups. */
  readonly restShare: number;
  /** Probability of so many or more by chance, times the groups looked at (Bonferroni); below 1. */
  readonly adjustedP: number;
}

export interface ShareRules {
  /** Marked rows that a group needs. */
  readonly minimumCount: number;
  /** How many times the share of the rest it must at least be. */
  readonly factor: number;
  /** Chance at most of one false finding among all groups. */
  readonly significance: number;
}

/**
 * P(X ≥ k) of a binomial distribution of n trials with probability p: the terms from k upwards, summed until they no longer
 * count. Exact to about ten digits; k must lie above n × p, where the terms fall.
 */
export const binomialUpperTail = (k: number, n: number, p: number): number => {
  if (k <= 0 || p >= 1) return 1;
  if (k > n || p <= 0) return 0;
  let term = Math.exp(
    jStat.gammaln(n + 1) - jStat.gammaln(k + 1) - jStat.gammaln(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p),
  );
  let sum = term;
  for (let i = k; i < n; i++) {
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
    sum += term;
    if (term < sum * 1e-12) break;
  }
  return Math.min(1, sum);
};

/**
 * Groups whose share of marked rows is unusual against all other rows: at least `factor` times the share of the rest, and so
 * many that chance would bring it about with a probability below `significance` over all groups (binomial, Bonferroni). The
 * share of the rest is (marked + 1) / (rows + 2), so that a rest without any does not make every single row a proof (Laplace).
 * A column with one group only has no rest and gives none.
 */
export const unusualShares = (
  { codes, values }: CodedColumn,
  marks: Uint8Array,
  rules: ShareRules,
): { readonly groups: number; readonly unusual: UnusualShare[] } => {
  const members = new Uint32Array(values.length);
  const marked = new Uint32Array(values.length);
  let allMembers = 0;
  let allMarked = 0;
  for (let row = 0; row < marks.length; row++) {
    const code = codes[row]!;
    if (code < 0 || marks[row] === LEFT_OUT) continue;
    members[code]!++;
    allMembers++;
    if (marks[row] === MARKED) {
      marked[code]!++;
      allMarked++;
    }
  }
  let groups = 0;
  for (const count of members) if (count > 0) groups++;
  if (groups < 2) return { groups, unusual: [] };
  const adjusted = new Map<number, { readonly restShare: number; readonly adjustedP: number }>();
  for (let code = 0; code < values.length; code++) {
    const k = marked[code]!;
    const n = members[code]!;
    if (k < rules.minimumCount) continue;
    const restShare = (allMarked - k + 1) / (allMembers - n + 2);
    if (k / n < rules.factor * restShare) continue;
    const adjustedP = binomialUpperTail(k, n, restShare) * groups;
    if (adjustedP < rules.significance) adjusted.set(code, { restShare, adjustedP });
  }
  if (adjusted.size === 0) return { groups, unusual: [] };
  const buckets = new Int32Array(marks.length).fill(-1);
  for (let row = 0; row < marks.length; row++)
    if (marks[row] === MARKED && adjusted.has(codes[row]!)) buckets[row] = codes[row]!;
  const { starts, rows } = rowsByCode(buckets, values.length);
  return {
    groups,
    unusual: [...adjusted].map(([code, { restShare, adjustedP }]) => ({
      name: values[code]!,
      rows: rows.slice(starts[code], starts[code + 1]),
      members: members[code]!,
      restShare,
      adjustedP,
    })),
  };
};

/** 0 to 1: the rarer by chance, the nearer to 1 (1e-6 is 0.5). */
export const scoreOfChance = (adjustedP: number): number => {
  const orders = -Math.log10(Math.max(adjustedP, Number.MIN_VALUE));
  return orders / (orders + 6);
};

/** A share in percent with one decimal: "12.5 %". */
export const formatShare = (share: number): string => `${(share * 100).toFixed(1)} %`;
