import { NexusError } from '../../../contract/errors.ts';
import type { StandardizationSummary } from '../../../contract/standardization.contract.ts';
import type { HandlerContext, Handlers, JobContext, QueryContext } from '../../../engine/handler.ts';
import { onCommand, onJob, onQuery } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { inputDigest } from '../../detection/service/examination-view.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { completeSources } from '../../ingestion/storage/source.repository.ts';
import { transactionById } from '../../ingestion/storage/transaction.repository.ts';
import { TAXONOMY } from '../domain/categories/taxonomy.ts';
import { foldRecipe } from '../domain/recipe/fold-recipe.ts';
import type { RecipeStep } from '../domain/recipe/recipe-step.ts';
import { recipeEvents, recipeHead } from '../storage/recipe.repository.ts';
import {
  deleteStandardizationSets,
  insertStandardization,
  insertStandardizationSet,
  latestStandardization,
  nextStandardization,
} from '../storage/standardization.repository.ts';
import { appendSteps, loggedSteps } from './append-steps.ts';
import type { CategoryReviewTask, CategorySuggestion } from './category-review-task.ts';
import { type LiveSet, type LiveSetTask, reviewSetName, valueSetName } from './live-set-task.ts';
import type { Standardized, StandardizeTask } from './standardize-task.ts';
import { standardizedRow } from './standardized-row.ts';
import type { ValueChange, ValueChangesTask } from './value-changes-task.ts';

/** What every task over a case's records is given. */
const caseTask = async (context: HandlerContext, store: ReadStore, caseId: string) => {
  const workspace = context.workspace();
  requireCase(store, caseId);
  return {
    storePath: workspace.storePath,
    key: workspace.dataKey,
    sources: await caseSources(context, caseId),
    events: recipeEvents(store, caseId),
  };
};

/** Ids of the transactions behind a number of the screens that no run stores; found on an analysis worker. */
export const findLiveSet = async (context: QueryContext, caseId: string, set: LiveSet): Promise<Float64Array> =>
  (await context.pool.run('analysis', {
    task: 'live-set',
    ...(await caseTask(context, context.store, caseId)),
    set,
  } satisfies LiveSetTask)) as Float64Array;

const requireRecord = (store: ReadStore, caseId: string, transactionId: number) => {
  const record = transactionById(store, transactionId);
  const sources = completeSources(store, caseId);
  const source = sources.find(({ ordinal }) => ordinal === record?.source);
  if (record === undefined || source === undefined)
    throw new NexusError({
      code: 'transaction.unknown',
      category: 'not-found',
      message: `There is no transaction ${transactionId} in this case.`,
    });
  return { record, source, sources };
};

const blob = (ids: Float64Array): Uint8Array => Buffer.from(ids.buffer as ArrayBuffer, ids.byteOffset, ids.byteLength);

/**
 * Stores a run: the rows behind its figures in short units of work under a number that nothing shows yet; the run and its
 * audit entry last, in one transaction. Figures of the case's earlier run are given up: they can always be computed again.
 */
const storeRun = async (
  context: JobContext,
  caseId: string,
  recipeSeq: number,
  digest: string,
  standardized: Standardized,
): Promise<StandardizationSummary> => {
  const { write } = context.workspace();
  const before = latestStandardization(write, caseId);
  const ordinal = nextStandardization(write);
  context.write(() => deleteStandardizationSets(write, ordinal));
  for (const { figures } of standardized.stages)
    for (const { name, ids } of figures) {
      context.write(() => insertStandardizationSet(write, ordinal, name, blob(ids)));
      await context.breathe();
    }
  const run = {
    ordinal,
    id: context.ports.ids.next(),
    ranAt: new Date(context.ports.clock.now()).toISOString(),
    inputDigest: digest,
    recipeSeq,
    outputDigest: standardized.digest,
    summary: {
      rows: standardized.rows,
      stages: standardized.stages.map(({ stage, changed, figures }) => ({
        stage,
        rows: standardized.rows,
        changed,
        figures: figures.map(({ name, title, ids }) => ({ name, title, count: ids.length, set: name })),
      })),
      rules: standardized.rules.map(rule => ({ ...rule })),
      conflicts: standardized.conflicts.map(conflict => ({ ...conflict })),
      timings: { ...standardized.timings },
    },
  };
  context.write((store, audit) => {
    insertStandardization(store, caseId, run);
    if (before !== undefined) deleteStandardizationSets(store, before.ordinal);
    audit('standardization.completed', {
      case: caseId,
      run: run.id,
      input: `sha256:${digest}`,
      'recipe-seq': recipeSeq,
      output: `sha256:${standardized.digest}`,
    });
  });
  return { runId: run.id, ranAt: run.ranAt, recipeSeq, digest: run.outputDigest, ...run.summary };
};

const CATEGORY_FIGURE = /^category:([a-z]+):(.*)$/s;

export const standardizationHandlers: Handlers = {
  ...onJob('standardization.run', {
    title: () => 'Standardization',
    onCancel: 'The records and the recipe stay; the unfinished run is discarded.',
    run: async (context, { caseId }) => {
      const workspace = context.workspace();
      const { read } = workspace;
      const common = await caseTask(context, read, caseId);
      const digest = inputDigest(read, caseId);
      let stages = 0;
      const standardized = (await context.pool.run(
        'analysis',
        { task: 'standardize', ...common } satisfies StandardizeTask,
        {
          signal: context.signal,
          onMessage: body =>
            context.progress({ stage: (body as { stage: string }).stage, done: ++stages, total: null, unit: 'steps' }),
        },
      )) as Standardized;
      const seq = common.events.at(-1)?.seq ?? 0;
      return workspace.exclusive(context.signal, () => storeRun(context, caseId, seq, digest, standardized));
    },
  }),
  ...onQuery('standardization.read', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    const run = latestStandardization(store, caseId);
    if (run === undefined) return null;
    return {
      runId: run.id,
      ranAt: run.ranAt,
      recipeSeq: run.recipeSeq,
      digest: run.outputDigest,
      ...run.summary,
      stale: run.recipeSeq !== recipeHead(store, caseId) || run.inputDigest !== inputDigest(store, caseId),
    };
  }),
  ...onQuery('standardization.changes', async (context, { caseId, field, only, offset, limit }) => {
    const task: ValueChangesTask = {
      task: 'value-changes',
      ...(await caseTask(context, context.store, caseId)),
      field,
    };
    const all = (await context.pool.run('analysis', task)) as readonly ValueChange[];
    const chosen = all.filter(({ original, standardized, problem }) =>
      only === 'all' ? true : only === 'problems' ? problem !== null : standardized !== original,
    );
    return {
      total: chosen.length,
      values: chosen.slice(offset, offset + limit).map(value => ({ field, ...value, set: valueSetName(field, value) })),
    };
  }),
  ...onQuery('standardization.row', ({ store }, { caseId, transactionId }) => {
    requireCase(store, caseId);
    const { record, source, sources } = requireRecord(store, caseId, transactionId);
    return standardizedRow(store, sources, source, record, foldRecipe(recipeEvents(store, caseId)));
  }),
  ...onQuery('categories.list', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    const figures = latestStandardization(store, caseId)?.summary.stages.flatMap(stage => stage.figures) ?? [];
    return {
      taxonomy: TAXONOMY.flatMap(({ group, categories }) => categories.map(category => ({ category, group }))),
      counts: figures.flatMap(({ name, count }) => {
        const [, origin, category] = CATEGORY_FIGURE.exec(name) ?? [];
        if (origin === undefined || category === undefined) return [];
        return [{ category: category === '' ? null : category, rows: count, byOrigin: { [origin]: count }, set: name }];
      }),
    };
  }),
  ...onQuery('categories.suggestions', async (context, { caseId, offset, limit }) => {
    const task: CategoryReviewTask = { task: 'category-review', ...(await caseTask(context, context.store, caseId)) };
    const all = (await context.pool.run('analysis', task)) as readonly CategorySuggestion[];
    return {
      total: all.length,
      suggestions: all.slice(offset, offset + limit).map(each => ({
        ...each,
        name: each.party,
        alternatives: [...each.alternatives],
        set: reviewSetName(each),
      })),
    };
  }),
  ...onCommand('categories.confirm', (context, { caseId, subject, category }) => {
    requireCase(context.store, caseId);
    let step: RecipeStep;
    let title: string;
    if ('party' in subject) {
      step = { kind: 'category-confirmed', subject, category };
      title = `${subject.party} (${subject.direction === 'in' ? 'money in' : 'money out'}) is ${category}`;
    } else {
      const { record, source } = requireRecord(context.store, caseId, subject.transactionId);
      const key = { source: source.sha256, index: record.id - source.first_transaction_id };
      step = { kind: 'category-confirmed', subject: { record: key }, category };
      title = `Row ${record.row_number} of ${source.name} is ${category}`;
    }
    const events = appendSteps(context, context.store, caseId, [{ title, body: step }]);
    context.audit({ ...loggedSteps(caseId, events), category });
    return { seq: events[0]?.seq ?? 0 };
  }),
};
