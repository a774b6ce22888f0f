import type { Input, Output } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { transactionRow } from '../../ingestion/service/transaction-rows.ts';
import type { TransactionRecord } from '../../ingestion/storage/transaction.repository.ts';
import { transactionById } from '../../ingestion/storage/transaction.repository.ts';
import { reasonsOf } from '../storage/reconciliation.repository.ts';
import { matchDifference } from './match-difference.ts';
import type { ViewMatch } from './match-view.ts';
import { isMatched, matchName } from './match-view.ts';
import type { ShownReconciliation } from './shown-reconciliation.ts';

type Pair = Output<'reconciliations.pairs'>['pairs'][number];
export type PairFilter = Pick<Input<'reconciliations.pairs'>, 'judgment' | 'kind' | 'minimumScore' | 'maximumScore'>;

/** Whether a match passes a filter. A score band leaves out matches that have none. */
export const passes = (match: ViewMatch, { judgment, kind, minimumScore, maximumScore }: PairFilter): boolean =>
  (judgment === undefined || (judgment === 'matched' ? isMatched(match) : match.judgment === judgment)) &&
  (kind === undefined || match.kind === kind) &&
  (minimumScore === undefined || (match.score !== null && match.score >= minimumScore)) &&
  (maximumScore === undefined || (match.score !== null && match.score <= maximumScore));

const rowsOf = (store: ReadStore, ids: readonly number[]): TransactionRecord[] =>
  ids.map(id => {
    const record = transactionById(store, id);
    if (record === undefined) throw new Error(`transaction ${id} is not stored`);
    return record;
  });

/** What a match leaves over, as it was recorded or as its rows have it. */
const differencesOf = (
  { basis, view }: ShownReconciliation,
  { judgment, seq }: ViewMatch,
  a: readonly TransactionRecord[],
  b: readonly TransactionRecord[],
): { currency: string | null; amount: string }[] => {
  if (judgment === 'hand') {
    const held = view.state.held.find(match => match.seq === seq);
    if (held !== undefined) return held.differences.map(difference => ({ ...difference }));
  }
  // Several currencies: the engine's reasons say which rate was used and what it left over.
  const stated = new Set([...a, ...b].flatMap(({ currency }) => currency ?? []));
  if (stated.size > 1) return [];
  return matchDifference(a, b, basis.summary.matched?.sign === 'opposite', []).differences;
};

/** A shown match in the words of the wire. */
export const pairShape = (store: ReadStore, shown: ShownReconciliation, match: ViewMatch): Pair => {
  const { basis, view } = shown;
  const { origin, rates, seq } = match;
  const [a, b] = [rowsOf(store, match.a), rowsOf(store, match.b)];
  const said = origin === null ? [] : reasonsOf(store, basis.run, origin.status, origin.ordinal);
  const step = seq === null ? undefined : view.events[seq - 1];
  return {
    key: matchName(match),
    judgment: match.judgment,
    kind: match.kind,
    score: match.score,
    reasons: [
      ...said,
      ...rates.map(rate => `exchange rate: ${rate}`),
      ...(step === undefined ? [] : [`${WORDS[match.judgment]} by ${step.actor} (step ${step.seq})`]),
      ...(match.heldBack ? ['a row lies in a locked period, so this is only proposed'] : []),
    ],
    a: a.map(transactionRow),
    b: b.map(transactionRow),
    differences: differencesOf(shown, match, a, b),
    note: match.note,
    seq,
    locked: [...match.a, ...match.b].some(view.isLocked),
  };
};

const WORDS: Readonly<Record<ViewMatch['judgment'], string>> = {
  suggested: 'proposed',
  confirmed: 'confirmed',
  accepted: 'accepted',
  hand: 'matched by hand',
  rejected: 'rejected',
};

const TENTHS = 10;
/** The tenth a score lies in; a full score belongs to the last one. */
const tenthOf = (score: number): number => Math.min(TENTHS - 1, Math.floor(Math.round(score * 10_000) / 1_000));

/** Looks up what an order needs in the columns: a stored row each would take seconds for a hundred thousand matches. */
const columnsOf = (sources: readonly CaseSource[]) => {
  const inOrder = [...sources].sort((x, y) => x.firstTransactionId - y.firstTransactionId);
  return (id: number): { readonly size: number; readonly day: number } => {
    let low = 0;
    let high = inOrder.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((inOrder[middle]?.firstTransactionId ?? 0) <= id) low = middle;
      else high = middle - 1;
    }
    const source = inOrder[low];
    const row = id - (source?.firstTransactionId ?? 0);
    // For an order only: no figure is made of it.
    const size = Math.abs(source?.columns.columns.amountUnits[row] ?? 0) / 10 ** (source?.columns.scale ?? 0);
    return { size, day: source?.columns.columns.bookingDay[row] ?? 0 };
  };
};

/** Matches in an order that is the same whenever it is asked for. */
const inOrder = (
  matches: readonly ViewMatch[],
  sources: readonly CaseSource[],
  sort: Input<'reconciliations.pairs'>['sort'],
  descending: boolean,
): ViewMatch[] => {
  const columns = columnsOf(sources);
  const size = (ids: readonly number[]): number => ids.reduce((sum, id) => sum + columns(id).size, 0);
  const first = ({ a, b }: ViewMatch): number => a[0] ?? b[0] ?? 0;
  const by: Readonly<Record<typeof sort, (match: ViewMatch) => number>> = {
    // What a person made has no score, and is as sure as they are.
    score: match => match.score ?? 2,
    amount: match => Math.max(size(match.a), size(match.b)),
    date: match => columns(first(match)).day,
  };
  const direction = descending ? -1 : 1;
  return matches
    .map(match => ({ match, by: by[sort](match), first: first(match) }))
    .sort((x, y) => direction * (x.by - y.by) || x.first - y.first)
    .map(({ match }) => match);
};

/** A page of matches under a filter. Each facet counts what the other conditions leave. */
export const pairPage = (
  store: ReadStore,
  shown: ShownReconciliation,
  sources: readonly CaseSource[],
  { sort, descending, offset, limit, ...filter }: Omit<Input<'reconciliations.pairs'>, 'caseId'>,
): Output<'reconciliations.pairs'> => {
  const chosen: ViewMatch[] = [];
  const byJudgment: Record<string, number> = {};
  const byKind: Record<string, number> = {};
  const byScore = new Array<number>(TENTHS).fill(0);
  const anyJudgment: PairFilter = { ...filter, judgment: undefined };
  const anyKind: PairFilter = { ...filter, kind: undefined };
  const anyScore: PairFilter = { judgment: filter.judgment, kind: filter.kind };
  for (const match of shown.view.matches) {
    const { judgment, kind, score } = match;
    if (passes(match, filter)) chosen.push(match);
    if (passes(match, anyJudgment)) byJudgment[judgment] = (byJudgment[judgment] ?? 0) + 1;
    if (passes(match, anyKind)) byKind[kind] = (byKind[kind] ?? 0) + 1;
    if (score !== null && passes(match, anyScore)) byScore[tenthOf(score)] = (byScore[tenthOf(score)] ?? 0) + 1;
  }
  return {
    total: chosen.length,
    byJudgment,
    byKind,
    byScore: byScore.map((count, tenth) => ({ from: tenth / TENTHS, count })),
    pairs: inOrder(chosen, sources, sort, descending)
      .slice(offset, offset + limit)
      .map(match => pairShape(store, shown, match)),
  };
};
