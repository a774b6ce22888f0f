import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export type ProfileRecord = Selectable<Schema['mapping_profiles']>;

/** All mapping profiles of the workspace, by name. */
export const allProfiles = (store: ReadStore): ProfileRecord[] =>
  store.all(sql.selectFrom('mapping_profiles').selectAll().orderBy('name'));

export const profileById = (store: ReadStore, id: string): ProfileRecord | undefined =>
  store.first(sql.selectFrom('mapping_profiles').selectAll().where('id', '=', id));

export const profileByName = (store: ReadStore, name: string): ProfileRecord | undefined =>
  store.first(sql.selectFrom('mapping_profiles').selectAll().where('name', '=', name));

export const insertProfile = (store: WriteStore, row: ProfileRecord): void => {
  store.run(sql.insertInto('mapping_profiles').values(row));
};

export const updateProfile = (store: WriteStore, { id, ...row }: ProfileRecord): void => {
  store.run(sql.updateTable('mapping_profiles').set(row).where('id', '=', id));
};

export const deleteProfile = (store: WriteStore, id: string): void => {
  store.run(sql.deleteFrom('mapping_profiles').where('id', '=', id));
};
