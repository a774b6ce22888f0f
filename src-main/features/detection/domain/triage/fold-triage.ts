import type { Severity } from '../forensic-test.ts';
import type { FindingState, TriageEvent, TriedExplanation } from './triage-event.ts';
import { hitParts } from './triage-event.ts';

/** A decision on a fact's state, and who made it. */
export interface TriageDecision {
  readonly seq: number;
  readonly state: FindingState;
  readonly reason: string;
  readonly actor: string;
  readonly at: string;
}

/** Approval of a decision, or its return. `fourEyes`: by another person than the one who decided. */
export interface TriageReview {
  readonly seq: number;
  readonly verdict: 'approved' | 'returned';
  readonly reason: string;
  readonly actor: string;
  readonly at: string;
  readonly fourEyes: boolean;
}

/** Why a fact that was decided is open again. */
export interface Reopening {
  readonly why: 'rows-changed' | 'test-joined' | 'returned';
  /** What had been decided. */
  readonly decision: TriageDecision;
  /** Tests that joined. */
  readonly tests: readonly string[];
  /** Who returned it and why. */
  readonly review: TriageReview | null;
}

/** Where a fact stands: everything its events say, folded. */
export interface TriageState {
  readonly state: FindingState;
  /** The decision in force; null where there is none (an open fact may have one that opened it again). */
  readonly decision: TriageDecision | null;
  /** Decisions that contradict each other, made without sight of one another; empty where none do. */
  readonly conflict: readonly TriageDecision[];
  readonly reopened: Reopening | null;
  readonly severity: { readonly severity: Severity; readonly reason: string; readonly actor: string } | null;
  readonly flagged: boolean;
  readonly assignee: string | null;
  readonly comments: number;
  /** Explanations tried, each as it was tried last. */
  readonly tried: readonly (TriedExplanation & { readonly seq: number; readonly by: 'check' | 'hand' })[];
  readonly review: TriageReview | null;
}

export const UNTOUCHED: TriageState = {
  state: 'open',
  decision: null,
  conflict: [],
  reopened: null,
  severity: null,
  flagged: false,
  assignee: null,
  comments: 0,
  tried: [],
  review: null,
};

/** Numbers of the events that were undone; an undo that was itself undone does nothing. */
export const undoneEvents = (events: readonly TriageEvent[]): ReadonlySet<number> => {
  const undone = new Set<number>();
  for (const { seq, body } of events.toReversed()) if (body.kind === 'undone' && !undone.has(seq)) undone.add(body.of);
  return undone;
};

/** Events that stand: neither undone nor an undo. */
export const standingEvents = (events: readonly TriageEvent[]): TriageEvent[] => {
  const undone = undoneEvents(events);
  return events.filter(({ seq, body }) => body.kind !== 'undone' && !undone.has(seq));
};

interface StateStep {
  readonly decision: TriageDecision;
  readonly hits: readonly string[];
  /** Earlier decisions that its maker had not seen and that say something else. */
  readonly unseen: readonly TriageDecision[];
}

const stateSteps = (events: readonly TriageEvent[]): StateStep[] => {
  const steps: StateStep[] = [];
  for (const { seq, actor, at, body, hits } of events) {
    if (body.kind !== 'state-set') continue;
    const before = steps.at(-1);
    const isRival =
      before !== undefined &&
      body.seen !== null &&
      before.decision.seq > body.seen &&
      before.decision.actor !== actor &&
      before.decision.state !== body.state;
    steps.push({
      decision: { seq, state: body.state, reason: body.reason, actor, at },
      hits,
      unseen: isRival ? [before.decision] : [],
    });
  }
  return steps;
};

/** The newest decision on each hit of now; a hit that was opened again, or never decided, has none. */
const decisionsByHit = (steps: readonly StateStep[], hits: readonly string[]): Map<string, StateStep> => {
  const wanted = new Set(hits);
  const latest = new Map<string, StateStep>();
  for (const step of steps)
    for (const hit of step.hits)
      if (step.decision.state === 'open') latest.delete(hit);
      else if (wanted.has(hit)) latest.set(hit, step);
  return latest;
};

type Standing = Pick<TriageState, 'state' | 'decision' | 'conflict' | 'reopened'>;

const newest = (steps: Iterable<StateStep>): StateStep | undefined =>
  [...steps].sort((a, b) => b.decision.seq - a.decision.seq)[0];

const standingDecision = (steps: readonly StateStep[], hits: readonly string[]): Standing => {
  const last = steps.at(-1);
  if (last === undefined) return { state: 'open', decision: null, conflict: [], reopened: null };
  const latest = decisionsByHit(steps, hits);
  const standing = newest(latest.values());
  if (standing === undefined)
    return {
      state: 'open',
      decision: last.decision.state === 'open' ? last.decision : null,
      conflict: [],
      reopened: null,
    };
  const byState = new Map([...new Set(latest.values())].map(step => [step.decision.state, step.decision]));
  const contradicting = [...new Set([...standing.unseen, ...byState.values()])];
  if (byState.size > 1 || standing.unseen.length > 0)
    return { state: 'open', decision: null, conflict: contradicting.sort((a, b) => a.seq - b.seq), reopened: null };
  const joined = hits.filter(hit => !latest.has(hit));
  if (joined.length > 0)
    return {
      state: 'open',
      decision: null,
      conflict: [],
      reopened: {
        why: 'test-joined',
        decision: standing.decision,
        tests: [...new Set(joined.map(hit => hitParts(hit)[0]))].sort(),
        review: null,
      },
    };
  return { state: standing.decision.state, decision: standing.decision, conflict: [], reopened: null };
};

/** The newest review of a decision: one of an earlier decision is of the past. */
const reviewOf = (events: readonly TriageEvent[], decision: TriageDecision | null): TriageReview | null => {
  const last = events.findLast(({ seq, body }) => body.kind === 'reviewed' && decision !== null && seq > decision.seq);
  if (last?.body.kind !== 'reviewed' || decision === null) return null;
  const { verdict, reason } = last.body;
  return { seq: last.seq, verdict, reason, actor: last.actor, at: last.at, fourEyes: last.actor !== decision.actor };
};

/**
 * Folds the events of one fact, oldest first, over the hits it has now. A decision holds for the hits it was made on: a test
 * that joined later, or a hit whose decision says something else, opens the fact again and says what was decided.
 */
export const foldTriage = (all: readonly TriageEvent[], hits: readonly string[]): TriageState => {
  if (all.length === 0) return UNTOUCHED;
  const events = standingEvents(all);
  const standing = standingDecision(stateSteps(events), hits);
  const review = standing.state === 'open' ? null : reviewOf(events, standing.decision);
  const returned: Partial<TriageState> =
    review?.verdict === 'returned' && standing.decision !== null
      ? {
          state: 'open',
          decision: null,
          reopened: { why: 'returned', decision: standing.decision, tests: [], review },
        }
      : {};
  return { ...foldMarks(events), ...standing, review, ...returned };
};

/** Everything but the decision: the last word of each kind, and how often was commented. */
const foldMarks = (events: readonly TriageEvent[]): Omit<TriageState, keyof Standing | 'review'> => {
  let severity: TriageState['severity'] = null;
  let flagged = false;
  let assignee: string | null = null;
  let comments = 0;
  const tried = new Map<string, TriageState['tried'][number]>();
  for (const { seq, actor, body } of events)
    switch (body.kind) {
      case 'severity-set':
        severity = body.severity === null ? null : { severity: body.severity, reason: body.reason, actor };
        break;
      case 'flag-set':
        flagged = body.flagged;
        break;
      case 'assigned':
        assignee = body.assignee;
        break;
      case 'commented':
        comments += 1;
        break;
      case 'explanations-tried':
        for (const entry of body.entries) tried.set(`${body.by} ${entry.explanation}`, { ...entry, seq, by: body.by });
        break;
      case 'state-set':
      case 'reviewed':
      case 'undone':
        break;
    }
  return { severity, flagged, assignee, comments, tried: [...tried.values()] };
};
