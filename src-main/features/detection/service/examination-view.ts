import type { QualityShape } from '../../../contract/examinations.contract.ts';
import type { ReconciliationSummary } from '../../../contract/reconciliations.contract.ts';
import type { TestRunShape } from '../../../contract/tests.contract.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { completeSources } from '../../ingestion/storage/source.repository.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { currentSettings } from '../storage/detection-settings.repository.ts';
import type { RunRecord } from '../storage/finding.repository.ts';
import { latestRun } from '../storage/finding.repository.ts';
import { decisionsDigest } from './decided-view.ts';
import type { DuplicateCounts } from './duplicate-pairs.ts';

/** What a run keeps as its summary. */
export interface RunSummary {
  readonly quality: QualityShape;
  readonly duplicates: DuplicateCounts;
  readonly reconciliation: ReconciliationSummary;
  readonly tests: readonly TestRunShape[];
  /** What people had decided of parties and duplicates (`decisionsDigest`); absent in runs of earlier versions. */
  readonly decisions?: string;
  /** Version of the case's settings; absent in runs of earlier versions. */
  readonly settings?: number;
  /** What quality and duplicates, and the matching, rest on (SHA-256): equal ones are taken over. */
  readonly qualityBasis?: string;
  readonly reconciliationBasis?: string;
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

/** Whether sources, decisions on parties and duplicates, or the settings of the tests have changed since a run of the case. */
export const isStale = (store: ReadStore, caseId: string, run: RunRecord, summary: RunSummary): boolean =>
  run.input_digest !== inputDigest(store, caseId) ||
  (summary.decisions !== undefined && summary.decisions !== decisionsDigest(recipeEvents(store, caseId))) ||
  (summary.settings !== undefined && summary.settings !== currentSettings(store, caseId).version);

/** The latest examination of a case; null when none was run. */
export const examinationOf = (store: ReadStore, caseId: string) => {
  const run = latestRun(store, caseId);
  if (run === undefined) return null;
  const summary = JSON.parse(run.summary) as RunSummary;
  return {
    runId: run.id,
    ranAt: run.ran_at,
    stale: isStale(store, caseId, run, summary),
    quality: summary.quality,
    // A run of before these were counted states neither.
    duplicates: { ...{ overlaps: 0, confirmed: 0 }, ...summary.duplicates },
    reconciliation: summary.reconciliation,
    tests: [...summary.tests],
  };
};
