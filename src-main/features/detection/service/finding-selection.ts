import type { FindingFilter } from '../../../contract/findings.contract.ts';
import { SEVERITIES } from '../../../contract/findings.contract.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { findTest } from '../domain/test-catalogue.ts';
import type { TriageState } from '../domain/triage/fold-triage.ts';
import type { Fact } from './finding-facts.ts';
import { factsOf } from './finding-facts.ts';
import type { FindingLedger } from './finding-ledger.ts';
import { ledgerOf } from './finding-ledger.ts';

/** A fact with where it stands. */
export interface StatedFact {
  readonly fact: Fact;
  readonly triage: TriageState;
  /** Rank of the severity in force: 0 is critical. */
  readonly rank: number;
}

export type ReviewStanding = 'approved' | 'returned' | 'waiting' | null;

/** Approved, returned, waiting for either; null where there is nothing to review. */
export const reviewStanding = ({ state, review }: TriageState): ReviewStanding =>
  review !== null ? review.verdict : state === 'open' ? null : 'waiting';

export const groupOfTest = (test: string): string => findTest(test)?.group ?? '';

interface Stated {
  readonly runId: number;
  readonly head: number;
  readonly facts: readonly StatedFact[];
}
const known = new WeakMap<ReadStore, Map<string, Stated>>();

export interface CaseFindings {
  readonly facts: readonly StatedFact[];
  readonly ledger: FindingLedger;
  /** Number of the last event. */
  readonly head: number;
  readonly run: number;
}

/** Every fact of a case's latest examination with where it stands, most severe (as in force) first. */
export const caseFindings = (store: ReadStore, caseId: string): CaseFindings => {
  const { run, facts } = factsOf(store, caseId);
  const { ledger, head } = ledgerOf(store, caseId);
  let cases = known.get(store);
  if (cases === undefined) {
    cases = new Map();
    known.set(store, cases);
  }
  const kept = cases.get(caseId);
  if (kept?.runId === run && kept.head === head) return { facts: kept.facts, ledger, head, run };
  const stated = facts.map((fact): StatedFact => {
    const triage = ledger.stateOf(fact);
    const found = fact.hits[0]?.severity_rank ?? SEVERITIES.length;
    return { fact, triage, rank: triage.severity === null ? found : SEVERITIES.indexOf(triage.severity.severity) };
  });
  // Facts come in the order of their tests' severities: only an override moves one.
  const ordered = stated.some(({ triage }) => triage.severity !== null)
    ? stated.toSorted((a, b) => a.rank - b.rank)
    : stated;
  cases.set(caseId, { runId: run, head, facts: ordered });
  return { facts: ordered, ledger, head, run };
};

type FacetName = keyof FindingFilter;
const FACETS: readonly FacetName[] = ['severity', 'test', 'group', 'state', 'assignee', 'flagged', 'review'];

const values = ({ fact, triage, rank }: StatedFact, facet: FacetName): readonly (string | boolean)[] => {
  switch (facet) {
    case 'severity':
      return [SEVERITIES[rank] ?? ''];
    case 'test':
      return fact.hits.length === 1 ? [fact.hits[0]!.test] : [...new Set(fact.hits.map(({ test }) => test))];
    case 'group':
      return [...new Set(fact.hits.map(({ test }) => groupOfTest(test)))];
    case 'state':
      return [triage.state];
    case 'assignee':
      return [triage.assignee ?? ''];
    case 'flagged':
      return [triage.flagged];
    case 'review':
      return [reviewStanding(triage) ?? ''];
  }
};

export type FacetCounts = Readonly<Record<FacetName, Readonly<Record<string, number>>>>;

/** Facts that meet a filter, and of each facet how many its values have among those that meet all other conditions. */
export const selectFacts = (
  facts: readonly StatedFact[],
  filter: FindingFilter,
): { readonly chosen: readonly StatedFact[]; readonly counts: FacetCounts } => {
  const conditions = FACETS.filter(facet => filter[facet] !== undefined);
  const chosen: StatedFact[] = [];
  const counts = Object.fromEntries(FACETS.map(facet => [facet, {}])) as Record<FacetName, Record<string, number>>;
  for (const fact of facts) {
    const failed = conditions.filter(facet => !values(fact, facet).includes(filter[facet]!));
    if (failed.length === 0) chosen.push(fact);
    if (failed.length > 1) continue;
    for (const facet of failed.length === 0 ? FACETS : failed)
      for (const value of values(fact, facet)) counts[facet][`${value}`] = (counts[facet][`${value}`] ?? 0) + 1;
  }
  return { chosen, counts };
};
