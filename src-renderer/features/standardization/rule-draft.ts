import type { ChannelAnswer, ChannelInput } from '../../../src-main/contract/index.ts';
import type { RULE_ACTIONS, RuleShape } from '../../../src-main/contract/rules.contract.ts';
import type { RuleCondition } from './rule-tree.ts';
import { conditionCount } from './rule-tree.ts';

export type RuleDraft = ChannelInput<'rules.save'>['rule'];
export type RuleProblem = ChannelAnswer<'rules.check'>['problems'][number];
export type RuleActionKind = (typeof RULE_ACTIONS)[number];

/** A rule that has yet to be written. */
export const emptyDraft = (): RuleDraft => ({
  name: '',
  enabled: true,
  when: { combinator: 'and', rules: [{ field: 'description', operator: 'contains', value: '' }] },
  actions: [{ kind: 'set-category', value: '' }],
});

/** What can be changed of a stored rule: all but its version, which the engine counts. */
export const draftOfRule = ({ version: _version, ...rule }: RuleShape): RuleDraft => rule;

/** A rule to start from for transactions like this one: its party, or its words where it names none, and its direction. */
export const draftOfTransaction = ({ transaction, party }: ChannelAnswer<'transactions.read'>): RuleDraft => {
  const what: RuleCondition =
    party === null
      ? { field: 'description', operator: 'contains', value: transaction.description.slice(0, 200) }
      : { field: 'party', operator: '=', value: party };
  return {
    ...emptyDraft(),
    name: (party ?? transaction.description).slice(0, 60),
    when: {
      combinator: 'and',
      rules: [what, { field: 'direction', operator: '=', value: transaction.amount.startsWith('-') ? 'out' : 'in' }],
    },
  };
};

/**
 * A draft as it can be tried while its name or action is still missing; null while its conditions cannot be run. The stand-in
 * is a tag: it is never in conflict with another rule.
 */
export const trialOf = (draft: RuleDraft, problems: readonly RuleProblem[]): RuleDraft | null => {
  if (conditionCount(draft.when) === 0 || problems.some(({ path }) => path.length > 0)) return null;
  const actions = draft.actions.filter(({ value }) => value.trim() !== '');
  return {
    ...draft,
    name: draft.name.trim() === '' ? 'trial' : draft.name,
    actions: actions.length === 0 ? [{ kind: 'add-tag', value: 'trial' }] : actions,
  };
};

/** The message beside a part of the tree; undefined where nothing is wrong with it. */
export const problemAt = (problems: readonly RuleProblem[], path: readonly number[]): string | undefined =>
  problems.find(problem => problem.path.length === path.length && problem.path.every((at, i) => at === path[i]))
    ?.message;
