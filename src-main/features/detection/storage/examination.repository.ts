import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

const floats = (blob: Uint8Array | undefined): Float64Array =>
  blob === undefined ? new Float64Array() : new Float64Array(blob.slice().buffer);

/** Transaction ids that failed a quality rule in a run. */
export const qualityFailureRows = (store: ReadStore, run: number, rule: string): Float64Array =>
  floats(
    store.first(sql.selectFrom('quality_failures').select('rows').where('run', '=', run).where('rule', '=', rule))
      ?.rows,
  );

export const insertQualityFailure = (store: WriteStore, row: Selectable<Schema['quality_failures']>): void => {
  store.run(sql.insertInto('quality_failures').values(row));
};

export const insertDuplicatePair = (store: WriteStore, row: Selectable<Schema['near_duplicates']>): void => {
  store.run(sql.insertInto('near_duplicates').values(row));
};

/** Proposed duplicates of a run, in their order. */
export const duplicatePairsOf = (store: ReadStore, run: number): Selectable<Schema['near_duplicates']>[] =>
  store.all(sql.selectFrom('near_duplicates').selectAll().where('run', '=', run).orderBy('ordinal'));

/** Removes what is stored under run numbers from this one on; only a run that never completed has such records. */
export const deleteRunDetails = (store: WriteStore, fromRun: number): void => {
  for (const table of ['findings', 'quality_failures', 'near_duplicates'] as const)
    store.run(sql.deleteFrom(table).where('run', '>=', fromRun));
};

/** The tables of a run's details, by what they belong to. */
const DETAILS = {
  quality: ['quality_failures', 'near_duplicates'],
  reconciliation: ['reconciliation_matches', 'reconciliation_orphans'],
} as const;

/** Repeats details of an earlier run under a later run's number. */
export const copyRunDetails = (
  { connection }: WriteStore,
  what: keyof typeof DETAILS,
  fromRun: number,
  toRun: number,
): void => {
  for (const table of DETAILS[what]) {
    const columns = (connection.pragma(`table_info(${table})`) as { readonly name: string }[])
      .map(({ name }) => name)
      .filter(name => name !== 'run')
      .join(', ');
    connection
      // eslint-disable-next-line no-restricted-syntax -- names of our own schema
      .prepare(`INSERT INTO ${table} (run, ${columns}) SELECT ?, ${columns} FROM ${table} WHERE run = ?`)
      .run(toRun, fromRun);
  }
};
