import type { HandlerContext } from '../../../engine/handler.ts';
import type { WriteStore } from '../../../platform/store.ts';
import type { AuditObject } from '../../audit/domain/audit-log.ts';
import type { TriageBody } from '../domain/triage/triage-event.ts';
import { hitParts } from '../domain/triage/triage-event.ts';
import {
  findingEventHead,
  insertEventFact,
  insertEventRows,
  insertFindingEvent,
} from '../storage/finding-event.repository.ts';
import type { StoredFindingEvent } from './finding-event-digest.ts';
import { findingEventDigest } from './finding-event-digest.ts';
import type { Fact } from './finding-facts.ts';

/** What is to be appended: one step on one or many facts. */
export interface FindingEventDraft {
  readonly body: TriageBody;
  readonly facts: readonly Pick<Fact, 'id' | 'hitNames'>[];
  /** Rows of tried explanations by their name: transaction ids, ascending. */
  readonly rows?: ReadonlyMap<string, Float64Array>;
}

const bytes = (ids: Float64Array): Uint8Array =>
  new Uint8Array(ids.buffer as ArrayBuffer, ids.byteOffset, ids.byteLength).slice();

/** Appends events inside the caller's unit of work. Answers what the log is to say of them: `verify` compares it with the store. */
export const appendFindingEvents = (
  { ports, session }: Pick<HandlerContext, 'ports' | 'session'>,
  store: WriteStore,
  caseId: string,
  drafts: readonly FindingEventDraft[],
): { readonly first: number; readonly last: number; readonly at: string; readonly logged: AuditObject } => {
  const head = findingEventHead(store, caseId);
  const at = new Date(ports.clock.now()).toISOString();
  const events = drafts.map(
    ({ body, facts, rows }, i): StoredFindingEvent => ({
      seq: head + i + 1,
      actor: session.opened?.actor ?? '',
      role: session.opened?.role ?? '',
      at,
      body: JSON.stringify(body),
      facts: facts.map(({ id, hitNames }) => ({ fact: id, hits: JSON.stringify([...hitNames].sort().map(hitParts)) })),
      rows: [...(rows ?? [])].map(([explanation, ids]) => ({ explanation, rows: bytes(ids) })),
    }),
  );
  for (const { facts, rows, ...event } of events) {
    insertFindingEvent(store, { ...event, case_id: caseId });
    for (const fact of facts) insertEventFact(store, { ...fact, case_id: caseId, seq: event.seq });
    for (const own of rows) insertEventRows(store, { ...own, case_id: caseId, seq: event.seq });
  }
  const last = head + events.length;
  return {
    first: head + 1,
    last,
    at,
    logged: {
      case: caseId,
      'finding-first': head + 1,
      'finding-last': last,
      'finding-digest': findingEventDigest(events),
    },
  };
};
