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

/** Approval of a decision, or its return. `fourEyes`: by somebody who wrote nothing of what it judged. */
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
  /** Who decided, set the severity in force, or tried an explanation by hand: none of them may approve. */
  readonly authors: readonly string[];
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
  authors: [],
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

/** What a review judges: the decision, and the last words on the severity and on each explanation tried by hand. */
interface Judged {
  readonly standing: Standing;
  /** Events of those words, by number. */
  readonly words: readonly TriageEvent[];
  /** Who decided, and whose words those are: none of them can be the second pair of eyes. By code units. */
  readonly authors: readonly string[];
}

const judgedIn = (events: readonly TriageEvent[], hits: readonly string[]): Judged => {
  const standing = standingDecision(stateSteps(events), hits);
  const last = new Map<string, TriageEvent>();
  for (const event of events)
    if (event.body.kind === 'severity-set') last.set('severity', event);
    else if (event.body.kind === 'explanations-tried' && event.body.by === 'hand')
      for (const { explanation } of event.body.entries) last.set(`hand ${explanation}`, event);
  const words = [...new Set(last.values())].sort((a, b) => a.seq - b.seq);
  const deciders = standing.decision === null ? [] : [standing.decision.actor];
  return { standing, words, authors: [...new Set([...deciders, ...words.map(({ actor }) => actor)])].sort() };
};

const isSame = (a: Judged, b: Judged): boolean =>
  a.words.length === b.words.length && a.words.every(({ seq }, i) => seq === b.words[i]?.seq);

/**
 * The newest review of the decision that stands. What a review judged is what stood when it was written, which the events
 * before it and the hits it keeps say of every fact of its step. A return holds while that decision stands; an approval
 * only while nothing it judged has changed: it is of what the approver saw, and of nothing else.
 */
const reviewOf = (all: readonly TriageEvent[], standing: readonly TriageEvent[], now: Judged): TriageReview | null => {
  const decision = now.standing.decision;
  if (decision === null || now.standing.state === 'open') return null;
  for (const { seq, actor, at, body, hits } of standing.toReversed()) {
    if (body.kind !== 'reviewed') continue;
    const judged = judgedIn(standingEvents(all.filter(event => event.seq < seq)), hits);
    if (judged.standing.decision?.seq !== decision.seq) continue;
    const { verdict, reason } = body;
    if (verdict === 'approved' && !isSame(judged, now)) return null;
    return { seq, verdict, reason, actor, at, fourEyes: !judged.authors.includes(actor) };
  }
  return null;
};

/** Who wrote the review that a step is, or that it takes back or restores; null where it is about none. */
export const reviewerOfStep = (events: readonly TriageEvent[], seq: number): string | null => {
  const steps = new Map(events.map(event => [event.seq, event]));
  let step = steps.get(seq);
  while (step?.body.kind === 'undone') step = steps.get(step.body.of);
  return step?.body.kind === 'reviewed' ? step.actor : null;
};

/**
 * Folds the events of one fact, oldest first, over the hits it has now. A decision holds for the hits it was made on: a test
 * that joined later, or a hit whose decision says something else, opens the fact again and says what was decided.
 */
export const foldTriage = (all: readonly TriageEvent[], hits: readonly string[]): TriageState => {
  if (all.length === 0) return UNTOUCHED;
  const events = standingEvents(all);
  const judged = judgedIn(events, hits);
  const { standing, authors } = judged;
  const review = reviewOf(all, events, judged);
  const returned: Partial<TriageState> =
    review?.verdict === 'returned' && standing.decision !== null
      ? {
          state: 'open',
          decision: null,
          reopened: { why: 'returned', decision: standing.decision, tests: [], review },
        }
      : {};
  return { ...foldMarks(events), ...standing, authors, review, ...returned };
};

/** Everything but the decision: the last word of each kind, and how often was commented. */
const foldMarks = (events: readonly TriageEvent[]): Omit<TriageState, keyof Standing | 'authors' | 'review'> => {
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
