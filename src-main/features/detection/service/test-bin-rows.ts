import { NexusError } from '../../../contract/errors.ts';
import type { QueryContext } from '../../../engine/handler.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { findTest } from '../domain/test-catalogue.ts';
import { latestRun } from '../storage/finding.repository.ts';
import type { RunSummary } from './examination-view.ts';
import { tableBases } from './run-catalogue-basis.ts';
import { isUnchanged } from './run-catalogue-plan.ts';
import type { TestRowsTask } from './test-rows-task.ts';

/**
 * Transaction ids in a class (`TEST:KEY`) of the latest run of a test. Throws `filter.bin` where there is no such class and
 * `test.stale` where the records are no longer those that were counted: other rows than the figure's would be shown.
 */
export const testBinRows = async (context: QueryContext, caseId: string, address: string): Promise<Float64Array> => {
  const at = address.indexOf(':');
  const test = findTest(address.slice(0, at));
  const bin = address.slice(at + 1);
  const run = latestRun(context.store, caseId);
  const ran =
    run === undefined
      ? undefined
      : (JSON.parse(run.summary) as RunSummary).tests.find(known => known.test === test?.id && known.notRun === null);
  if (test === null || ran === undefined || !ran.bins.some(({ key }) => key === bin))
    throw new NexusError({
      code: 'filter.bin',
      category: 'not-found',
      message: `The latest examination has no class “${bin}” of the test “${address.slice(0, Math.max(0, at))}”.`,
    });
  const sources = await caseSources(context, caseId);
  const events = recipeEvents(context.store, caseId);
  const basis = tableBases(sources, events)[test.side];
  if (!isUnchanged(test, ran.parameters, basis, ran))
    throw new NexusError({
      code: 'test.stale',
      category: 'conflict',
      message: `What ${test.title} ran on has changed since: its figures are of records as they were.`,
      remedy: 'Run the test again.',
    });
  const { storePath, dataKey } = context.workspace();
  const task: TestRowsTask = {
    task: 'test-rows',
    storePath,
    key: dataKey,
    sources,
    events,
    planned: { test: test.id, side: test.side, parameters: ran.parameters },
    bin,
  };
  return (await context.pool.run('analysis', task)) as Float64Array;
};
