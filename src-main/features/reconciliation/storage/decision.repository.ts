import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

/** An event as stored: its body is JSON. */
export interface StoredDecision {
  readonly seq: number;
  readonly title: string;
  readonly actor: string;
  readonly at: string;
  readonly body: string;
}

/** Events of a case's reconciliation after a number, oldest first. */
export const storedDecisions = (store: ReadStore, caseId: string, after = 0): StoredDecision[] =>
  store
    .all(
      sql
        .selectFrom('reconciliation_events')
        .selectAll()
        .where('case_id', '=', caseId)
        .where('seq', '>', after)
        .orderBy('seq'),
    )
    .map(({ seq, title, actor, at, body }) => ({ seq, title, actor, at, body }));

/** The number of a case's last event; 0 before the first. */
export const decisionHead = (store: ReadStore, caseId: string): number =>
  Number(
    store.first(
      sql
        .selectFrom('reconciliation_events')
        .select(eb => eb.fn.max('seq').as('head'))
        .where('case_id', '=', caseId),
    )?.head ?? 0,
  );

export const insertDecision = (store: WriteStore, caseId: string, event: StoredDecision): void => {
  store.run(sql.insertInto('reconciliation_events').values({ ...event, case_id: caseId }));
};

/** The case that a source belongs to. */
export const caseOfSource = (store: ReadStore, ordinal: number): string | null =>
  store.first(sql.selectFrom('sources').select('case_id').where('ordinal', '=', ordinal))?.case_id ?? null;
