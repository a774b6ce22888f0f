import { NexusError } from '../../../contract/errors.ts';
import type { ChannelInput } from '../../../contract/index.ts';
import type { CommandContext, Handlers, Input } from '../../../engine/handler.ts';
import { onCommand } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { ownWorks } from '../../identity/domain/separation.ts';
import { allAccounts } from '../../identity/storage/account.repository.ts';
import { foldTriage, reviewerOfStep, undoneEvents } from '../domain/triage/fold-triage.ts';
import type { TriageBody, TriageEvent } from '../domain/triage/triage-event.ts';
import { hitName } from '../domain/triage/triage-event.ts';
import { findingById, latestRun } from '../storage/finding.repository.ts';
import { factsOfEvent, findingEvent } from '../storage/finding-event.repository.ts';
import { appendFindingEvents } from './append-finding-events.ts';
import type { RunSummary } from './examination-view.ts';
import type { StatedFact } from './finding-selection.ts';
import { caseFindings } from './finding-selection.ts';
import { targetFacts } from './finding-target.ts';
import { findingShapes } from './finding-view.ts';
import { tryExplanationsHandler } from './try-explanations.handler.ts';

const usage = (code: string, message: string, remedy: string): NexusError =>
  new NexusError({ code, category: 'usage', message, kept: 'Nothing was decided.', remedy });

/** Throws `finding.reason-needed` for a state that stands only with a reason. */
const assertReason = (state: string, reason: string): void => {
  if ((state === 'dismissed' || state === 'explained') && reason === '')
    throw usage('finding.reason-needed', `A finding is ${state} only with a reason.`, 'Say in a sentence why.');
};

/** What an action is as an event. Throws where it lacks what it must say. */
const bodyOf = (action: Input<'findings.triage'>['action'], seen: number | null): TriageBody => {
  switch (action.kind) {
    case 'state':
      assertReason(action.state, action.reason);
      return { kind: 'state-set', state: action.state, reason: action.reason, seen };
    case 'severity':
      if (action.severity !== null && action.reason === '')
        throw usage(
          'finding.reason-needed',
          'A severity other than the test’s needs a reason.',
          'Say in a sentence why.',
        );
      return { kind: 'severity-set', severity: action.severity, reason: action.reason };
    case 'flag':
      return { kind: 'flag-set', flagged: action.flagged };
    case 'assign':
      return { kind: 'assigned', assignee: action.assignee };
    case 'comment':
      return { kind: 'commented', text: action.text };
    case 'explanation':
      return {
        kind: 'explanations-tried',
        by: 'hand',
        entries: [
          {
            explanation: action.explanation,
            version: null,
            outcome: action.outcome,
            words: action.text,
            rowCount: 0,
          },
        ],
      };
  }
};

/** What the log says of an action, beside the digest of its event. */
const loggedAction = (action: ChannelInput<'findings.triage'>['action']): Readonly<Record<string, string | boolean>> =>
  Object.fromEntries(Object.entries(action).map(([name, value]) => [name === 'kind' ? 'action' : name, value ?? '']));

const appendStep = (
  context: CommandContext,
  caseId: string,
  stated: readonly StatedFact[],
  body: TriageBody,
  logged: Readonly<Record<string, string | boolean | number>>,
): { seq: number; count: number } => {
  const step = appendFindingEvents(context, context.store, caseId, [{ body, facts: stated.map(({ fact }) => fact) }]);
  context.audit({ ...logged, ...step.logged, findings: stated.length });
  return { seq: step.last, count: stated.length };
};

/**
 * Author ≠ reviewer: throws `separation.own-decision` where the reviewer decided on one of these, set the severity in
 * force or tried an explanation by hand.
 */
const assertOthersDecided = ({ session, store }: CommandContext, stated: readonly StatedFact[]): void => {
  if (session.opened === null) return;
  const works = stated.flatMap(({ fact, triage }) => triage.authors.map(author => ({ fact: fact.id, author })));
  const { own, unproven } = ownWorks(works, session.opened.account, allAccounts(store));
  if (own.length + unproven.length === 0) return;
  const countOf = (found: readonly { readonly fact: string }[]): number => new Set(found.map(({ fact }) => fact)).size;
  throw new NexusError({
    code: 'separation.own-decision',
    category: 'permission',
    message:
      own.length > 0
        ? `You decided on ${countOf(own)} of these ${stated.length} findings yourself, or set their severity or an explanation.`
        : `${countOf(unproven)} of these ${stated.length} findings were decided before there were accounts: by whom cannot be shown.`,
    kept: 'Nothing was reviewed.',
    remedy:
      own.length > 0
        ? 'Let another account approve them, or choose findings that others decided.'
        : 'Decide on them again, with severity and explanations, then let another account approve them.',
  });
};

/** Throws `finding.changed` where something was done on a finding since the reviewer's screen read it (`seen`: the last event then). */
const assertSeen = (store: ReadStore, caseId: string, stated: readonly StatedFact[], seen: number): void => {
  const { ledger } = caseFindings(store, caseId);
  const changed = stated.filter(({ fact }) => ledger.eventsOf(fact.id).some(({ seq }) => seq > seen)).length;
  if (changed > 0)
    throw new NexusError({
      code: 'finding.changed',
      category: 'conflict',
      message: `${changed} of these ${stated.length} findings changed since they were shown.`,
      kept: 'Nothing was reviewed.',
      remedy: 'Look at them as they are now and review again.',
    });
};

/** Throws `separation.not-reviewer` for a step about a review by anybody but who reviewed: a return is not the author's to lift. */
const assertOwnReview = ({ session, store }: CommandContext, reviewer: string | null): void => {
  if (reviewer === null || session.opened === null) return;
  const { own } = ownWorks([{ author: reviewer }], session.opened.account, allAccounts(store));
  if (own.length > 0) return;
  throw new NexusError({
    code: 'separation.not-reviewer',
    category: 'permission',
    message: `The review is by ${reviewer}: only ${reviewer} takes it back.`,
    kept: 'Nothing was changed.',
    remedy: `Ask ${reviewer}, or decide on the findings again: a review holds for the decision it judged.`,
  });
};

export const findingTriageHandlers: Handlers = {
  ...tryExplanationsHandler,
  ...onCommand('findings.triage', (context, { caseId, target, action, seen }) => {
    requireCase(context.store, caseId);
    const body = bodyOf(action, seen ?? null);
    // Read as it was committed: what this step appends is not yet part of what it decides on.
    const stated = targetFacts(context.workspace().read, caseId, target);
    return appendStep(context, caseId, stated, body, loggedAction(action));
  }),
  ...onCommand('findings.review', (context, { caseId, target, verdict, reason, seen }) => {
    requireCase(context.store, caseId);
    if (verdict === 'returned' && reason === '')
      throw usage('finding.reason-needed', 'A decision is returned only with a reason.', 'Say what is missing.');
    const stated = targetFacts(context.workspace().read, caseId, target);
    if (seen !== undefined) assertSeen(context.workspace().read, caseId, stated, seen);
    const undecided = stated.filter(({ triage }) => triage.state === 'open').length;
    if (undecided > 0)
      throw new NexusError({
        code: 'finding.undecided',
        category: 'conflict',
        message: `${undecided} of these ${stated.length} findings are open: there is no decision to review.`,
        kept: 'Nothing was reviewed.',
        remedy: 'Decide on them first, or choose decided ones only.',
      });
    if (verdict === 'approved') assertOthersDecided(context, stated);
    return appendStep(context, caseId, stated, { kind: 'reviewed', verdict, reason }, { verdict, reason });
  }),
  ...onCommand('findings.undo', (context, { caseId, seq }) => {
    requireCase(context.store, caseId);
    const { read } = context.workspace();
    const event = findingEvent(read, caseId, seq);
    if (event === undefined)
      throw new NexusError({
        code: 'finding.step-unknown',
        category: 'not-found',
        message: `There is no step ${seq} on findings of this case.`,
      });
    const facts = factsOfEvent(read, caseId, seq).map(({ fact, hits }) => ({
      id: fact,
      hitNames: (JSON.parse(hits) as [string, string][]).map(([test, key]) => hitName(test, key)),
    }));
    const { ledger } = caseFindings(read, caseId);
    const [first] = facts;
    const known = first === undefined ? [] : ledger.eventsOf(first.id);
    assertOwnReview(context, reviewerOfStep(known, seq));
    if (undoneEvents(known).has(seq))
      throw new NexusError({
        code: 'finding.step-state',
        category: 'conflict',
        message: `Step ${seq} is undone already.`,
        kept: 'Nothing was changed.',
      });
    const step = appendFindingEvents(context, context.store, caseId, [{ body: { kind: 'undone', of: seq }, facts }]);
    context.audit({ ...step.logged, step: seq, findings: facts.length });
    return { seq: step.last, count: facts.length };
  }),
  ...onCommand('findings.decide', (context, { findingId, state, reason }) => {
    const { read } = context.workspace();
    const record = findingById(read, findingId);
    const findings = record === undefined ? undefined : caseFindings(read, record.case_id);
    const stated = findings?.facts.find(({ fact }) => fact.hits.some(({ ordinal }) => ordinal === record?.ordinal));
    if (record === undefined || findings === undefined || stated === undefined)
      throw new NexusError({
        code: 'finding.unknown',
        category: 'not-found',
        message: `There is no finding ${findingId} in the latest examination.`,
      });
    assertReason(state, reason);
    const body: TriageBody = { kind: 'state-set', state, reason, seen: findings.head };
    const step = appendFindingEvents(context, context.store, record.case_id, [{ body, facts: [stated.fact] }]);
    context.audit({
      ...step.logged,
      finding: record.id,
      test: record.test,
      before: stated.triage.state,
      after: state,
      reason,
    });
    const event: TriageEvent = {
      seq: step.last,
      actor: context.session.opened?.actor ?? '',
      role: context.session.opened?.role ?? '',
      at: step.at,
      body,
      hits: stated.fact.hitNames,
    };
    const triage = foldTriage([...findings.ledger.eventsOf(stated.fact.id), event], stated.fact.hitNames);
    const run = latestRun(read, record.case_id);
    const tests = run === undefined ? [] : (JSON.parse(run.summary) as RunSummary).tests;
    return findingShapes(read, record.case_id, [{ ...stated, triage }], tests)[0]!;
  }),
};
