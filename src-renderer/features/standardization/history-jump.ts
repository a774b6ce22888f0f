import type { ChannelAnswer } from '../../../src-main/contract/index.ts';

export type RecipeStatus = ChannelAnswer<'recipes.list'>['steps'][number];

/** Steps to take back so that the recipe is as it was after this one: all later ones that stand, oldest first. */
export const standingAfter = (steps: readonly RecipeStatus[], seq: number): readonly RecipeStatus[] =>
  steps.filter(step => step.seq > seq && step.standing).sort((a, b) => a.seq - b.seq);

/** Versions a rule was saved in, newest first, undone ones too. */
export const versionsOf = (steps: readonly RecipeStatus[], ruleId: string) =>
  steps
    .flatMap(status =>
      status.step.kind === 'rule-saved' && status.step.rule.id === ruleId
        ? [{ ...status, rule: status.step.rule }]
        : [],
    )
    .sort((a, b) => b.seq - a.seq);
