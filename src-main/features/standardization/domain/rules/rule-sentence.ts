import type { Rule, RuleAction, RuleCondition, RuleField, RuleGroup, RuleOperator } from './rule.ts';
import { isGroup } from './rule.ts';

const FIELD_NAMES: Readonly<Record<RuleField, string>> = {
  description: 'description',
  reference: 'reference',
  counterparty: 'counterparty as written',
  party: 'party',
  counterpartyAccount: 'counterparty account',
  account: 'account',
  type: 'type',
  category: 'category in the file',
  ledgerAccount: 'ledger account',
  currency: 'currency',
  source: 'file',
  amount: 'amount',
  date: 'booking date',
  direction: 'direction',
};
const OPERATOR_WORDS: Readonly<Record<RuleOperator, string>> = {
  contains: 'contains',
  doesNotContain: 'does not contain',
  beginsWith: 'begins with',
  doesNotBeginWith: 'does not begin with',
  endsWith: 'ends with',
  doesNotEndWith: 'does not end with',
  '=': 'is',
  '!=': 'is not',
  matches: 'matches the pattern',
  in: 'is one of',
  notIn: 'is none of',
  null: 'is not known',
  notNull: 'is known',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
  between: 'lies between',
  notBetween: 'does not lie between',
};
const ACTION_WORDS: Readonly<Record<RuleAction['kind'], string>> = {
  'set-category': 'the category becomes',
  'set-party': 'the party becomes',
  'set-type': 'the type becomes',
  'add-tag': 'the row gets the tag',
};

const quoted = (value: string): string => `“${value}”`;

const conditionWords = ({ field, operator, value }: RuleCondition): string => {
  const values = typeof value === 'string' ? [value] : value;
  const words = `${FIELD_NAMES[field]} ${OPERATOR_WORDS[operator]}`;
  if (operator === 'null' || operator === 'notNull') return words;
  if (operator === 'between' || operator === 'notBetween') return `${words} ${values.map(quoted).join(' and ')}`;
  return `${words} ${values.map(quoted).join(', ')}`;
};

const groupWords = (group: RuleGroup): string => {
  const parts = group.rules.map(part =>
    isGroup(part) ? (part.not === true ? groupWords(part) : `(${groupWords(part)})`) : conditionWords(part),
  );
  const words = parts.join(group.combinator === 'and' ? ' and ' : ' or ');
  return group.not === true ? `not (${words})` : words;
};

/** A rule as one plain sentence, which says all of it. */
export const ruleSentence = (rule: Pick<Rule, 'when' | 'actions'>): string => {
  const actions = rule.actions.map(action => `${ACTION_WORDS[action.kind]} ${quoted(action.value)}`);
  return `Where ${groupWords(rule.when)}, ${actions.join(' and ')}.`;
};
