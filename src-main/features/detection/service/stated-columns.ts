import type { ReadStore } from '../../../platform/store.ts';
import type { SharedColumns } from '../../ingestion/domain/shared-columns.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { ColumnName } from '../domain/transaction-table.ts';
import { statesValue } from './stated-values.ts';
import { StoredTexts } from './stored-texts.ts';

/** What a source states: its rows never change, so each column is looked for once. */
const known = new WeakMap<SharedColumns, Map<ColumnName, boolean>>();

const look = (store: ReadStore, source: CaseSource, column: ColumnName): boolean => {
  if (source.columns.count === 0) return false;
  if (column === 'description') return new StoredTexts(store, [source]).isStated('description');
  if (column === 'reference-text') return new StoredTexts(store, [source]).isStated('reference');
  return statesValue(source, column);
};

/** True where a source states the column in some row. */
export const statesColumn = (store: ReadStore, source: CaseSource, column: ColumnName): boolean => {
  const answers = known.get(source.columns) ?? new Map<ColumnName, boolean>();
  known.set(source.columns, answers);
  const answer = answers.get(column) ?? look(store, source, column);
  answers.set(column, answer);
  return answer;
};
