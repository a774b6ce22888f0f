import { JUDGMENT_FILTERS, MATCH_KINDS, MATCH_SORTS } from '../../../src-main/contract/reconciliation-work.contract.ts';

/** Which pairs are shown: what the address says. */
export interface PairFilter {
  readonly judgment?: (typeof JUDGMENT_FILTERS)[number];
  readonly kind?: (typeof MATCH_KINDS)[number];
  readonly minimumScore?: number;
  readonly maximumScore?: number;
  readonly sort: (typeof MATCH_SORTS)[number];
  readonly descending: boolean;
}

const score = (text: string | null): number | undefined => {
  const value = text === null || text === '' ? Number.NaN : Number(text);
  return value >= 0 && value <= 1 ? value : undefined;
};

/** Reads the filter from an address: a value it does not know is no condition. Without any, what is still to be decided. */
export const pairFilter = (search: URLSearchParams): PairFilter => {
  const asked = search.get('judgment');
  const judgment = asked === 'any' ? undefined : (JUDGMENT_FILTERS.find(known => known === asked) ?? 'suggested');
  const kind = MATCH_KINDS.find(known => known === search.get('kind'));
  const [minimumScore, maximumScore] = [score(search.get('from')), score(search.get('to'))];
  const sort = MATCH_SORTS.find(known => known === search.get('sort')) ?? 'score';
  return {
    ...(judgment === undefined ? {} : { judgment }),
    ...(kind === undefined ? {} : { kind }),
    ...(minimumScore === undefined ? {} : { minimumScore }),
    ...(maximumScore === undefined ? {} : { maximumScore }),
    sort,
    descending: search.get('order') !== 'up',
  };
};

/** Whether more is asked than what is still to be decided. */
export const isNarrowed = ({ judgment, kind, minimumScore, maximumScore }: PairFilter): boolean =>
  judgment !== undefined || kind !== undefined || minimumScore !== undefined || maximumScore !== undefined;
