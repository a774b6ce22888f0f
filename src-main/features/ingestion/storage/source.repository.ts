import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export type SourceRecord = Selectable<Schema['sources']>;
export type StatementRecord = Selectable<Schema['statements']>;

/** Complete sources of a case in import order, as everything that is computed takes them: those set aside are left out. */
export const completeSources = (store: ReadStore, caseId: string): SourceRecord[] =>
  sourcesOfCase(store, caseId).filter(source => source.set_aside_at === null);

/** Complete sources of a case in import order, those set aside included. */
export const sourcesOfCase = (store: ReadStore, caseId: string): SourceRecord[] =>
  store.all(
    sql
      .selectFrom('sources')
      .selectAll()
      .where('case_id', '=', caseId)
      .where('state', '=', 'complete')
      .orderBy('ordinal'),
  );

/** Complete sources of all cases, those set aside included: whatever must be there and must verify. */
export const storedSources = (store: ReadStore): SourceRecord[] =>
  store.all(sql.selectFrom('sources').selectAll().where('state', '=', 'complete').orderBy('ordinal'));

/** Complete sources that came out of an archive. */
export const membersOf = (store: ReadStore, containerId: string): SourceRecord[] =>
  storedSources(store).filter(source => source.container_id === containerId);

/** Sets a source aside, or (null) takes it back. */
export const setAside = (
  store: WriteStore,
  ordinal: number,
  aside: { readonly at: string; readonly reason: string } | null,
): void => {
  store.run(
    sql
      .updateTable('sources')
      .set({ set_aside_at: aside?.at ?? null, set_aside_reason: aside?.reason ?? null })
      .where('ordinal', '=', ordinal),
  );
};

export const unfinishedSources = (store: ReadStore): SourceRecord[] =>
  store.all(sql.selectFrom('sources').selectAll().where('state', '=', 'importing').orderBy('ordinal'));

export const sourceById = (store: ReadStore, id: string): SourceRecord | undefined =>
  store.first(sql.selectFrom('sources').selectAll().where('id', '=', id).where('state', '=', 'complete'));

export const sourceByDigest = (store: ReadStore, caseId: string, sha256: string): SourceRecord | undefined =>
  store.first(
    sql
      .selectFrom('sources')
      .selectAll()
      .where('case_id', '=', caseId)
      .where('sha256', '=', sha256)
      .where('state', '=', 'complete'),
  );

/** Names of a source's dictionaries that hold a value. */
export const filledDictionaries = (store: ReadStore, source: number): ReadonlySet<string> =>
  new Set(
    store
      .all(sql.selectFrom('dictionary_values').select('dictionary').distinct().where('source', '=', source))
      .map(({ dictionary }) => dictionary),
  );

/** The next free place: source ordinal and transaction id, after everything stored. */
export const nextPlace = (store: ReadStore): { readonly ordinal: number; readonly transactionId: number } => {
  const last = store.first(
    sql
      .selectFrom('sources')
      .select(eb => [
        eb.fn.max('ordinal').as('ordinal'),
        eb.fn.max(eb('first_transaction_id', '+', eb.ref('transaction_count'))).as('next'),
      ]),
  );
  return { ordinal: Number(last?.ordinal ?? 0) + 1, transactionId: Number(last?.next ?? 1) };
};

export const insertSource = (store: WriteStore, source: SourceRecord): void => {
  store.run(sql.insertInto('sources').values(source));
};

export const completeSource = (store: WriteStore, ordinal: number, facts: Partial<SourceRecord>): void => {
  store.run(
    sql
      .updateTable('sources')
      .set({ ...facts, state: 'complete' })
      .where('ordinal', '=', ordinal),
  );
};

export const insertStatements = (store: WriteStore, rows: readonly StatementRecord[]): void => {
  for (const row of rows) store.run(sql.insertInto('statements').values(row));
};

export const statementsOf = (store: ReadStore, source: number): StatementRecord[] =>
  store.all(sql.selectFrom('statements').selectAll().where('source', '=', source).orderBy('ordinal'));

export const insertRejected = (store: WriteStore, row: Selectable<Schema['rejected_records']>): void => {
  store.run(sql.insertInto('rejected_records').values(row));
};

export const rejectedOf = (store: ReadStore, source: number, offset: number, limit: number) =>
  store.all(
    sql
      .selectFrom('rejected_records')
      .selectAll()
      .where('source', '=', source)
      .orderBy('ordinal')
      .limit(limit)
      .offset(offset),
  );

export const insertWarning = (store: WriteStore, row: Selectable<Schema['import_warnings']>): void => {
  store.run(sql.insertInto('import_warnings').values(row));
};

export const warningsOf = (store: ReadStore, source: number) =>
  store.all(sql.selectFrom('import_warnings').selectAll().where('source', '=', source).orderBy('ordinal'));

/** Deletes up to `limit` transactions of an import that never completed; the number deleted. */
export const deleteTransactions = (store: WriteStore, firstId: number, limit: number): number =>
  store.run(
    sql
      .deleteFrom('transactions')
      .where('id', '>=', firstId)
      .where('id', '<', firstId + limit),
  );

/** Highest transaction id stored, 0 for none. */
export const lastTransactionId = (store: ReadStore): number =>
  Number(store.first(sql.selectFrom('transactions').select(eb => eb.fn.max('id').as('id')))?.id ?? 0);

/** Transactions stored that belong to no import, neither a complete one nor one under way. */
export const strayTransactions = (store: ReadStore): number => {
  const count = (from: number): number =>
    Number(
      store.first(
        sql
          .selectFrom('transactions')
          .select(eb => eb.fn.countAll().as('count'))
          .where('id', '>=', from),
      )?.count ?? 0,
    );
  const imported = storedSources(store).reduce((sum, source) => sum + source.transaction_count, 0);
  // Imports take their turns, so what is under way lies after everything complete.
  const underWay = unfinishedSources(store).reduce(
    (first, source) => Math.min(first, source.first_transaction_id),
    Infinity,
  );
  return count(Number.MIN_SAFE_INTEGER) - imported - (Number.isFinite(underWay) ? count(underWay) : 0);
};

/** Removes everything but the transactions of an import that never completed. */
export const deleteSource = (store: WriteStore, ordinal: number): void => {
  for (const table of ['statements', 'dictionary_values', 'rejected_records', 'import_warnings'] as const)
    store.run(sql.deleteFrom(table).where('source', '=', ordinal));
  store.run(sql.deleteFrom('sources').where('ordinal', '=', ordinal));
};

/** Values of one of a source's dictionaries, by code. */
export const dictionaryValues = (store: ReadStore, source: number, dictionary: string): string[] =>
  store
    .all(
      sql
        .selectFrom('dictionary_values')
        .select('value')
        .where('source', '=', source)
        .where('dictionary', '=', dictionary)
        .orderBy('code'),
    )
    .map(({ value }) => value);
