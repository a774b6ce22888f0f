import type { TransactionRow } from '../../../contract/transactions.contract.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { transactionRows } from '../../ingestion/service/transaction-rows.ts';
import { completeSources } from '../../ingestion/storage/source.repository.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { foldRecipe } from '../../standardization/domain/index.ts';
import { duplicatePairsOf } from '../storage/examination.repository.ts';
import { latestRun } from '../storage/finding.repository.ts';
import type { DuplicatePair } from './duplicate-pairs.ts';

/**
 * Pairs that a person confirmed, as a run lists them beside its new proposals: their copy is left out and so would not be
 * proposed again, yet the decision has to stay in sight. Told as they were last proposed; compared anew where the decision
 * came with a recipe from elsewhere. Pairs of which the case does not hold both files are not listed.
 */
export const confirmedPairs = (
  store: ReadStore,
  caseId: string,
  events: readonly RecipeEvent[],
): readonly DuplicatePair[] => {
  const { duplicates } = foldRecipe(events);
  if (duplicates.size === 0) return [];
  const idOf = transactionIds(store, caseId);
  const run = latestRun(store, caseId);
  const proposed = new Map(
    (run === undefined ? [] : duplicatePairsOf(store, run.ordinal)).map(pair => [
      unordered(pair.first_transaction, pair.second_transaction),
      pair,
    ]),
  );
  return [...duplicates].flatMap(([duplicate, keep]): DuplicatePair[] => {
    const [a, b] = [idOf(keep), idOf(duplicate)];
    if (a === null || b === null) return [];
    const pair = proposed.get(unordered(a, b));
    if (pair === undefined) return [comparedPair(store, a, b)];
    const { kind, score, agree, differ } = pair;
    return [{ kind, a, b, score, agree: JSON.parse(agree) as string[], differ: JSON.parse(differ) as string[] }];
  });
};

const unordered = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Id of a transaction named by its file and place; null where the case does not hold it. */
const transactionIds = (store: ReadStore, caseId: string): ((key: string) => number | null) => {
  const sources = new Map(completeSources(store, caseId).map(source => [source.sha256, source]));
  return key => {
    const at = key.indexOf('#');
    const source = sources.get(key.slice(0, at));
    const index = Number(key.slice(at + 1));
    return source !== undefined && index < source.transaction_count ? source.first_transaction_id + index : null;
  };
};

const COMPARED: readonly (readonly [name: string, value: (row: TransactionRow) => string | null])[] = [
  ['booking date', row => row.date],
  ['amount', row => row.amount],
  ['currency', row => row.currency],
  ['account', row => row.account],
  ['reference', row => row.reference],
  ['party', row => row.counterparty],
  ['value date', row => row.valueDate],
];

const comparedPair = (store: ReadStore, a: number, b: number): DuplicatePair => {
  const [first, second] = transactionRows(store, [a, b]) as [TransactionRow, TransactionRow];
  const known = COMPARED.filter(([, of]) => (of(first) ?? '') !== '' && (of(second) ?? '') !== '');
  const agree = known.filter(([, of]) => of(first) === of(second)).map(([name]) => name);
  const differ = known.filter(([, of]) => of(first) !== of(second)).map(([name]) => name);
  const kind = first.sourceId === second.sourceId ? 'near' : 'overlap';
  return { kind, a, b, score: agree.length / Math.max(1, known.length), agree, differ };
};
