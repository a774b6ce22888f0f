import type { CheckpointReason } from '../../../contract/audits.contract.ts';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export type StoredStation = Schema['audit_stations'];
export type StoredCheckpoint = Schema['audit_checkpoints'] & { readonly reason: CheckpointReason };

/** The stations that wrote here, in the order they came. */
export const allStations = (store: ReadStore): StoredStation[] =>
  store.all(sql.selectFrom('audit_stations').selectAll().orderBy('station'));

export const insertStation = (store: WriteStore, station: StoredStation): void => {
  store.run(sql.insertInto('audit_stations').values(station));
};

/** The newest checkpoint over at most so many entries. */
export const checkpointUpTo = (store: ReadStore, size: number): StoredCheckpoint | undefined =>
  store.first(
    sql.selectFrom('audit_checkpoints').selectAll().where('size', '<=', size).orderBy('size', 'desc').limit(1),
  ) as StoredCheckpoint | undefined;

/** All checkpoints in the order they were made. */
export const allCheckpoints = (store: ReadStore): StoredCheckpoint[] =>
  store.all(sql.selectFrom('audit_checkpoints').selectAll().orderBy('size')) as StoredCheckpoint[];

export const countCheckpoints = (store: ReadStore): number =>
  store.first(sql.selectFrom('audit_checkpoints').select(eb => eb.fn.countAll<number>().as('n')))?.n ?? 0;

/** Checkpoints newest first. */
export const pageOfCheckpoints = (store: ReadStore, offset: number, limit: number): StoredCheckpoint[] =>
  store.all(
    sql.selectFrom('audit_checkpoints').selectAll().orderBy('size', 'desc').limit(limit).offset(offset),
  ) as StoredCheckpoint[];

export const insertCheckpoint = (store: WriteStore, checkpoint: StoredCheckpoint): void => {
  store.run(sql.insertInto('audit_checkpoints').values(checkpoint));
};
