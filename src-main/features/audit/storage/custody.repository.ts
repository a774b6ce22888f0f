import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import type { CustodyEvent } from '../domain/custody-ledger.ts';
import type { RetentionEvent } from '../domain/custody-retention.ts';

const eventOf = (row: Schema['custody_events']): CustodyEvent => ({
  seq: row.seq,
  kind: row.kind,
  sourceId: row.source_id,
  caseId: row.case_id,
  name: row.name,
  purpose: row.purpose,
  expected: row.expected,
  found: row.found,
  agrees: row.agrees === 1,
  recipient: row.recipient,
  receipt: row.receipt,
  actor: row.actor,
  role: row.role,
  at: row.at,
  entry: row.entry,
});

/** Number of the next event. */
export const nextCustodySeq = (store: ReadStore): number =>
  (store.first(sql.selectFrom('custody_events').select(eb => eb.fn.max<number | null>('seq').as('last')))?.last ?? 0) +
  1;

export const insertCustodyEvent = (store: WriteStore, event: CustodyEvent): void => {
  store.run(
    sql.insertInto('custody_events').values({
      seq: event.seq,
      source_id: event.sourceId,
      case_id: event.caseId,
      kind: event.kind,
      name: event.name,
      purpose: event.purpose,
      expected: event.expected,
      found: event.found,
      agrees: event.agrees ? 1 : 0,
      recipient: event.recipient,
      receipt: event.receipt,
      actor: event.actor,
      role: event.role,
      at: event.at,
      entry: event.entry,
    }),
  );
};

/** The ledger in order. */
export const allCustodyEvents = (store: ReadStore): CustodyEvent[] =>
  store.all(sql.selectFrom('custody_events').selectAll().orderBy('seq')).map(eventOf);

/** The ledger of a case in order. */
export const custodyEventsOfCase = (store: ReadStore, caseId: string): CustodyEvent[] =>
  store.all(sql.selectFrom('custody_events').selectAll().where('case_id', '=', caseId).orderBy('seq')).map(eventOf);

/** A page of a case's ledger, or of one source's, newest first. */
export const pageOfCustody = (
  store: ReadStore,
  { caseId, sourceId }: { readonly caseId: string; readonly sourceId: string | undefined },
  offset: number,
  limit: number,
): { readonly total: number; readonly disagreeing: number; readonly events: CustodyEvent[] } => {
  const from = sql
    .selectFrom('custody_events')
    .where('case_id', '=', caseId)
    .$if(sourceId !== undefined, query => query.where('source_id', '=', sourceId ?? ''));
  const counts = store.first(
    from.select(eb => [
      eb.fn.countAll<number>().as('total'),
      eb.fn.sum<number | null>(eb(eb.val(1), '-', eb.ref('agrees'))).as('disagreeing'),
    ]),
  );
  return {
    total: counts?.total ?? 0,
    disagreeing: counts?.disagreeing ?? 0,
    events: store.all(from.selectAll().orderBy('seq', 'desc').limit(limit).offset(offset)).map(eventOf),
  };
};

/** What was decided on keeping a case, in order. */
export const retentionEvents = (store: ReadStore, caseId: string): RetentionEvent[] =>
  store.all(
    sql
      .selectFrom('case_retention_events')
      .select(['kind', 'reason', 'actor', 'at'])
      .where('case_id', '=', caseId)
      .orderBy('seq'),
  );

export const insertRetentionEvent = (store: WriteStore, caseId: string, seq: number, event: RetentionEvent): void => {
  store.run(sql.insertInto('case_retention_events').values({ case_id: caseId, seq, ...event }));
};
