import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export type TypologyRecord = Selectable<Schema['typology_versions']>;

/** Every version of every typology added to a case, oldest first. */
export const typologyVersions = (store: ReadStore, caseId: string): TypologyRecord[] =>
  store.all(
    sql
      .selectFrom('typology_versions')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('typology')
      .orderBy('version'),
  );

export const insertTypologyVersion = (store: WriteStore, record: TypologyRecord): void => {
  store.run(sql.insertInto('typology_versions').values(record));
};
