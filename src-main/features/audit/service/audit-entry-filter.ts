import { NexusError } from '../../../contract/errors.ts';
import type { AuditClass } from '../domain/audit-acts.ts';
import { actOf } from '../domain/audit-acts.ts';
import type { AuditEntry } from '../domain/audit-log.ts';

/** Which entries are meant. Members that are not given do not narrow. Structured-cloneable. */
export interface EntryFilter {
  readonly text?: string | undefined;
  readonly act?: string | undefined;
  readonly actor?: string | undefined;
  readonly role?: string | undefined;
  readonly pov?: string | undefined;
  readonly caseId?: string | undefined;
  readonly class?: AuditClass | undefined;
  readonly sox?: boolean | undefined;
  /** Numbers of the first and of the last entry. */
  readonly fromSeq?: number | undefined;
  readonly toSeq?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The case an entry concerns; null for none. */
export const caseOfEntry = ({ obj }: AuditEntry): string | null => (typeof obj.case === 'string' ? obj.case : null);

const instantOf = (text: string): number => {
  const instant = Date.parse(text);
  if (Number.isNaN(instant))
    throw new NexusError({
      code: 'filter.date',
      category: 'usage',
      message: `${text} is not a day or an instant.`,
    });
  return instant;
};

/** True for the entries that fit the filter. Throws `filter.date` for a time that is none. */
export const entryFilter = (filter: EntryFilter): ((entry: AuditEntry, text: string) => boolean) => {
  const { act, actor, role, pov, caseId } = filter;
  const from = filter.from === undefined ? Number.NEGATIVE_INFINITY : instantOf(filter.from);
  const to = filter.to === undefined ? Number.POSITIVE_INFINITY : instantOf(filter.to);
  const { fromSeq = 0, toSeq = Number.MAX_SAFE_INTEGER } = filter;
  const sought = filter.text?.toLowerCase();
  return (entry, text) => {
    if (entry.seq < fromSeq || entry.seq > toSeq) return false;
    if (act !== undefined && !entry.act.startsWith(act)) return false;
    if (actor !== undefined && entry.actor !== actor) return false;
    if (role !== undefined && entry.role !== role) return false;
    if (pov !== undefined && entry.pov !== pov) return false;
    if (caseId !== undefined && caseOfEntry(entry) !== caseId) return false;
    if (filter.class !== undefined && actOf(entry.act)?.class !== filter.class) return false;
    // What this version does not know is in no list of what controls rest on: it is among the others.
    if (filter.sox !== undefined && (actOf(entry.act)?.sox ?? false) !== filter.sox) return false;
    if (sought !== undefined && !text.toLowerCase().includes(sought)) return false;
    const at = Date.parse(entry.ts);
    return at >= from && at < to;
  };
};
