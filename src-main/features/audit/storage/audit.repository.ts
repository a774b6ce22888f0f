import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import type { StoredEntry } from '../domain/verify-chain.ts';

/** The newest entry; undefined for an empty log. */
export const lastEntry = (store: ReadStore): StoredEntry | undefined =>
  store.first(sql.selectFrom('audit_entries').selectAll().orderBy('seq', 'desc').limit(1));

export const insertEntry = (store: WriteStore, entry: StoredEntry): void => {
  store.run(sql.insertInto('audit_entries').values(entry));
};

/** All entries in order, streamed. */
export const allEntries = (store: ReadStore): IterableIterator<StoredEntry> =>
  store.iterate(sql.selectFrom('audit_entries').selectAll().orderBy('seq'));

/** All leaves in order, streamed. */
export const allLeaves = (store: ReadStore): IterableIterator<{ leaf: Uint8Array }> =>
  store.iterate(sql.selectFrom('audit_entries').select('leaf').orderBy('seq'));

export const countEntries = (store: ReadStore): number =>
  store.first(sql.selectFrom('audit_entries').select(eb => eb.fn.countAll<number>().as('n')))?.n ?? 0;

/** Entries newest first. */
export const pageOfEntries = (store: ReadStore, offset: number, limit: number): StoredEntry[] =>
  store.all(sql.selectFrom('audit_entries').selectAll().orderBy('seq', 'desc').limit(limit).offset(offset));

/** Entries whose object names the case, newest first (the case's timeline). */
export const entriesOfCase = (store: ReadStore, caseId: string, limit: number): StoredEntry[] =>
  store.all(
    sql
      .selectFrom('audit_entries')
      .selectAll()
      .where('entry', 'like', `%"case":"${caseId}"%`)
      .orderBy('seq', 'desc')
      .limit(limit),
  );

/** Ids of the sources whose import the log says was begun. */
export const importsBegun = (store: ReadStore): ReadonlySet<string> => {
  const begun = new Set<string>();
  const entries = store.iterate(
    sql.selectFrom('audit_entries').select('entry').where('entry', 'like', '%"act":"evidence.import-started"%'),
  );
  for (const { entry } of entries) {
    const { act, obj } = JSON.parse(entry) as { act: string; obj: { source?: unknown } };
    if (act === 'evidence.import-started' && typeof obj.source === 'string') begun.add(obj.source);
  }
  return begun;
};
