import { NexusError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onQuery } from '../../../engine/handler.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import type { RunSummary } from '../../detection/service/examination-view.ts';
import { runsOfCase } from '../../detection/storage/finding.repository.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import type { FieldStatisticsTask, NamedStatistics } from './field-statistics-task.ts';

export const qualityHandlers: Handlers = {
  ...onQuery('quality.fields', async (context, { caseId, sourceId }) => {
    requireCase(context.store, caseId);
    const all = await caseSources(context, caseId);
    const sources = sourceId === undefined ? all : all.filter(source => source.id === sourceId);
    if (sourceId !== undefined && sources.length === 0)
      throw new NexusError({
        code: 'source.unknown',
        category: 'not-found',
        message: `There is no source ${sourceId} in this case.`,
      });
    const task: FieldStatisticsTask = { task: 'field-statistics', sources };
    const fields = (await context.pool.run('analysis', task)) as readonly NamedStatistics[];
    return { fields: fields.map(({ top, ...field }) => ({ ...field, top: top.map(value => ({ ...value })) })) };
  }),
  ...onQuery('quality.trend', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    return {
      runs: runsOfCase(store, caseId).map(({ id, ran_at, summary }) => {
        const { quality } = JSON.parse(summary) as RunSummary;
        return {
          runId: id,
          ranAt: ran_at,
          score: quality.score,
          dimensions: Object.fromEntries(
            Object.entries(quality.dimensions).map(([dimension, { score }]) => [dimension, score]),
          ),
        };
      }),
    };
  }),
};
