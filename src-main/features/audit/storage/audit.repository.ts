import { sql as sqlText } from 'kysely';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import type { StoredEntry } from '../domain/verify-chain.ts';

/** The newest entry; undefined for an empty log. */
export const lastEntry = (store: ReadStore): StoredEntry | undefined =>
  store.first(sql.selectFrom('audit_entries').selectAll().orderBy('seq', 'desc').limit(1));

/** An entry as it is appended: every entry has its tag now. */
export interface TaggedEntry extends StoredEntry {
  readonly tag: Uint8Array;
}

export const insertEntry = (store: WriteStore, entry: TaggedEntry): void => {
  store.run(sql.insertInto('audit_entries').values(entry));
};

/** All entries in order, streamed. */
export const allEntries = (store: ReadStore): IterableIterator<StoredEntry> =>
  store.iterate(sql.selectFrom('audit_entries').selectAll().orderBy('seq'));

/** Leaves from one number on, in order, streamed. */
export const leavesFrom = (store: ReadStore, first: number): IterableIterator<{ leaf: Uint8Array }> =>
  store.iterate(sql.selectFrom('audit_entries').select('leaf').where('seq', '>=', first).orderBy('seq'));

/** Leaves with their tags, from one number up to, not including, another. */
export const tagsBetween = (
  store: ReadStore,
  first: number,
  end: number,
): IterableIterator<{ seq: number; leaf: Uint8Array; tag: Uint8Array | null }> =>
  store.iterate(
    sql
      .selectFrom('audit_entries')
      .select(['seq', 'leaf', 'tag'])
      .where('seq', '>=', first)
      .where('seq', '<', end)
      .orderBy('seq'),
  );

/** Entries in the log: they are numbered without a gap, and the newest is found without reading the others. */
export const countEntries = (store: ReadStore): number =>
  (store.first(sql.selectFrom('audit_entries').select('seq').orderBy('seq', 'desc').limit(1))?.seq ?? -1) + 1;

export const entryAt = (store: ReadStore, seq: number): StoredEntry | undefined =>
  store.first(sql.selectFrom('audit_entries').select(['seq', 'entry', 'leaf']).where('seq', '=', seq));

/** The partial index of the clock's events is used where this stands word for word. */
const isClockEvent = sqlText<boolean>`substr(entry, 1, 14) = '{"act":"clock.'`;

/** The clock's events up to a number, newest first. */
export const clockEvents = (store: ReadStore, upTo: number): IterableIterator<{ seq: number; entry: string }> =>
  store.iterate(
    sql
      .selectFrom('audit_entries')
      .select(['seq', 'entry'])
      .where(isClockEvent)
      .where('seq', '<=', upTo)
      .orderBy('seq', 'desc'),
  );

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
