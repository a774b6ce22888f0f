import type { ReadStore } from '../../../platform/store.ts';
import type { TriageState } from '../domain/triage/fold-triage.ts';
import { foldTriage, UNTOUCHED } from '../domain/triage/fold-triage.ts';
import type { TriageBody, TriageEvent } from '../domain/triage/triage-event.ts';
import { factOf, hitName } from '../domain/triage/triage-event.ts';
import type { DecisionRecord } from '../storage/finding.repository.ts';
import { decisionsOfCase } from '../storage/finding.repository.ts';
import { eventFactsAfter, findingEventHead, findingEventsAfter } from '../storage/finding-event.repository.ts';
import type { Fact } from './finding-facts.ts';

/** Digest of no rows at all: what findings without a row were decided under. */
const EMPTY_DIGEST = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** A decision of a version that had no events, as one: it was made on one finding. */
const eventOfDecision = (
  decision: DecisionRecord,
  seq: number,
): { readonly fact: string; readonly event: TriageEvent } => ({
  fact: factOf(
    decision.test,
    decision.finding_key,
    decision.rows_digest === EMPTY_DIGEST ? 0 : 1,
    decision.rows_digest,
  ),
  event: {
    seq,
    actor: decision.actor,
    role: '',
    at: decision.decided_at,
    body: { kind: 'state-set', state: decision.state, reason: decision.reason, seen: null },
    hits: [hitName(decision.test, decision.finding_key)],
  },
});

/** The events of a case by fact, kept up with the store; states are folded when they are asked for. */
export class FindingLedger {
  private head = 0;
  private readonly caseId: string;
  private readonly events = new Map<string, TriageEvent[]>();
  /** The fact that a hit was last decided under: where its rows change, that is what was decided before. */
  private readonly lastFactOf = new Map<string, string>();
  private readonly states = new Map<string, { readonly hits: string; readonly state: TriageState }>();

  constructor(store: ReadStore, caseId: string) {
    this.caseId = caseId;
    const decisions = decisionsOfCase(store, caseId);
    decisions.forEach((decision, i) => {
      const { fact, event } = eventOfDecision(decision, i - decisions.length);
      this.add(fact, event);
    });
  }

  /** Reads what was appended since; gives the number of the last event. */
  update(store: ReadStore): number {
    const head = findingEventHead(store, this.caseId);
    if (head < this.head) throw new Error('finding events were taken away');
    if (head === this.head) return head;
    const events = new Map(findingEventsAfter(store, this.caseId, this.head).map(event => [event.seq, event]));
    for (const { seq, fact, hits } of eventFactsAfter(store, this.caseId, this.head)) {
      const event = events.get(seq);
      if (event === undefined) throw new Error(`finding event ${seq} is missing`);
      this.add(fact, {
        seq,
        actor: event.actor,
        role: event.role,
        at: event.at,
        body: JSON.parse(event.body) as TriageBody,
        hits: (JSON.parse(hits) as [string, string][]).map(([test, key]) => hitName(test, key)),
      });
    }
    this.head = head;
    return head;
  }

  private add(fact: string, event: TriageEvent): void {
    const own = this.events.get(fact);
    if (own === undefined) this.events.set(fact, [event]);
    else own.push(event);
    if (event.body.kind === 'state-set') for (const hit of event.hits) this.lastFactOf.set(hit, fact);
    this.states.delete(fact);
  }

  /** The events of a fact, oldest first. */
  eventsOf(fact: string): readonly TriageEvent[] {
    return this.events.get(fact) ?? [];
  }

  /** Another fact under which the same question was decided last; null where there is none. */
  predecessorOf({ id, hitNames }: Pick<Fact, 'id' | 'hitNames'>): string | null {
    if (this.lastFactOf.size === 0) return null;
    for (const hit of hitNames) {
      const before = this.lastFactOf.get(hit);
      if (before !== undefined && before !== id) return before;
    }
    return null;
  }

  /** Where a fact stands with the hits it has now. */
  stateOf(fact: Pick<Fact, 'id' | 'hitNames'>): TriageState {
    const own = this.events.get(fact.id);
    const before = this.predecessorOf(fact);
    if (own === undefined && before === null) return UNTOUCHED;
    const hits = fact.hitNames.join('\n');
    const kept = this.states.get(fact.id);
    // What a predecessor says can change with its own events: only a fact that stands by itself is kept.
    if (kept?.hits === hits && before === null) return kept.state;
    const folded = foldTriage(own ?? [], fact.hitNames);
    const state = folded.decision === null && folded.reopened === null ? this.afterChange(folded, before) : folded;
    this.states.set(fact.id, { hits, state });
    return state;
  }

  /** A fact of which no decision is known: what was decided of the same question on other rows. */
  private afterChange(state: TriageState, before: string | null): TriageState {
    if (before === null || state.conflict.length > 0) return state;
    const events = this.events.get(before) ?? [];
    const earlier = foldTriage(events, [...new Set(events.flatMap(({ hits }) => hits))]);
    if (earlier.decision === null || earlier.state === 'open') return state;
    return {
      ...state,
      reopened: { why: 'rows-changed', decision: earlier.decision, tests: [], review: null },
    };
  }
}

const known = new WeakMap<ReadStore, Map<string, FindingLedger>>();

/** The ledger of a case, up to date with the store, and the number of its last event. */
export const ledgerOf = (
  store: ReadStore,
  caseId: string,
): { readonly ledger: FindingLedger; readonly head: number } => {
  let cases = known.get(store);
  if (cases === undefined) {
    cases = new Map();
    known.set(store, cases);
  }
  let ledger = cases.get(caseId);
  if (ledger === undefined) {
    ledger = new FindingLedger(store, caseId);
    cases.set(caseId, ledger);
  }
  return { ledger, head: ledger.update(store) };
};
