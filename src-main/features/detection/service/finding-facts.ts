import type { ReadStore } from '../../../platform/store.ts';
import { factOf, hitName } from '../domain/triage/triage-event.ts';
import type { HitRecord } from '../storage/finding.repository.ts';
import { hitsOfRun, latestRun } from '../storage/finding.repository.ts';

/** A fact: findings of one run on exactly the same rows. The first hit is the most severe. */
export interface Fact {
  readonly id: string;
  readonly rowCount: number;
  readonly hits: readonly HitRecord[];
  /** Names of the hits across runs. */
  readonly hitNames: readonly string[];
}

/** The facts of a run, most severe first, and which finding belongs to which. */
export interface RunFacts {
  readonly run: number;
  readonly facts: readonly Fact[];
  readonly byId: ReadonlyMap<string, Fact>;
  readonly hitCount: number;
}

const NONE: RunFacts = { run: 0, facts: [], byId: new Map(), hitCount: 0 };

/** Groups the findings of a run by their rows. */
const groupHits = (run: number, hits: readonly HitRecord[]): RunFacts => {
  const byId = new Map<string, Fact & { readonly hits: HitRecord[]; readonly hitNames: string[] }>();
  for (const hit of hits) {
    const id = factOf(hit.test, hit.finding_key, hit.row_count, hit.rows_digest);
    let fact = byId.get(id);
    if (fact === undefined) {
      fact = { id, rowCount: hit.row_count, hits: [], hitNames: [] };
      byId.set(id, fact);
    }
    fact.hits.push(hit);
    fact.hitNames.push(hitName(hit.test, hit.finding_key));
  }
  return { run, facts: [...byId.values()], byId, hitCount: hits.length };
};

/** The grouping of the latest run seen through a store: a run never changes once it is listed. */
const known = new WeakMap<ReadStore, Map<string, { readonly runId: string; readonly facts: RunFacts }>>();

/** The facts of a case's latest examination; none before the first. */
export const factsOf = (store: ReadStore, caseId: string): RunFacts => {
  const run = latestRun(store, caseId);
  if (run === undefined) return NONE;
  let cases = known.get(store);
  if (cases === undefined) {
    cases = new Map();
    known.set(store, cases);
  }
  const kept = cases.get(caseId);
  if (kept?.runId === run.id) return kept.facts;
  const facts = groupHits(run.ordinal, hitsOfRun(store, run.ordinal));
  cases.set(caseId, { runId: run.id, facts });
  return facts;
};
