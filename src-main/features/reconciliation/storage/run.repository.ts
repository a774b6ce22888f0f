import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export type ReconciliationRun = Selectable<Schema['reconciliation_runs']>;

/** The number under which the details of a run on chosen sides stand: examinations have the positive ones. */
export const detailsOf = (ordinal: number): number => -ordinal;

export const latestReconciliation = (store: ReadStore, caseId: string): ReconciliationRun | undefined =>
  store.first(
    sql.selectFrom('reconciliation_runs').selectAll().where('case_id', '=', caseId).orderBy('ordinal', 'desc').limit(1),
  );

export const nextReconciliationOrdinal = (store: ReadStore): number =>
  Number(store.first(sql.selectFrom('reconciliation_runs').select(eb => eb.fn.max('ordinal').as('n')))?.n ?? 0) + 1;

export const insertReconciliation = (store: WriteStore, run: ReconciliationRun): void => {
  store.run(sql.insertInto('reconciliation_runs').values(run));
};

/** Removes the details of a run on chosen sides; the run itself stays. */
export const deleteDetails = (store: WriteStore, ordinal: number): void => {
  for (const table of ['reconciliation_matches', 'reconciliation_orphans'] as const)
    store.run(sql.deleteFrom(table).where('run', '=', detailsOf(ordinal)));
};

/** The days of stored rows of a case that lie within a period, as ids. */
export const rowsWithin = (store: ReadStore, sources: readonly number[], fromDay: number, toDay: number): number[] =>
  sources.length === 0
    ? []
    : store
        .all(
          sql
            .selectFrom('transactions')
            .select('id')
            .where('source', 'in', sources)
            .where('booking_day', '>=', fromDay)
            .where('booking_day', '<=', toDay),
        )
        .map(({ id }) => id);
