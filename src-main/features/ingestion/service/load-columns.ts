import { openDatabase } from '../../../platform/database.ts';
import { utf8 } from '../../../platform/digest.ts';
import { columnsSealOf } from '../../../platform/sealed-file.ts';
import { ReadStore, sql } from '../../../platform/store.ts';
import { partyKey } from '../../standardization/domain/index.ts';
import type { SharedColumns } from '../domain/shared-columns.ts';
import { shareColumns } from '../domain/shared-columns.ts';
import type { CodedColumnName } from '../domain/transaction-columns.ts';
import { readSealedColumns } from './sealed-columns.ts';

export interface LoadColumnsTask {
  readonly task: 'load-columns';
  readonly storePath: string;
  readonly evidenceFolder: string;
  readonly key: Uint8Array;
  readonly source: number;
}

/** Reads a source's sealed columns and its dictionaries into shared memory. */
export const loadColumns = ({ storePath, evidenceFolder, key, source }: LoadColumnsTask): SharedColumns => {
  const connection = openDatabase(storePath, key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const facts = store.first(
      sql
        .selectFrom('sources')
        .select(['id', 'case_id', 'transaction_count', 'amount_scale'])
        .where('ordinal', '=', source),
    );
    if (facts === undefined) throw new Error(`source ${source} is not stored`);
    const values: Record<string, string[]> = {};
    const dictionary = store.iterate(
      sql
        .selectFrom('dictionary_values')
        .select(['dictionary', 'value'])
        .where('source', '=', source)
        .orderBy('dictionary')
        .orderBy('code'),
    );
    for (const { dictionary: name, value } of dictionary) {
      const list = values[name] ?? [];
      list.push(value);
      values[name] = list;
    }
    const columns = readSealedColumns(
      columnsSealOf(evidenceFolder, key, facts.case_id, facts.id),
      facts.transaction_count,
      name => values[name] !== undefined,
    );
    return shareColumns(
      source,
      columns,
      facts.amount_scale,
      (name: CodedColumnName) => values[name] ?? [],
      partyKey,
      utf8,
    );
  } finally {
    connection.close();
  }
};
