import { powerOfTen } from '../../../kernel/decimal.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { transactionById } from '../../ingestion/storage/transaction.repository.ts';
import type { LabelledText } from '../domain/categories/classifier.ts';
import { partyKey } from '../domain/party-key.ts';
import type { RecipeState } from '../domain/recipe/fold-recipe.ts';

/** Where a case's records lie: enough of a source to find a record by its key. */
export type RecordPlace = Pick<CaseSource, 'sha256' | 'firstTransactionId'> & { readonly count: number };

export const recordPlaces = (sources: readonly CaseSource[]): RecordPlace[] =>
  sources.map(({ sha256, firstTransactionId, columns }) => ({ sha256, firstTransactionId, count: columns.count }));

/** The id of a record by its key (digest of the file, place in it); null where none of the sources holds it. */
export const idOfKey = (sources: readonly RecordPlace[], key: string): number | null => {
  const at = key.lastIndexOf('#');
  const index = Number(key.slice(at + 1));
  const source = sources.find(({ sha256 }) => sha256 === key.slice(0, at));
  return source === undefined || index >= source.count ? null : source.firstTransactionId + index;
};

/** What confirmed labels teach: the name of a labelled party, the name and text of a labelled transaction. */
export const trainingLabels = (
  store: ReadStore,
  sources: readonly RecordPlace[],
  state: Pick<RecipeState, 'partyLabels' | 'recordLabels' | 'parties'>,
): LabelledText[] => {
  const labels: LabelledText[] = [];
  for (const [key, category] of state.partyLabels)
    labels.push({ text: key.slice(key.indexOf(' ') + 1), amount: null, category });
  for (const [key, category] of state.recordLabels) {
    const id = idOfKey(sources, key);
    const record = id === null ? undefined : transactionById(store, id);
    if (record === undefined) continue;
    const name = state.parties.nameOf(partyKey(record.counterparty ?? ''));
    labels.push({
      text: `${name} ${record.description}`,
      amount: record.amount_units / powerOfTen(record.source_scale),
      category,
    });
  }
  return labels;
};

/** Labels a person gave one transaction each, by row; those of files the case does not hold are left out. */
export const rowLabels = (
  table: { rowOfKey(key: string): number | null },
  recordLabels: RecipeState['recordLabels'],
): Map<number, string> => {
  const labels = new Map<number, string>();
  for (const [key, category] of recordLabels) {
    const row = table.rowOfKey(key);
    if (row !== null) labels.set(row, category);
  }
  return labels;
};
