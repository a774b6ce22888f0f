import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export type FindingEventRecord = Selectable<Schema['finding_events']>;
export type EventFactRecord = Selectable<Schema['finding_event_facts']>;

/** The number of a case's last finding event; 0 before the first. */
export const findingEventHead = (store: ReadStore, caseId: string): number =>
  Number(
    store.first(
      sql
        .selectFrom('finding_events')
        .select(eb => eb.fn.max('seq').as('head'))
        .where('case_id', '=', caseId),
    )?.head ?? 0,
  );

/** Events after a number, oldest first. */
export const findingEventsAfter = (store: ReadStore, caseId: string, seq: number): FindingEventRecord[] =>
  store.all(
    sql.selectFrom('finding_events').selectAll().where('case_id', '=', caseId).where('seq', '>', seq).orderBy('seq'),
  );

/** The facts of events after a number, in the events' order. */
export const eventFactsAfter = (store: ReadStore, caseId: string, seq: number): EventFactRecord[] =>
  store.all(
    sql
      .selectFrom('finding_event_facts')
      .selectAll()
      .where('case_id', '=', caseId)
      .where('seq', '>', seq)
      .orderBy('seq')
      .orderBy('fact'),
  );

export const factsOfEvent = (store: ReadStore, caseId: string, seq: number): EventFactRecord[] =>
  store.all(
    sql
      .selectFrom('finding_event_facts')
      .selectAll()
      .where('case_id', '=', caseId)
      .where('seq', '=', seq)
      .orderBy('fact'),
  );

export const findingEvent = (store: ReadStore, caseId: string, seq: number): FindingEventRecord | undefined =>
  store.first(sql.selectFrom('finding_events').selectAll().where('case_id', '=', caseId).where('seq', '=', seq));

export const insertFindingEvent = (store: WriteStore, event: FindingEventRecord): void => {
  store.run(sql.insertInto('finding_events').values(event));
};

export const insertEventFact = (store: WriteStore, fact: EventFactRecord): void => {
  store.run(sql.insertInto('finding_event_facts').values(fact));
};

export const insertEventRows = (store: WriteStore, rows: Selectable<Schema['finding_event_rows']>): void => {
  store.run(sql.insertInto('finding_event_rows').values(rows));
};

/** Transaction ids a tried explanation rests on, ascending; null where none are kept. */
export const explanationRows = (
  store: ReadStore,
  caseId: string,
  seq: number,
  explanation: string,
): Float64Array | null => {
  const record = store.first(
    sql
      .selectFrom('finding_event_rows')
      .select('rows')
      .where('case_id', '=', caseId)
      .where('seq', '=', seq)
      .where('explanation', '=', explanation),
  );
  return record === undefined ? null : new Float64Array(record.rows.slice().buffer);
};
