import type { FindingShape } from '../../../contract/findings.contract.ts';
import { SEVERITIES } from '../../../contract/findings.contract.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import { completeSources } from '../../ingestion/storage/source.repository.ts';
import { EXPLANATIONS } from '../domain/forensic-test.ts';
import { findTest } from '../domain/test-catalogue.ts';
import type { TriageDecision, TriageState } from '../domain/triage/fold-triage.ts';
import { stateReasonOf } from '../domain/triage/triage-words.ts';
import type { FindingRecord } from '../storage/finding.repository.ts';
import {
  findingsByOrdinal,
  findingsHolding,
  findingsOfRun,
  latestRun,
  rowsOfFinding,
} from '../storage/finding.repository.ts';
import type { RunSummary } from './examination-view.ts';
import type { Fact } from './finding-facts.ts';
import type { StatedFact } from './finding-selection.ts';
import { caseFindings, groupOfTest } from './finding-selection.ts';

/** A finding of one test, with the state of the fact it belongs to. */
export interface StatedFinding extends FindingRecord {
  readonly fact: string;
  readonly state: TriageState['state'];
  readonly stateReason: string | null;
  readonly triage: TriageState;
}

/** Findings of the latest run, one a test and fact, most severe first, each with where its fact stands. */
export const findingStates = (store: ReadStore, caseId: string): StatedFinding[] => {
  const run = latestRun(store, caseId);
  if (run === undefined) return [];
  const factOfHit = new Map<number, StatedFact>();
  for (const stated of caseFindings(store, caseId).facts)
    for (const { ordinal } of stated.fact.hits) factOfHit.set(ordinal, stated);
  return findingsOfRun(store, run.ordinal).map(finding => {
    const stated = factOfHit.get(finding.ordinal);
    if (stated === undefined) throw new Error(`finding ${finding.id} belongs to no fact`);
    const { fact, triage } = stated;
    return { ...finding, fact: fact.id, state: triage.state, stateReason: stateReasonOf(triage), triage };
  });
};

/** How many facts the latest examination found, how many nobody has decided on, and how many of each severity in force. */
export const factCounts = (
  store: ReadStore,
  caseId: string,
): { readonly all: number; readonly open: number; readonly bySeverity: Readonly<Record<string, number>> } => {
  const { facts } = caseFindings(store, caseId);
  const bySeverity: Record<string, number> = {};
  let open = 0;
  for (const { triage, rank } of facts) {
    if (triage.state === 'open') open += 1;
    const severity = SEVERITIES[rank] ?? '';
    bySeverity[severity] = (bySeverity[severity] ?? 0) + 1;
  }
  return { all: facts.length, open, bySeverity };
};

const decisionShape = ({ state, reason, actor, at }: TriageDecision) => ({ state, reason, actor, at });

/** The explanations that a fact's tests name, each once, in the catalogue's order. */
export const explanationsOf = (fact: Fact): string[] => {
  const named = new Set(fact.hits.flatMap(({ test }) => findTest(test)?.explanations ?? []));
  return EXPLANATIONS.filter(id => named.has(id));
};

const sourcesHolding = (sources: readonly SourceRecord[], rows: Float64Array): string[] =>
  sources
    .filter(({ first_transaction_id: first, transaction_count: count }) => {
      // Rows ascend: the first that is not before the source lies in it, or none does.
      let low = 0;
      let high = rows.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (rows[middle]! < first) low = middle + 1;
        else high = middle;
      }
      return low < rows.length && rows[low]! < first + count;
    })
    .map(({ name }) => name);

/** Facts in the words of the wire. */
export const findingShapes = (
  store: ReadStore,
  caseId: string,
  facts: readonly StatedFact[],
  tests: RunSummary['tests'],
): FindingShape[] => {
  const sources = completeSources(store, caseId);
  return facts.map(stated => findingShape(store, stated, tests, sources));
};

const findingShape = (
  store: ReadStore,
  { fact, triage, rank }: StatedFact,
  tests: RunSummary['tests'],
  sources: readonly SourceRecord[],
): FindingShape => {
  const records = findingsByOrdinal(
    store,
    fact.hits.map(({ ordinal }) => ordinal),
  );
  const [main] = records;
  if (main === undefined) throw new Error(`fact ${fact.id} has no finding`);
  const runOf = (test: string) => tests.find(run => run.test === test);
  const explanations = explanationsOf(fact);
  const outcomes = triage.tried.map(({ outcome }) => outcome);
  const count = (wanted: string): number => outcomes.filter(outcome => outcome === wanted).length;
  const { decision, reopened, review } = triage;
  return {
    id: main.id,
    fact: fact.id,
    test: main.test,
    version: main.version,
    severity: SEVERITIES[rank]!,
    testSeverity: main.severity as FindingShape['severity'],
    severityReason: triage.severity?.reason ?? null,
    score: main.score,
    state: triage.state,
    stateReason: stateReasonOf(triage),
    reason: main.reason,
    parameters: { ...(runOf(main.test)?.parameters ?? {}) },
    rowCount: fact.rowCount,
    sourceNames: sourcesHolding(sources, rowsOfFinding(store, main.ordinal)),
    hits: records.map(({ id, test, version, severity, score, reason }) => ({
      id,
      test,
      version,
      title: runOf(test)?.title ?? test,
      group: groupOfTest(test),
      severity: severity as FindingShape['severity'],
      score,
      reason,
      parameters: { ...(runOf(test)?.parameters ?? {}) },
    })),
    decision: decision === null ? null : decisionShape(decision),
    conflict: triage.conflict.map(decisionShape),
    reopened:
      reopened === null
        ? null
        : { why: reopened.why, decision: decisionShape(reopened.decision), tests: [...reopened.tests] },
    review:
      review === null
        ? null
        : {
            verdict: review.verdict,
            reason: review.reason,
            actor: review.actor,
            at: review.at,
            fourEyes: review.fourEyes,
          },
    flagged: triage.flagged,
    assignee: triage.assignee,
    comments: triage.comments,
    tried: {
      supports: count('supports'),
      against: count('against'),
      unclear: count('unclear'),
      untried: explanations.filter(
        id => !triage.tried.some(({ by, explanation }) => by === 'check' && explanation === id),
      ).length,
    },
  };
};

/** Findings whose rows hold a transaction. */
export const findingsTouching = (store: ReadStore, caseId: string, transactionId: number) => {
  const run = latestRun(store, caseId);
  if (run === undefined) return [];
  return findingsHolding(store, run.ordinal, transactionId)
    .filter(finding => rowsOfFinding(store, finding.ordinal).includes(transactionId))
    .map(({ id, test, severity, reason }) => ({ id, test, severity, reason }));
};
