import type { z } from 'zod';
import { NexusError } from '../../../contract/errors.ts';
import type { RuleShape } from '../../../contract/rules.contract.ts';
import { RuleDraft, RuleShape as RuleSchema } from '../../../contract/rules.contract.ts';
import type { CommandContext, Handlers } from '../../../engine/handler.ts';
import { onCommand, onPublicQuery, onQuery } from '../../../engine/handler.ts';
import type { Ports } from '../../../platform/ports.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { transactionRows } from '../../ingestion/service/transaction-rows.ts';
import { foldRecipe } from '../domain/recipe/fold-recipe.ts';
import type { Rule } from '../domain/rules/rule.ts';
import { ruleProblems } from '../domain/rules/rule-problems.ts';
import { ruleSentence } from '../domain/rules/rule-sentence.ts';
import { RULE_TEMPLATES } from '../domain/rules/rule-templates.ts';
import { recipeEvents } from '../storage/recipe.repository.ts';
import { latestStandardization } from '../storage/standardization.repository.ts';
import { appendSteps, loggedSteps } from './append-steps.ts';
import type { DryRun, DryRunTask } from './dry-run-task.ts';

type Draft = z.output<typeof RuleDraft>;

/** Rules are spaced so that one can be put between two. */
const ORDER_STEP = 10;

/** A draft as a rule: the next version of the stored one of its id, or a new one after all others. */
const ruleOf = (ports: Ports, draft: Draft, rules: readonly Rule[]): Rule => {
  const known = draft.id === undefined ? undefined : rules.find(rule => rule.id === draft.id);
  if (draft.id !== undefined && known === undefined) throw unknownRule(draft.id);
  const last = rules.reduce((max, rule) => Math.max(max, rule.order), 0);
  return {
    id: known?.id ?? ports.ids.next(),
    name: draft.name.trim(),
    version: (known?.version ?? 0) + 1,
    enabled: draft.enabled,
    order: draft.order ?? known?.order ?? last + ORDER_STEP,
    when: draft.when as Rule['when'],
    actions: draft.actions,
  };
};

const unknownRule = (id: string): NexusError =>
  new NexusError({ code: 'rule.unknown', category: 'not-found', message: `The case has no rule ${id}.` });

const refuseProblems = (rule: Rule): void => {
  const [problem] = ruleProblems(rule);
  if (problem === undefined) return;
  const place = problem.path.length === 0 ? '' : ` (condition ${problem.path.map(index => index + 1).join('.')})`;
  throw new NexusError({
    code: 'rule.invalid',
    category: 'usage',
    message: `The rule “${rule.name}” cannot run${place}: ${problem.message}`,
    kept: 'Nothing was saved.',
  });
};

const shape = (rule: Rule): RuleShape => RuleSchema.parse(rule);
const rulesOf = ({ store }: Pick<CommandContext, 'store'>, caseId: string): readonly Rule[] =>
  foldRecipe(recipeEvents(store, caseId)).rules;

export const ruleHandlers: Handlers = {
  ...onQuery('rules.list', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    const latest = latestStandardization(store, caseId);
    return {
      rules: foldRecipe(recipeEvents(store, caseId)).rules.map(rule => ({
        rule: shape(rule),
        sentence: ruleSentence(rule),
        outcome:
          latest?.summary.rules.find(({ ruleId, version }) => ruleId === rule.id && version === rule.version) ?? null,
      })),
      conflicts: latest?.summary.conflicts ?? [],
    };
  }),
  ...onQuery('rules.check', ({ ports }, { rule }) => {
    const draft = ruleOf(ports, { ...rule, id: undefined }, []);
    const problems = ruleProblems(draft).map(({ path, message }) => ({ path: [...path], message }));
    return { problems, sentence: problems.length === 0 ? ruleSentence(draft) : null };
  }),
  ...onQuery('rules.dryRun', async (context, { caseId, rule: draft, examples }) => {
    requireCase(context.store, caseId);
    const events = recipeEvents(context.store, caseId);
    const rule = ruleOf(context.ports, draft, foldRecipe(events).rules);
    refuseProblems(rule);
    const workspace = context.workspace();
    const task: DryRunTask = {
      task: 'dry-run-rule',
      storePath: workspace.storePath,
      key: workspace.dataKey,
      sources: await caseSources(context, caseId),
      events,
      rule,
      examples,
    };
    const { exampleIds, conflicts, ...counts } = (await context.pool.run('analysis', task)) as DryRun;
    return {
      ...counts,
      conflicts: conflicts.map(conflict => ({ ...conflict })),
      examples: transactionRows(context.store, exampleIds),
    };
  }),
  ...onCommand('rules.save', (context, { caseId, rule: draft }) => {
    requireCase(context.store, caseId);
    const rule = ruleOf(context.ports, draft, rulesOf(context, caseId));
    refuseProblems(rule);
    const title = rule.version === 1 ? `Rule “${rule.name}”` : `Rule “${rule.name}”, version ${rule.version}`;
    const events = appendSteps(context, context.store, caseId, [{ title, body: { kind: 'rule-saved', rule } }]);
    context.audit({ ...loggedSteps(caseId, events), rule: rule.id, version: rule.version });
    return { rule: shape(rule), seq: events[0]?.seq ?? 0 };
  }),
  ...onCommand('rules.remove', (context, { caseId, ruleId }) => {
    requireCase(context.store, caseId);
    const rule = rulesOf(context, caseId).find(each => each.id === ruleId);
    if (rule === undefined) throw unknownRule(ruleId);
    const title = `Rule “${rule.name}” removed`;
    const events = appendSteps(context, context.store, caseId, [{ title, body: { kind: 'rule-removed', ruleId } }]);
    context.audit({ ...loggedSteps(caseId, events), rule: ruleId });
    return { seq: events[0]?.seq ?? 0 };
  }),
  ...onQuery('rules.export', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    return {
      format: 'nexus-rules' as const,
      version: 1 as const,
      rules: foldRecipe(recipeEvents(store, caseId)).rules.map(rule => {
        const { id: _id, version: _version, ...portable } = shape(rule);
        return portable;
      }),
    };
  }),
  ...onCommand('rules.import', (context, { caseId, file }) => {
    requireCase(context.store, caseId);
    const present = [...rulesOf(context, caseId)];
    const added = file.rules.map(draft => {
      const rule = ruleOf(context.ports, { ...draft, id: undefined, order: null }, present);
      refuseProblems(rule);
      present.push(rule);
      return rule;
    });
    if (added.length === 0)
      throw new NexusError({ code: 'rules.empty', category: 'usage', message: 'The file holds no rule.' });
    const events = appendSteps(
      context,
      context.store,
      caseId,
      added.map(rule => ({ title: `Rule “${rule.name}” imported`, body: { kind: 'rule-saved', rule } })),
    );
    context.audit({ ...loggedSteps(caseId, events), rules: added.map(rule => rule.id) });
    return { added: added.length, seqs: events.map(({ seq }) => seq) };
  }),
  ...onPublicQuery('rules.templates', () => ({
    templates: RULE_TEMPLATES.map(({ title, rule }) => ({ title, rule: RuleDraft.parse(rule) })),
  })),
};
