import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { AuditClass } from '../domain/audit-acts.ts';
import { actOf } from '../domain/audit-acts.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import { allEntries } from '../storage/audit.repository.ts';
import type { EntryFilter } from './audit-entry-filter.ts';
import { caseOfEntry, entryFilter } from './audit-entry-filter.ts';

/** Runs on an analysis worker. */
export interface ComplianceTask {
  readonly task: 'audit-compliance';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly filter: Pick<EntryFilter, 'caseId' | 'from' | 'to'>;
  /** Cases that may be named: what was done in others is counted without saying in which. */
  readonly assigned: readonly string[];
}

/** Lines answered at most; the counts of people are whole all the same. */
const MAX_LINES = 5000;

interface Person {
  readonly actor: string;
  readonly roles: Set<string>;
  readonly counts: Record<AuditClass, number>;
  sox: number;
  readonly firstAt: string;
  lastAt: string;
}
interface Line {
  readonly actor: string;
  readonly act: string;
  readonly class: AuditClass | null;
  readonly sox: boolean;
  readonly caseId: string | null;
  count: number;
  readonly firstAt: string;
  lastAt: string;
}

const noCounts = (): Record<AuditClass, number> => ({
  access: 0,
  change: 0,
  export: 0,
  security: 0,
  clock: 0,
  approval: 0,
});

/** Who saw, changed, exported and approved what. An act of no known class is named, never passed over. */
export const complianceOf = (task: ComplianceTask) => {
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const fits = entryFilter(task.filter);
    const assigned = new Set(task.assigned);
    const people = new Map<string, Person>();
    const lines = new Map<string, Line>();
    const unclassified = new Set<string>();
    let entries = 0;
    for (const { entry: text } of allEntries(new ReadStore(connection))) {
      const entry = JSON.parse(text) as AuditEntry;
      if (!fits(entry, text)) continue;
      entries += 1;
      const { actor, role, act, ts } = entry;
      const known = actOf(act);
      const concerned = caseOfEntry(entry);
      const caseId = concerned !== null && assigned.has(concerned) ? concerned : null;
      let person = people.get(actor);
      if (person === undefined) {
        person = { actor, roles: new Set(), counts: noCounts(), sox: 0, firstAt: ts, lastAt: ts };
        people.set(actor, person);
      }
      person.roles.add(role);
      person.lastAt = ts;
      if (known === null) unclassified.add(act);
      else {
        person.counts[known.class] += 1;
        if (known.sox) person.sox += 1;
      }
      const key = JSON.stringify([actor, act, caseId]);
      let line = lines.get(key);
      if (line === undefined) {
        line = {
          actor,
          act,
          class: known?.class ?? null,
          sox: known?.sox ?? false,
          caseId,
          count: 0,
          firstAt: ts,
          lastAt: ts,
        };
        lines.set(key, line);
      }
      line.count += 1;
      line.lastAt = ts;
    }
    const sorted = [...lines.values()].sort((a, b) => b.count - a.count || (a.act < b.act ? -1 : 1));
    return {
      entries,
      people: [...people.values()].map(person => ({ ...person, roles: [...person.roles].sort() })),
      acts: sorted.slice(0, MAX_LINES),
      cut: sorted.length > MAX_LINES,
      unclassified: [...unclassified].sort(),
    };
  } finally {
    connection.close();
  }
};
export type Compliance = ReturnType<typeof complianceOf>;
