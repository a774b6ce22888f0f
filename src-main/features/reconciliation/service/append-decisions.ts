import type { HandlerContext } from '../../../engine/handler.ts';
import { eventsDigest } from '../../../platform/event-digest.ts';
import type { WriteStore } from '../../../platform/store.ts';
import type { AuditObject } from '../../audit/domain/audit-log.ts';
import { decisionHead, insertDecision } from '../storage/decision.repository.ts';
import type { DecisionEvent } from './decision-event.ts';

/** Characters of a title: references and parties are often texts of a bank. */
const MAX_TITLE = 400;
const titleOf = (title: string): string => (title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1)}…` : title);

/** What the log says of events that were appended. */
export const loggedDecisions = (caseId: string, events: readonly DecisionEvent[]): AuditObject => ({
  case: caseId,
  'reconciliation-first': events[0]?.seq ?? 0,
  'reconciliation-last': events.at(-1)?.seq ?? 0,
  'reconciliation-digest': eventsDigest(events),
});

/** Appends events to a case's reconciliation, inside the caller's unit of work. Answers them with their numbers. */
export const appendDecisions = (
  { ports, session }: Pick<HandlerContext, 'ports' | 'session'>,
  store: WriteStore,
  caseId: string,
  steps: readonly Pick<DecisionEvent, 'title' | 'body'>[],
): DecisionEvent[] => {
  const head = decisionHead(store, caseId);
  const at = new Date(ports.clock.now()).toISOString();
  return steps.map(({ title, body }, i) => {
    const text = JSON.stringify(body);
    const stored = {
      seq: head + i + 1,
      title: titleOf(title),
      actor: session.opened?.actor ?? '',
      at,
    };
    insertDecision(store, caseId, { ...stored, body: text });
    // What is stored is what JSON keeps: the digest is taken over the same.
    return { ...stored, body: JSON.parse(text) as DecisionEvent['body'] };
  });
};
