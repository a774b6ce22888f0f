import type { FindingShape } from '../../../contract/findings.contract.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { completeSources } from '../../ingestion/storage/source.repository.ts';
import type { DecisionRecord, FindingRecord } from '../storage/finding.repository.ts';
import { decisionsOfCase, findingsOfRun, latestRun, rowsOfFinding } from '../storage/finding.repository.ts';
import type { RunSummary } from './examination-view.ts';

export interface StatedFinding extends FindingRecord {
  readonly state: DecisionRecord['state'];
  readonly stateReason: string | null;
}

const decisionKey = (test: string, key: string): string => `${test}\0${key}`;

/** Findings of the latest run, most severe first, each with the state last decided for the same fact on the same rows (in any run). */
export const findingStates = (store: ReadStore, caseId: string): StatedFinding[] => {
  const run = latestRun(store, caseId);
  if (run === undefined) return [];
  const decided = new Map(
    decisionsOfCase(store, caseId).map(decision => [decisionKey(decision.test, decision.finding_key), decision]),
  );
  return findingsOfRun(store, run.ordinal).map(finding => {
    const decision = decided.get(decisionKey(finding.test, finding.finding_key));
    if (decision === undefined) return { ...finding, state: 'open', stateReason: null };
    // A decision was made on rows that were seen: other rows under the same key are open again.
    return decision.rows_digest === finding.rows_digest
      ? { ...finding, state: decision.state, stateReason: decision.reason === '' ? null : decision.reason }
      : { ...finding, state: 'open', stateReason: `was ${decision.state} before its rows changed: ${decision.reason}` };
  });
};

/** A finding in the words of the wire. */
export const findingShape = (store: ReadStore, finding: StatedFinding, tests: RunSummary['tests']): FindingShape => {
  const rows = rowsOfFinding(store, finding.ordinal);
  const names = completeSources(store, finding.case_id)
    .filter(source =>
      rows.some(id => id >= source.first_transaction_id && id < source.first_transaction_id + source.transaction_count),
    )
    .map(source => source.name);
  return {
    id: finding.id,
    test: finding.test,
    version: finding.version,
    severity: finding.severity as FindingShape['severity'],
    score: finding.score,
    state: finding.state,
    stateReason: finding.stateReason,
    reason: finding.reason,
    parameters: { ...(tests.find(test => test.test === finding.test)?.parameters ?? {}) },
    rowCount: finding.row_count,
    sourceNames: names,
  };
};

/** Findings whose rows hold a transaction. */
export const findingsTouching = (store: ReadStore, caseId: string, transactionId: number) =>
  findingStates(store, caseId)
    .filter(finding => rowsOfFinding(store, finding.ordinal).includes(transactionId))
    .map(({ id, test, severity, reason }) => ({ id, test, severity, reason }));
