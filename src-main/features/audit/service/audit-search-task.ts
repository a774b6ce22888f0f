import { openDatabase } from '../../../platform/database.ts';
import { hex } from '../../../platform/digest.ts';
import { ReadStore } from '../../../platform/store.ts';
import { actOf } from '../domain/audit-acts.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import { allEntries } from '../storage/audit.repository.ts';
import type { EntryFilter } from './audit-entry-filter.ts';
import { caseOfEntry, entryFilter } from './audit-entry-filter.ts';

/** Runs on an analysis worker: a log of a million entries is read through without holding up anybody. */
export interface AuditSearchTask {
  readonly task: 'audit-search';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly filter: EntryFilter;
  /** Cases whose entries may be searched by what they say. */
  readonly assigned: readonly string[];
  readonly offset: number;
  readonly limit: number;
}

/** The most frequent of a tally first; of equal ones by name. */
const tallied = (tally: ReadonlyMap<string, number>): [string, number][] =>
  [...tally].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));

const counted = (tally: Map<string, number>, name: string): void => {
  tally.set(name, (tally.get(name) ?? 0) + 1);
};

/** A page of the entries that fit, newest first, with counts over all that fit. */
export const searchAudit = (task: AuditSearchTask) => {
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const fits = entryFilter(task.filter);
    const assigned = new Set(task.assigned);
    const isForeign = (entry: AuditEntry): boolean => {
      const caseId = caseOfEntry(entry);
      return caseId !== null && !assigned.has(caseId);
    };
    const acts = new Map<string, number>();
    const actors = new Map<string, number>();
    const found: number[] = [];
    for (const { seq, entry: text } of allEntries(store)) {
      const entry = JSON.parse(text) as AuditEntry;
      // By what a search finds, one could read what one may not: such entries are found by who, what and when only.
      if (!fits(entry, text) || (task.filter.text !== undefined && isForeign(entry))) continue;
      found.push(seq);
      counted(acts, entry.act);
      counted(actors, entry.actor);
    }
    const page = found.reverse().slice(task.offset, task.offset + task.limit);
    const read = connection.prepare<[number], { entry: string; leaf: Uint8Array }>(
      'SELECT entry, leaf FROM audit_entries WHERE seq = ?',
    );
    return {
      total: found.length,
      entries: page.map(seq => {
        const stored = read.get(seq);
        if (stored === undefined) throw new Error(`entry ${seq} is gone`);
        const { ts, actor, role, pov, act, obj } = JSON.parse(stored.entry) as AuditEntry;
        const known = actOf(act);
        return {
          seq,
          at: ts,
          actor,
          role,
          pov,
          act,
          class: known?.class ?? null,
          sox: known?.sox ?? false,
          object: JSON.stringify(obj),
          leaf: hex(stored.leaf),
        };
      }),
      acts: tallied(acts).map(([act, count]) => ({ act, count })),
      actors: tallied(actors).map(([actor, count]) => ({ actor, count })),
    };
  } finally {
    connection.close();
  }
};
export type AuditSearch = ReturnType<typeof searchAudit>;
