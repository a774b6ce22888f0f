import type { ReadStore } from '../../../platform/store.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import type { RetentionEvent } from '../domain/custody-retention.ts';
import { firstDifference } from '../domain/first-difference.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';
import { hasTable } from './has-table.ts';

const KINDS: Readonly<Record<string, RetentionEvent['kind']>> = {
  'case.closed': 'closed',
  'case.reopened': 'reopened',
  'case.hold-placed': 'hold-placed',
  'case.hold-released': 'hold-released',
};

/** The acts that say how long a case is kept. */
export const RETENTION_ACTS: readonly string[] = Object.keys(KINDS);

type StoredStep = RetentionEvent & { readonly case_id: string };

const byCase = <T>(steps: readonly T[], caseOf: (step: T) => string): Map<string, T[]> => {
  const cases = new Map<string, T[]>();
  for (const step of steps) {
    const own = cases.get(caseOf(step));
    if (own === undefined) cases.set(caseOf(step), [step]);
    else own.push(step);
  }
  return cases;
};

/** Closing, reopening and legal holds of each case, against the entries that record them. */
export const retentionProblems = (store: ReadStore, logged: readonly AuditEntry[]): ChainProblem[] => {
  const stored = hasTable(store, 'case_retention_events')
    ? (store.connection
        .prepare('SELECT case_id, kind, reason, actor, at FROM case_retention_events ORDER BY case_id, seq')
        .all() as StoredStep[])
    : [];
  const rows = byCase(stored, step => step.case_id);
  const entries = byCase(logged, ({ obj }) => (typeof obj.case === 'string' ? obj.case : ''));
  return [...new Set([...entries.keys(), ...rows.keys()])].flatMap(caseId => {
    const step = firstDifference(
      entries.get(caseId) ?? [],
      rows.get(caseId) ?? [],
      ({ act, actor, obj }, row) =>
        KINDS[act] === row.kind &&
        obj.reason === row.reason &&
        actor === row.actor &&
        // Entries of earlier builds do not repeat the time.
        (obj.at === undefined || obj.at === row.at),
    );
    return step === null
      ? []
      : [
          {
            code: 'records.retention',
            where: `keeping of case ${caseId}, step ${step}`,
            message: 'the stored closings and legal holds are not those the log records',
          },
        ];
  });
};
