import type { ReadStore } from '../../../platform/store.ts';
import type { StoredDecision } from '../storage/decision.repository.ts';
import { storedDecisions } from '../storage/decision.repository.ts';
import type { DecisionEvent } from './decision-event.ts';

const read = ({ body, ...event }: StoredDecision): DecisionEvent => ({
  ...event,
  body: JSON.parse(body) as DecisionEvent['body'],
});

/** All events of a case's reconciliation, oldest first. */
export const caseDecisions = (store: ReadStore, caseId: string): DecisionEvent[] =>
  storedDecisions(store, caseId).map(read);

/** The same, where some of them were read before. */
export const newDecisions = (
  store: ReadStore,
  caseId: string,
  known: readonly DecisionEvent[],
): readonly DecisionEvent[] => [...known, ...storedDecisions(store, caseId, known.at(-1)?.seq ?? 0).map(read)];
