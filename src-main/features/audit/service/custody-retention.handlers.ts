import { NexusError } from '../../../contract/errors.ts';
import type { CommandContext, Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import type { Retention, RetentionEvent } from '../domain/custody-retention.ts';
import { RETENTION_YEARS, retentionAfter } from '../domain/custody-retention.ts';
import { insertRetentionEvent, retentionEvents } from '../storage/custody.repository.ts';

const retentionView = (store: ReadStore, caseId: string) => {
  const history = retentionEvents(store, caseId);
  return { caseId, retentionYears: RETENTION_YEARS, ...retentionAfter(history), history };
};

const refused = (message: string): NexusError =>
  new NexusError({ code: 'retention.state', category: 'conflict', message, kept: 'Nothing was changed.' });

/** One decision on keeping a case: refused where it would change nothing. */
const decide = (
  context: CommandContext,
  caseId: string,
  kind: RetentionEvent['kind'],
  reason: string,
  objection: (before: Retention) => string | null,
) => {
  const { store } = context;
  requireCase(store, caseId);
  const events = retentionEvents(store, caseId);
  const message = objection(retentionAfter(events));
  if (message !== null) throw refused(message);
  const event = {
    kind,
    reason,
    actor: context.session.opened?.actor ?? '',
    at: new Date(context.ports.clock.now()).toISOString(),
  };
  insertRetentionEvent(store, caseId, events.length + 1, event);
  const view = retentionView(store, caseId);
  context.audit({
    case: caseId,
    reason,
    at: event.at,
    ...(view.retainUntil === null ? {} : { 'retain-until': view.retainUntil }),
  });
  return view;
};

export const retentionHandlers: Handlers = {
  ...onQuery('cases.retention', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    return retentionView(store, caseId);
  }),
  ...onCommand('cases.close', (context, { caseId, reason }) =>
    decide(context, caseId, 'closed', reason, before =>
      before.closedAt === null ? null : 'The case is closed already.',
    ),
  ),
  ...onCommand('cases.reopen', (context, { caseId, reason }) =>
    decide(context, caseId, 'reopened', reason, before =>
      before.closedAt === null ? 'The case is not closed.' : null,
    ),
  ),
  ...onCommand('cases.hold', (context, { caseId, reason }) =>
    decide(context, caseId, 'hold-placed', reason, before =>
      before.hold === null ? null : 'A legal hold is on this case already.',
    ),
  ),
  ...onCommand('cases.releaseHold', (context, { caseId, reason }) =>
    decide(context, caseId, 'hold-released', reason, before =>
      before.hold === null ? 'No legal hold is on this case.' : null,
    ),
  ),
};
