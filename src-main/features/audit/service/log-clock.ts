import type { ReadStore } from '../../../platform/store.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import type { ClockWatch } from '../domain/clock-watch.ts';
import { clockEvents } from '../storage/audit.repository.ts';

/** What the log itself says of the clock: the time it was last believed, and whether it is now. */
export const clockOf = (store: ReadStore, size: number, last: string): ClockWatch => {
  const [event] = clockEvents(store, size - 1);
  const lastMs = instantOf(last, entry => entry.ts);
  const believedMs = event === undefined ? null : instantOf(event.entry, entry => entry.obj.believed);
  return believedMs === null
    ? { baseline: null, believedWallMs: lastMs, strayWallMs: null }
    : { baseline: null, believedWallMs: believedMs, strayWallMs: lastMs };
};

/** An instant told by an entry; null for none, or for an entry that cannot be read: verification names that one. */
export const instantOf = (text: string, told: (entry: AuditEntry) => unknown): number | null => {
  try {
    const instant = told(JSON.parse(text) as AuditEntry);
    const ms = typeof instant === 'string' ? Date.parse(instant) : Number.NaN;
    return Number.isNaN(ms) ? null : ms;
  } catch {
    return null;
  }
};
