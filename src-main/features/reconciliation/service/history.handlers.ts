import { NexusError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { decisionHead } from '../storage/decision.repository.ts';
import { appendDecisions, loggedDecisions } from './append-decisions.ts';
import { caseDecisions } from './case-decisions.ts';
import type { DecisionStep } from './decision-event.ts';
import { decisionStatuses, rowsOfStep } from './decision-event.ts';
import { refuseRedo } from './redo-checks.ts';
import { chosenSteps } from './undo-decisions.ts';

const reasonOf = (step: DecisionStep): string => {
  switch (step.kind) {
    case 'matched-by-hand':
    case 'period-locked':
    case 'period-unlocked':
      return step.reason;
    case 'proposal-accepted':
    case 'proposal-declined':
      return step.note;
    default:
      return '';
  }
};

export const reconciliationHistoryHandlers: Handlers = {
  ...onQuery('reconciliations.history', ({ store }, { caseId, offset, limit }) => {
    requireCase(store, caseId);
    const events = caseDecisions(store, caseId);
    const statuses = decisionStatuses(events).reverse();
    return {
      head: events.at(-1)?.seq ?? 0,
      total: statuses.length,
      steps: statuses.slice(offset, offset + limit).map(({ event, step, standing, undoneBy }) => ({
        seq: event.seq,
        kind: step.kind,
        title: event.title,
        actor: event.actor,
        at: event.at,
        standing,
        undoneBy,
        rows: step.kind === 'period-locked' ? 0 : rowsOfStep(step).length,
        reason: reasonOf(step),
      })),
    };
  }),
  ...onQuery('reconciliations.previewUndo', ({ store }, { caseId, seqs }) => ({
    resting: [...chosenSteps(store, caseId, seqs, true).resting],
  })),
  ...onCommand('reconciliations.undo', (context, { caseId, seqs }) => {
    const { steps, resting } = chosenSteps(context.store, caseId, seqs, true);
    if (resting.length > 0)
      throw new NexusError({
        code: 'reconciliation.step-rested-on',
        category: 'conflict',
        message: `Later steps rest on this: ${resting.map(({ seq, title }) => `${seq} (${title})`).join('; ')}.`,
        kept: 'Nothing was changed.',
        remedy: 'Take those back as well, in one go or one by one from the newest.',
      });
    // The newest first, as they would be taken back one by one.
    const events = appendDecisions(
      context,
      context.store,
      caseId,
      [...steps].reverse().map(({ event }) => ({
        title: `Undone: ${event.title}`,
        body: { kind: 'step-undone' as const, of: event.seq },
      })),
    );
    context.audit({ ...loggedDecisions(caseId, events), steps: steps.map(({ event }) => event.seq) });
    return { head: decisionHead(context.store, caseId) };
  }),
  ...onCommand('reconciliations.redo', (context, { caseId, seqs }) => {
    const { steps } = chosenSteps(context.store, caseId, seqs, false);
    refuseRedo(context, caseId, steps);
    const events = appendDecisions(
      context,
      context.store,
      caseId,
      steps.map(({ event }) => ({
        title: `Redone: ${event.title}`,
        body: { kind: 'step-redone' as const, of: event.seq },
      })),
    );
    context.audit({ ...loggedDecisions(caseId, events), steps: steps.map(({ event }) => event.seq) });
    return { head: decisionHead(context.store, caseId) };
  }),
};
