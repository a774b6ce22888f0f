import type { Handlers, JobContext } from '../../../engine/handler.ts';
import { onJob } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import type { ExplanationOutcome } from '../domain/triage/triage-event.ts';
import { currentSettings } from '../storage/detection-settings.repository.ts';
import { latestRun, rowsOfFinding } from '../storage/finding.repository.ts';
import { appendFindingEvents } from './append-finding-events.ts';
import type { RunSummary } from './examination-view.ts';
import { targetFacts } from './finding-target.ts';
import { explanationsOf } from './finding-view.ts';
import type { CheckedFact, TryExplanationsTask } from './try-explanations-task.ts';

/** The case's materiality; where its settings state none, the one that the latest examination's tests were given; '' for none. */
const materialityOf = (store: ReadStore, caseId: string): string => {
  const stated = currentSettings(store, caseId).settings.values.materiality ?? '';
  if (stated !== '') return stated;
  const run = latestRun(store, caseId);
  if (run === undefined) return '';
  const { tests } = JSON.parse(run.summary) as RunSummary;
  return tests.map(({ parameters }) => parameters.materiality ?? '').find(given => given !== '') ?? '';
};

/** Keeps what was found: an event a fact, all under one entry of the log. */
const storeOutcomes = (context: JobContext, caseId: string, checked: readonly CheckedFact[]): void => {
  const stated = new Map(
    targetFacts(context.workspace().read, caseId, { facts: checked.map(({ fact }) => fact) }).map(each => [
      each.fact.id,
      each,
    ]),
  );
  context.write((store, audit) => {
    const { logged } = appendFindingEvents(
      context,
      store,
      caseId,
      checked.map(({ fact, entries }) => ({
        facts: [stated.get(fact)!.fact],
        body: {
          kind: 'explanations-tried',
          by: 'check',
          entries: entries.map(({ ids, ...entry }) => ({ ...entry, rowCount: ids.length })),
        },
        rows: new Map(entries.map(({ explanation, ids }) => [explanation, ids])),
      })),
    );
    audit('finding.explanations-tried', { ...logged, findings: checked.length });
  });
};

export const tryExplanationsHandler: Handlers = onJob('findings.tryExplanations', {
  title: ({ facts }) =>
    facts.length === 1 ? 'Innocent explanations' : `Innocent explanations of ${facts.length} findings`,
  onCancel: 'Nothing is kept of it; what was tried before stays.',
  run: async (context, { caseId, facts, materiality }) => {
    const { read } = context.workspace();
    requireCase(read, caseId);
    const stated = targetFacts(read, caseId, { facts });
    const task: TryExplanationsTask = {
      task: 'try-explanations',
      sources: await caseSources(context, caseId),
      events: recipeEvents(read, caseId),
      facts: stated.map(({ fact }) => ({
        fact: fact.id,
        ids: rowsOfFinding(read, fact.hits[0]!.ordinal),
        explanations: explanationsOf(fact),
      })),
      materiality: materiality ?? materialityOf(read, caseId),
    };
    const checked = (await context.pool.run('analysis', task, {
      signal: context.signal,
      onMessage: body => {
        const { done, total } = body as { done: number; total: number };
        context.progress({ stage: 'trying innocent explanations', done, total, unit: 'findings' });
      },
    })) as CheckedFact[];
    storeOutcomes(context, caseId, checked);
    const outcomes = checked.flatMap(({ entries }) => entries.map(({ outcome }) => outcome));
    const count = (wanted: ExplanationOutcome): number => outcomes.filter(outcome => outcome === wanted).length;
    return {
      facts: checked.length,
      supports: count('supports'),
      against: count('against'),
      unclear: count('unclear'),
    };
  },
});
