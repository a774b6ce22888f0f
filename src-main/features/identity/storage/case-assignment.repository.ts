import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export interface AssignmentEvent {
  readonly case_id: string;
  readonly account_id: string;
  /** 1: from here on assigned; 0: no longer. */
  readonly assigned: number;
  readonly actor: string;
  readonly at: string;
}

/** Adds to who works on what: append-only, the newest of a case and an account holds. */
export const appendAssignment = (store: WriteStore, event: AssignmentEvent): void => {
  const last = store.first(
    sql.selectFrom('case_assignment_events').select(eb => eb.fn.max('ordinal').as('ordinal')),
  )?.ordinal;
  store.run(sql.insertInto('case_assignment_events').values({ ...event, ordinal: (last ?? 0) + 1 }));
};

/** True while an account works on a case. */
export const isAssigned = (store: ReadStore, accountId: string, caseId: string): boolean =>
  store.first(
    sql
      .selectFrom('case_assignment_events')
      .select('assigned')
      .where('account_id', '=', accountId)
      .where('case_id', '=', caseId)
      .orderBy('ordinal', 'desc')
      .limit(1),
  )?.assigned === 1;

/** The cases an account works on. */
export const assignedCases = (store: ReadStore, accountId: string): ReadonlySet<string> => {
  const cases = new Set<string>();
  const events = store.all(
    sql
      .selectFrom('case_assignment_events')
      .select(['case_id', 'assigned'])
      .where('account_id', '=', accountId)
      .orderBy('ordinal'),
  );
  for (const { case_id: caseId, assigned } of events)
    if (assigned === 1) cases.add(caseId);
    else cases.delete(caseId);
  return cases;
};

/** Every assignment ever made or ended, oldest first. */
export const allAssignments = (store: ReadStore): (AssignmentEvent & { readonly ordinal: number })[] =>
  store.all(sql.selectFrom('case_assignment_events').selectAll().orderBy('ordinal'));

/** True in a workspace in which nobody was ever assigned to anything. */
export const hasNoAssignments = (store: ReadStore): boolean =>
  store.first(sql.selectFrom('case_assignment_events').select('ordinal').limit(1)) === undefined;
