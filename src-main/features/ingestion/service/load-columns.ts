import { utf8 } from '../../../platform/digest.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore, sql } from '../../../platform/store.ts';
import { powerOfTen } from '../../../kernel/decimal.ts';
import { partyKey } from '../../standardization/domain/party-key.ts';
import { newColumns } from '../domain/numeric-columns.ts';
import { shareColumns } from '../domain/shared-columns.ts';
import type { SharedColumns } from '../domain/shared-columns.ts';
import type { CodedColumnName, NumericColumns } from '../domain/transaction-columns.ts';

export interface LoadColumnsTask {
  readonly task: 'load-columns';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly source: number;
}

/** Reads a source's column segments from the store into shared memory. */
export const loadColumns = ({ storePath, key, source }: LoadColumnsTask): SharedColumns => {
  const connection = openDatabase(storePath, key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const facts = store.first(sql.selectFrom('sources').select(['transaction_count', 'amount_scale']).where('ordinal', '=', source));
    if (facts === undefined) throw new Error(`source ${source} is not stored`);
    const columns = newColumns(facts.transaction_count);
    const segments = store.iterate(
      sql.selectFrom('column_segments').select(['column_name', 'first_index', 'scale', 'bytes']).where('source', '=', source).orderBy('id'),
    );
    for (const { column_name, first_index, scale, bytes } of segments) {
      const column = columns[column_name as keyof NumericColumns];
      const target = new Uint8Array(column.buffer, first_index * column.BYTES_PER_ELEMENT, bytes.length);
      target.set(bytes);
      // Segments written before a finer amount appeared hold coarser units.
      if (column_name === 'amountUnits' && scale !== facts.amount_scale) {
        const factor = powerOfTen(facts.amount_scale - scale);
        const last = first_index + bytes.length / column.BYTES_PER_ELEMENT;
        for (let i = first_index; i < last; i++) column[i] = column[i]! * factor;
      }
    }
    const values: Record<string, string[]> = {};
    const dictionary = store.iterate(
      sql.selectFrom('dictionary_values').select(['dictionary', 'value']).where('source', '=', source).orderBy('dictionary').orderBy('code'),
    );
    for (const { dictionary: name, value } of dictionary) (values[name] ??= []).push(value);
    return shareColumns(source, columns, facts.amount_scale, (name: CodedColumnName) => values[name] ?? [], partyKey, utf8);
  } finally {
    connection.close();
  }
};
