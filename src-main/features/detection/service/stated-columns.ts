import type { ReadStore } from '../../../platform/store.ts';
import type { SharedColumns } from '../../ingestion/domain/shared-columns.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { ColumnName } from '../domain/transaction-table.ts';
import { StoredTexts } from './stored-texts.ts';

type Dictionary = keyof SharedColumns['dictionaries'];

/** Columns that a source states for none of its rows unless their dictionary holds values. */
const BY_DICTIONARY: Partial<Record<ColumnName, Dictionary>> = {
  'counterparty-account': 'counterpartyAccount',
  type: 'type',
  category: 'category',
  'ledger-account': 'ledgerAccount',
  entry: 'entry',
  poster: 'poster',
  entered: 'entered',
  time: 'time',
};
/** Columns that are texts of the stored rows. */
const BY_TEXT: Partial<Record<ColumnName, 'reference' | 'description'>> = {
  description: 'description',
  'reference-text': 'reference',
};

/** Texts that a source states: its rows never change, so each is looked for once. */
const known = new WeakMap<SharedColumns, Map<string, boolean>>();

const statesText = (store: ReadStore, source: CaseSource, text: 'reference' | 'description'): boolean => {
  const answers = known.get(source.columns) ?? new Map<string, boolean>();
  known.set(source.columns, answers);
  const answer = answers.get(text) ?? new StoredTexts(store, [source]).isStated(text);
  answers.set(text, answer);
  return answer;
};

/** True where a source states the column in some row; every source has amounts, days and whatever its format always carries. */
export const statesColumn = (store: ReadStore, source: CaseSource, column: ColumnName): boolean => {
  const { count, dictionaries } = source.columns;
  if (count === 0) return false;
  const text = BY_TEXT[column];
  if (text !== undefined) return statesText(store, source, text);
  const name = BY_DICTIONARY[column];
  return name === undefined || dictionaries[name].ends.length > 0;
};
