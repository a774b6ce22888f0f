import type { VerifyTask } from '../features/audit/service/verify-workspace.ts';
import { verifyWorkspace } from '../features/audit/service/verify-workspace.ts';
import type { ExamineTask } from '../features/detection/service/examine-task.ts';
import { examine } from '../features/detection/service/examine-task.ts';
import type { TestFileTask } from '../features/detection/service/test-file.ts';
import { testFile } from '../features/detection/service/test-file.ts';
import type { LoadColumnsTask } from '../features/ingestion/service/load-columns.ts';
import { loadColumns } from '../features/ingestion/service/load-columns.ts';
import type { ViewTask } from '../features/ingestion/service/view-task.ts';
import { buildView } from '../features/ingestion/service/view-task.ts';
import type { ReconcileFilesTask } from '../features/reconciliation/service/reconcile-files.ts';
import { reconcileFiles } from '../features/reconciliation/service/reconcile-files.ts';
import type { BuildReportTask } from '../features/reports/service/build-report-task.ts';
import type { CheckpointTask } from '../platform/checkpoint.ts';
import { checkpoint } from '../platform/checkpoint.ts';
import type { TaskChannel } from '../platform/worker-task.ts';

export type AnalysisTask =
  | CheckpointTask
  | LoadColumnsTask
  | ViewTask
  | ExamineTask
  | TestFileTask
  | ReconcileFilesTask
  | VerifyTask
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
    case 'test-file':
      return testFile(task);
    case 'reconcile-files':
      return reconcileFiles(task);
    case 'verify':
      return verifyWorkspace(task);
    case 'build-report': {
      // The PDF library takes a third of a second to load: only a report pays for it.
      const { buildReport } = await import('../features/reports/service/build-report-task.ts');
      return buildReport(task);
    }
  }
};
