import { NexusError } from '../../../contract/errors.ts';
import type { CommandContext, HandlerContext } from '../../../engine/handler.ts';
import type { OpenWorkspace } from '../../../engine/open-workspace.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { sourcesOfCase } from '../../ingestion/storage/source.repository.ts';
import { decisionHead } from '../storage/decision.repository.ts';
import { caseDecisions, newDecisions } from './case-decisions.ts';
import type { Basis } from './current-basis.ts';
import { currentBasis } from './current-basis.ts';
import type { DecisionEvent } from './decision-event.ts';
import type { MatchView, RunMatches } from './match-view.ts';
import { matchView, runMatches } from './match-view.ts';

/** What a case's screen shows: a stored matching and every decision applied to it. */
export interface ShownReconciliation {
  /** Changes with anything that is shown. */
  readonly stamp: string;
  readonly basis: Basis;
  readonly view: MatchView;
}

interface Kept {
  readonly caseId: string;
  readonly shown: ShownReconciliation;
  readonly events: readonly DecisionEvent[];
  readonly found: RunMatches;
}

/** The last one is kept a workspace: a screen asks for it many times between two decisions, and a decision changes little. */
const kept = new WeakMap<OpenWorkspace, Kept>();

/** Changes whenever what a case's reconciliation shows may have changed; '' where none was run. */
export const reconciliationStamp = (store: ReadStore, caseId: string): string => {
  const basis = currentBasis(store, caseId);
  return basis === null ? '' : stampOf(store, caseId, basis);
};

const stampOf = (store: ReadStore, caseId: string, basis: Basis): string =>
  JSON.stringify([
    caseId,
    basis.runId,
    basis.stale,
    decisionHead(store, caseId),
    sourcesOfCase(store, caseId).map(({ ordinal, set_aside_at }) => [ordinal, set_aside_at !== null]),
  ]);

/** The current reconciliation of a case with its decisions; null where none was run. Throws for a case that is not there. */
export const shownReconciliation = (
  { workspace }: Pick<HandlerContext, 'workspace'>,
  store: ReadStore,
  caseId: string,
): ShownReconciliation | null => {
  requireCase(store, caseId);
  const basis = currentBasis(store, caseId);
  if (basis === null) return null;
  const stamp = stampOf(store, caseId, basis);
  const known = kept.get(workspace());
  if (known?.shown.stamp === stamp) return known.shown;
  const ofCase = known?.caseId === caseId ? known : undefined;
  // Events are only ever appended: those that were read stay as they are.
  const events = ofCase === undefined ? caseDecisions(store, caseId) : newDecisions(store, caseId, ofCase.events);
  const found = ofCase?.shown.basis.runId === basis.runId ? ofCase.found : runMatches(store, basis.run);
  const shown = { stamp, basis, view: matchView(store, caseId, basis, events, found) };
  kept.set(workspace(), { caseId, shown, events, found });
  return shown;
};

/** The same for a decision. Throws `reconciliation.not-run` where there is nothing to decide on. */
export const requireShown = (context: CommandContext, caseId: string): ShownReconciliation => {
  const shown = shownReconciliation(context, context.store, caseId);
  if (shown === null)
    throw new NexusError({
      code: 'reconciliation.not-run',
      category: 'conflict',
      message: 'Nothing has been reconciled in this case yet.',
      remedy: 'Choose the two sides and run the reconciliation, or run the examination.',
    });
  return shown;
};
