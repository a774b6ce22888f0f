import { NexusError } from '../../../contract/errors.ts';
import { RecipeStepShape } from '../../../contract/recipes.contract.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { completeSources } from '../../ingestion/storage/source.repository.ts';
import { foldRecipe, stepStatuses, supersededByUndo } from '../domain/recipe/fold-recipe.ts';
import type { RecipeStep } from '../domain/recipe/recipe-step.ts';
import { ruleProblems } from '../domain/rules/rule-problems.ts';
import { recipeEvents, recipeHead } from '../storage/recipe.repository.ts';
import { appendSteps, loggedSteps } from './append-steps.ts';

/** The steps of these numbers; throws `recipe.step-unknown` for a number that is no step, `recipe.step-state` for one that cannot. */
const chosenSteps = (store: ReadStore, caseId: string, seqs: readonly number[], standing: boolean) => {
  requireCase(store, caseId);
  const steps = new Map(stepStatuses(recipeEvents(store, caseId)).map(status => [status.event.seq, status]));
  return [...new Set(seqs)]
    .sort((a, b) => a - b)
    .map(seq => {
      const status = steps.get(seq);
      if (status === undefined)
        throw new NexusError({
          code: 'recipe.step-unknown',
          category: 'not-found',
          message: `The recipe has no step ${seq}.`,
        });
      if (status.standing !== standing)
        throw new NexusError({
          code: 'recipe.step-state',
          category: 'conflict',
          message: `Step ${seq} (${status.event.title}) ${standing ? 'is undone already' : 'is not undone'}.`,
        });
      return status;
    });
};

/** Digests of the files a step speaks of. */
const sourcesOf = (step: RecipeStep): string[] => {
  switch (step.kind) {
    case 'category-confirmed':
      return 'record' in step.subject ? [step.subject.record.source] : [];
    case 'duplicates-confirmed':
    case 'duplicates-rejected':
      return step.pairs.flatMap(({ keep, duplicate }) => [keep.source, duplicate.source]);
    case 'source-read':
      return [step.source];
    default:
      return [];
  }
};

/** Throws `recipe.rule-invalid` for a rule that cannot run: it would keep every later run of the case from ending. */
const refuseRules = (steps: readonly { readonly title: string; readonly step: RecipeStep }[]): void => {
  steps.forEach(({ title, step }, i) => {
    const [problem] = step.kind === 'rule-saved' ? ruleProblems(step.rule) : [];
    if (problem === undefined) return;
    throw new NexusError({
      code: 'recipe.rule-invalid',
      category: 'usage',
      message: `Step ${i + 1} of the recipe (${title}) holds a rule that cannot run: ${problem.message}`,
      kept: 'Nothing was applied.',
    });
  });
};

const reversal = (kind: 'step-undone' | 'step-redone', word: string) =>
  onCommand(kind === 'step-undone' ? 'recipes.undo' : 'recipes.redo', (context, { caseId, seqs }) => {
    const chosen = chosenSteps(context.store, caseId, seqs, kind === 'step-undone');
    const events = appendSteps(
      context,
      context.store,
      caseId,
      chosen.map(({ event }) => ({ title: `${word}: ${event.title}`, body: { kind, of: event.seq } })),
    );
    context.audit({ ...loggedSteps(caseId, events), steps: chosen.map(({ event }) => event.seq) });
    return { head: recipeHead(context.store, caseId) };
  });

export const recipeHandlers: Handlers = {
  ...onQuery('recipes.list', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    const events = recipeEvents(store, caseId);
    const { withoutEffect } = foldRecipe(events);
    const steps = stepStatuses(events).map(({ event, step, standing, undoneBy }) => ({
      seq: event.seq,
      kind: step.kind,
      title: event.title,
      actor: event.actor,
      at: event.at,
      standing,
      undoneBy,
      withoutEffect: withoutEffect.has(event.seq),
      step: RecipeStepShape.parse(step),
    }));
    return { head: events.at(-1)?.seq ?? 0, steps: steps.reverse() };
  }),
  ...onQuery('recipes.previewUndo', ({ store }, { caseId, seqs }) => {
    const chosen = chosenSteps(store, caseId, seqs, true).map(({ event }) => event.seq);
    const events = recipeEvents(store, caseId);
    const titles = new Map(events.map(({ seq, title }) => [seq, title]));
    return { superseded: supersededByUndo(events, chosen).map(seq => ({ seq, title: titles.get(seq) ?? '' })) };
  }),
  ...reversal('step-undone', 'Undone'),
  ...reversal('step-redone', 'Redone'),
  ...onQuery('recipes.export', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    return {
      format: 'nexus-recipe' as const,
      version: 1 as const,
      steps: stepStatuses(recipeEvents(store, caseId))
        .filter(({ standing }) => standing)
        .map(({ event, step }) => ({ title: event.title, step: RecipeStepShape.parse(step) })),
    };
  }),
  ...onCommand('recipes.apply', (context, { caseId, recipe }) => {
    requireCase(context.store, caseId);
    if (recipe.steps.length === 0)
      throw new NexusError({ code: 'recipe.empty', category: 'usage', message: 'The recipe holds no step.' });
    refuseRules(recipe.steps);
    const known = new Set(completeSources(context.store, caseId).map(({ sha256 }) => sha256));
    const events = appendSteps(
      context,
      context.store,
      caseId,
      recipe.steps.map(({ title, step }) => ({ title, body: step })),
    );
    context.audit(loggedSteps(caseId, events));
    return {
      head: recipeHead(context.store, caseId),
      applied: events.length,
      waiting: recipe.steps.flatMap(({ title, step }) =>
        [...new Set(sourcesOf(step))].filter(source => !known.has(source)).map(source => ({ title, source })),
      ),
    };
  }),
};
