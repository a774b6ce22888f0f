import type { CalibrationShape } from '../../../contract/calibrations.contract.ts';
import { NexusError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onJob, onQuery } from '../../../engine/handler.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import type { Parameters } from '../domain/forensic-test.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import { insertCalibration } from '../storage/calibration.repository.ts';
import { latestRun } from '../storage/finding.repository.ts';
import type { CalibrateTask, Calibration } from './calibrate-task.ts';
import { calibrationBasis, calibrationOf } from './calibration-view.ts';
import type { RunSummary } from './examination-view.ts';

/** Parameters of the latest examination, by test; a test that did not run then has its own defaults. */
const parametersOf = (store: ReadStore, caseId: string): Record<string, Parameters> => {
  const run = latestRun(store, caseId);
  if (run === undefined) return {};
  return Object.fromEntries(
    (JSON.parse(run.summary) as RunSummary).tests.flatMap(({ test, notRun, parameters }) =>
      notRun === null ? [[test, parameters]] : [],
    ),
  );
};

export const calibrationHandlers: Handlers = {
  ...onJob('calibrations.run', {
    title: () => 'Calibration',
    onCancel: 'Nothing is stored; the records were not touched.',
    run: async (context, { caseId, seed, motifs }) => {
      const workspace = context.workspace();
      requireCase(workspace.read, caseId);
      const sources = await caseSources(context, caseId);
      if (sources.every(source => source.columns.count === 0))
        throw new NexusError({
          code: 'case.no-transactions',
          category: 'conflict',
          message: 'The case holds no transactions to plant motifs into.',
          remedy: 'Import a statement first.',
        });
      const basis = calibrationBasis(workspace.read, caseId);
      const task: CalibrateTask = {
        task: 'calibrate',
        storePath: workspace.storePath,
        key: workspace.dataKey,
        sources,
        events: recipeEvents(workspace.read, caseId),
        parameters: parametersOf(workspace.read, caseId),
        seed,
        motifs,
      };
      let done = 0;
      const measured = (await context.pool.run('analysis', task, {
        signal: context.signal,
        onMessage: body =>
          context.progress({
            stage: (body as { stage: string }).stage,
            done: done++,
            total: TEST_CATALOGUE.length,
            unit: 'tests',
          }),
      })) as Calibration;
      const shape: CalibrationShape = {
        id: context.ports.ids.next(),
        ranAt: new Date(context.ports.clock.now()).toISOString(),
        seed,
        motifs,
        rows: measured.rows,
        tests: [...measured.tests],
      };
      const summary = JSON.stringify(shape);
      context.write((store, audit) => {
        insertCalibration(store, { id: shape.id, case_id: caseId, ran_at: shape.ranAt, basis, summary });
        audit('calibration.completed', {
          case: caseId,
          calibration: shape.id,
          seed,
          motifs,
          summary: `sha256:${hex(sha256(utf8(summary)))}`,
        });
      });
      return shape;
    },
  }),
  ...onQuery('calibrations.read', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    return calibrationOf(store, caseId);
  }),
};
