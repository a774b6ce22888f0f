import type { AuditExportTask } from '../features/audit/service/audit-export-task.ts';
import { writeAuditExport } from '../features/audit/service/audit-export-task.ts';
import type { VerifyExportTask } from '../features/audit/service/audit-export-verify.ts';
import { verifyExport } from '../features/audit/service/audit-export-verify.ts';
import type { ComplianceTask } from '../features/audit/service/audit-search-compliance.ts';
import { complianceOf } from '../features/audit/service/audit-search-compliance.ts';
import type { AuditSearchTask } from '../features/audit/service/audit-search-task.ts';
import { searchAudit } from '../features/audit/service/audit-search-task.ts';
import type { RehashTask } from '../features/audit/service/custody-rehash-task.ts';
import { rehash } from '../features/audit/service/custody-rehash-task.ts';
import type { VerifyTask } from '../features/audit/service/verify-workspace.ts';
import { verifyWorkspace } from '../features/audit/service/verify-workspace.ts';
import type { CalibrateTask } from '../features/detection/service/calibrate-task.ts';
import { calibrate } from '../features/detection/service/calibrate-task.ts';
import type { ExamineTask } from '../features/detection/service/examine-task.ts';
import { examine } from '../features/detection/service/examine-task.ts';
import type { FlowGraphTask } from '../features/detection/service/flow-graph-task.ts';
import { askFlowGraph } from '../features/detection/service/flow-graph-task.ts';
import type { ScoreTask } from '../features/detection/service/score-task.ts';
import { score } from '../features/detection/service/score-task.ts';
import type { TestFileTask } from '../features/detection/service/test-file.ts';
import { testFile } from '../features/detection/service/test-file.ts';
import type { TestRowsTask } from '../features/detection/service/test-rows-task.ts';
import { testRows } from '../features/detection/service/test-rows-task.ts';
import type { TryExplanationsTask } from '../features/detection/service/try-explanations-task.ts';
import { tryExplanations } from '../features/detection/service/try-explanations-task.ts';
import type { LoadColumnsTask } from '../features/ingestion/service/load-columns.ts';
import { loadColumns } from '../features/ingestion/service/load-columns.ts';
import type { ViewTask } from '../features/ingestion/service/view-task.ts';
import { buildView } from '../features/ingestion/service/view-task.ts';
import type { LinkTablesTask } from '../features/parties/service/link-tables.ts';
import { linkTables } from '../features/parties/service/link-tables.ts';
import type { PartyFactsTask } from '../features/parties/service/party-facts-task.ts';
import { partyFacts } from '../features/parties/service/party-facts-task.ts';
import type { ProposePartiesTask } from '../features/parties/service/propose-parties-task.ts';
import { proposeParties } from '../features/parties/service/propose-parties-task.ts';
import type { CashTask } from '../features/reconciliation/service/cash-task.ts';
import { cashProofs } from '../features/reconciliation/service/cash-task.ts';
import type { ReconcileFilesTask } from '../features/reconciliation/service/reconcile-files.ts';
import { reconcileFiles } from '../features/reconciliation/service/reconcile-files.ts';
import type { ReconcileTask } from '../features/reconciliation/service/reconcile-task.ts';
import { reconcileChosen } from '../features/reconciliation/service/reconcile-task.ts';
import type { BuildReportTask } from '../features/reports/service/build-report-task.ts';
import type { CategoryReviewTask } from '../features/standardization/service/category-review-task.ts';
import { categoryReview } from '../features/standardization/service/category-review-task.ts';
import type { CoverageTask } from '../features/standardization/service/coverage-task.ts';
import { countMonths } from '../features/standardization/service/coverage-task.ts';
import type { CoverageTestsTask } from '../features/standardization/service/coverage-tests-task.ts';
import { coverTests } from '../features/standardization/service/coverage-tests-task.ts';
import type { DryRunTask } from '../features/standardization/service/dry-run-task.ts';
import { dryRunRule } from '../features/standardization/service/dry-run-task.ts';
import type { FieldStatisticsTask } from '../features/standardization/service/field-statistics-task.ts';
import { fieldStatistics } from '../features/standardization/service/field-statistics-task.ts';
import type { LiveSetTask } from '../features/standardization/service/live-set-task.ts';
import { liveSetRows } from '../features/standardization/service/live-set-task.ts';
import type { StandardizeTask } from '../features/standardization/service/standardize-task.ts';
import { standardize } from '../features/standardization/service/standardize-task.ts';
import type { ValueChangesTask } from '../features/standardization/service/value-changes-task.ts';
import { valueChanges } from '../features/standardization/service/value-changes-task.ts';
import type { CheckpointTask } from '../platform/checkpoint.ts';
import { checkpoint } from '../platform/checkpoint.ts';
import type { TaskChannel } from '../platform/worker-task.ts';

export type AnalysisTask =
  | CheckpointTask
  | LoadColumnsTask
  | ViewTask
  | ExamineTask
  | FlowGraphTask
  | TestFileTask
  | TryExplanationsTask
  | ScoreTask
  | CalibrateTask
  | TestRowsTask
  | ReconcileFilesTask
  | ReconcileTask
  | CashTask
  | LinkTablesTask
  | VerifyTask
  | AuditExportTask
  | VerifyExportTask
  | AuditSearchTask
  | ComplianceTask
  | RehashTask
  | DryRunTask
  | StandardizeTask
  | ValueChangesTask
  | CategoryReviewTask
  | LiveSetTask
  | CoverageTask
  | CoverageTestsTask
  | PartyFactsTask
  | ProposePartiesTask
  | FieldStatisticsTask
  | BuildReportTask;

/** Runs an analysis task on the worker it was sent to. */
export const runAnalysisTask = async (task: AnalysisTask, channel: TaskChannel): Promise<unknown> => {
  switch (task.task) {
    case 'checkpoint':
      return checkpoint(task);
    case 'load-columns':
      return loadColumns(task);
    case 'view':
      return buildView(task);
    case 'examine':
      return examine(task, channel);
    case 'test-rows':
      return testRows(task);
    case 'flow-graph':
      return askFlowGraph(task);
    case 'test-file':
      return testFile(task);
    case 'try-explanations':
      return tryExplanations(task, channel);
    case 'score':
      return score(task);
    case 'calibrate':
      return calibrate(task, channel);
    case 'cash-proofs':
      return cashProofs(task);
    case 'reconcile':
      return reconcileChosen(task, channel);
    case 'reconcile-files':
      return reconcileFiles(task);
    case 'dry-run-rule':
      return dryRunRule(task);
    case 'standardize':
      return standardize(task, channel);
    case 'value-changes':
      return valueChanges(task);
    case 'coverage':
      return countMonths(task);
    case 'coverage-tests':
      return coverTests(task);
    case 'field-statistics':
      return fieldStatistics(task);
    case 'party-facts':
      return partyFacts(task);
    case 'propose-parties':
      return proposeParties(task, channel);
    case 'live-set':
      return liveSetRows(task);
    case 'category-review':
      return categoryReview(task);
    case 'link-tables':
      return linkTables(task, channel);
    case 'verify':
      return verifyWorkspace(task);
    case 'audit-export':
      return writeAuditExport(task, channel);
    case 'verify-export':
      return verifyExport(task);
    case 'audit-search':
      return searchAudit(task);
    case 'audit-compliance':
      return complianceOf(task);
    case 'rehash':
      return rehash(task, channel);
    case 'build-report': {
      // The PDF library takes a third of a second to load: only a report pays for it.
      const { buildReport } = await import('../features/reports/service/build-report-task.ts');
      return buildReport(task);
    }
  }
};
