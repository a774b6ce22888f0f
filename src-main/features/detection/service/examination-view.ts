import type { QualityShape } from '../../../contract/examinations.contract.ts';
import type { ReconciliationSummary } from '../../../contract/reconciliations.contract.ts';
import type { TestRunShape } from '../../../contract/tests.contract.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { completeSources } from '../../ingestion/storage/source.repository.ts';
import { latestRun } from '../storage/finding.repository.ts';
import type { DuplicateCounts } from './duplicate-pairs.ts';

/** What a run keeps as its summary. */
export interface RunSummary {
  readonly quality: QualityShape;
  readonly duplicates: DuplicateCounts;
  readonly reconciliation: ReconciliationSummary;
  readonly tests: readonly TestRunShape[];
}

/** SHA-256 over what an examination of the case rests on: its sources' digests, sides and row counts, in import order. */
export const inputDigest = (store: ReadStore, caseId: string): string =>
  hex(
    sha256(
      utf8(
        JSON.stringify(
          completeSources(store, caseId).map(source => [
            source.sha256,
            source.side,
            source.transaction_count,
            source.dialect,
          ]),
        ),
      ),
    ),
  );

/** The latest examination of a case; null when none was run. Stale: sources were added since. */
export const examinationOf = (store: ReadStore, caseId: string) => {
  const run = latestRun(store, caseId);
  if (run === undefined) return null;
  const summary = JSON.parse(run.summary) as RunSummary;
  return {
    runId: run.id,
    ranAt: run.ran_at,
    stale: run.input_digest !== inputDigest(store, caseId),
    quality: summary.quality,
    duplicates: summary.duplicates,
    reconciliation: summary.reconciliation,
    tests: [...summary.tests],
  };
};
