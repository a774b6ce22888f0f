import type { ReadStore } from '../../../platform/store.ts';
import { findCheck } from '../domain/triage/exculpatory-checks.ts';
import { standingEvents } from '../domain/triage/fold-triage.ts';
import type { TriageBody, TriageEvent } from '../domain/triage/triage-event.ts';
import { OUTCOME_WORDS } from '../domain/triage/triage-words.ts';
import { rowsOfFinding, rowsOfRun } from '../storage/finding.repository.ts';
import type { FindingLedger } from './finding-ledger.ts';
import type { StatedFact } from './finding-selection.ts';
import { explanationsOf } from './finding-view.ts';

const spoken = (body: TriageBody): { readonly value: string; readonly text: string } => {
  switch (body.kind) {
    case 'state-set':
      return { value: body.state, text: body.reason };
    case 'severity-set':
      return { value: body.severity ?? '', text: body.reason };
    case 'flag-set':
      return { value: body.flagged ? 'flagged' : 'unflagged', text: '' };
    case 'assigned':
      return { value: body.assignee ?? '', text: '' };
    case 'commented':
      return { value: '', text: body.text };
    case 'explanations-tried':
      return {
        value: body.by,
        text: body.entries.map(({ explanation, outcome }) => `${explanation} ${OUTCOME_WORDS[outcome]}`).join(', '),
      };
    case 'reviewed':
      return { value: body.verdict, text: body.reason };
    case 'undone':
      return { value: String(body.of), text: '' };
  }
};

const lines = (events: readonly TriageEvent[], earlier: boolean) => {
  const standing = new Set(standingEvents(events).map(({ seq }) => seq));
  return events.map(({ seq, actor, at, body }) => ({
    seq,
    actor,
    at,
    kind: body.kind,
    ...spoken(body),
    undone: body.kind !== 'undone' && !standing.has(seq),
    earlier,
  }));
};

/** Everything that was done on a fact, newest first; what was done on other rows of the same question comes last. */
export const historyOf = (ledger: FindingLedger, { fact }: StatedFact) => {
  const before = ledger.predecessorOf(fact);
  return [
    ...(before === null ? [] : lines(ledger.eventsOf(before), true)),
    ...lines(ledger.eventsOf(fact.id), false),
  ].reverse();
};

/** The innocent explanations of a fact's tests, tried or not, and those tried by hand. */
export const explanationLines = (ledger: FindingLedger, { fact, triage }: StatedFact) => {
  const events = new Map(ledger.eventsOf(fact.id).map(event => [event.seq, event]));
  const tried = triage.tried.map(({ seq, by, explanation, outcome, words, version, rowCount }) => ({
    explanation,
    by,
    question: by === 'check' ? (findCheck(explanation)?.question ?? null) : null,
    tried: {
      seq,
      outcome,
      words,
      version,
      rowCount,
      actor: events.get(seq)?.actor ?? '',
      at: events.get(seq)?.at ?? '',
    },
  }));
  const named = explanationsOf(fact);
  return [
    ...named.map(
      id =>
        tried.find(({ by, explanation }) => by === 'check' && explanation === id) ?? {
          explanation: id,
          by: 'check' as const,
          question: findCheck(id)?.question ?? null,
          tried: null,
        },
    ),
    // What was tried under tests that no longer hit the rows stays in sight.
    ...tried.filter(({ by, explanation }) => by === 'hand' || !named.includes(explanation)),
  ];
};

const RELATED = 50;

/** Facts that share some rows with a fact, but not all, those that share most first. */
export const relatedFacts = (
  store: ReadStore,
  run: number,
  facts: readonly StatedFact[],
  wanted: StatedFact,
): { readonly total: number; readonly related: readonly { readonly of: StatedFact; readonly shared: number }[] } => {
  const own = rowsOfFinding(store, wanted.fact.hits[0]!.ordinal);
  if (own.length === 0) return { total: 0, related: [] };
  const ids = new Set(own);
  const [first, last] = [own[0]!, own.at(-1)!];
  const byOrdinal = new Map(facts.map(stated => [stated.fact.hits[0]!.ordinal, stated]));
  const related: { of: StatedFact; shared: number }[] = [];
  for (const { ordinal, rows: blob } of rowsOfRun(store, run)) {
    const of = byOrdinal.get(ordinal);
    if (of === undefined || of === wanted || blob.byteLength === 0) continue;
    const rows = new Float64Array(blob.slice().buffer);
    if (rows[0]! > last || rows.at(-1)! < first) continue;
    let shared = 0;
    for (const id of rows) if (ids.has(id)) shared += 1;
    if (shared > 0) related.push({ of, shared });
  }
  related.sort((a, b) => b.shared - a.shared || a.of.rank - b.of.rank || a.of.fact.rowCount - b.of.fact.rowCount);
  return { total: related.length, related: related.slice(0, RELATED) };
};
