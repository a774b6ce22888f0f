import type { RuleGroupType } from 'react-querybuilder';
import type { z } from 'zod';
import {
  RULE_FIELDS,
  RULE_OPERATORS,
  type RuleConditionShape,
  type RuleGroupInput,
} from '../../../src-main/contract/rules.contract.ts';

export type RuleField = (typeof RULE_FIELDS)[number];
export type RuleOperator = (typeof RULE_OPERATORS)[number];
export type RuleCondition = z.infer<typeof RuleConditionShape>;
type RuleValue = RuleCondition['value'];

const COMPARISONS: readonly RuleOperator[] = ['=', '!=', '<', '<=', '>', '>=', 'between', 'notBetween'];
const ORDERED_ONLY: readonly RuleOperator[] = ['<', '<=', '>', '>=', 'between', 'notBetween'];

/** The operators that can be asked of a field, in the order in which they are offered. */
export const operatorsOf = (field: RuleField): readonly RuleOperator[] => {
  if (field === 'direction') return ['='];
  if (field === 'amount' || field === 'date') return COMPARISONS;
  return RULE_OPERATORS.filter(operator => !ORDERED_ONLY.includes(operator));
};

/** How many values an operator takes. */
export const valuesTakenBy = (operator: RuleOperator): 'none' | 'one' | 'two' | 'list' => {
  switch (operator) {
    case 'null':
    case 'notNull':
      return 'none';
    case 'between':
    case 'notBetween':
      return 'two';
    case 'in':
    case 'notIn':
      return 'list';
    default:
      return 'one';
  }
};

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' && value !== '' ? [value] : [];

/** A value in the shape its operator takes; what was typed before stays as far as it fits. */
export const valueFor = (operator: RuleOperator, value: unknown): RuleValue => {
  const texts = textsOf(value);
  switch (valuesTakenBy(operator)) {
    case 'none':
      return '';
    case 'two':
      return [texts[0] ?? '', texts[1] ?? ''];
    case 'list':
      return texts;
    case 'one':
      return texts[0] ?? '';
  }
};

/** Lines of a list of values as typed: one a line, blank lines aside. */
export const listOfLines = (lines: string): string[] =>
  lines
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');

/** The editor's tree as the contract takes it: without the ids the editor adds, every value in the shape of its operator. */
export const groupOfQuery = ({ combinator, not, rules }: RuleGroupType): RuleGroupInput => ({
  combinator: combinator === 'or' ? 'or' : 'and',
  ...(not === true ? { not: true } : {}),
  rules: rules.map(part => {
    if ('rules' in part) return groupOfQuery(part);
    const operator = RULE_OPERATORS.find(known => known === part.operator) ?? '=';
    return {
      field: RULE_FIELDS.find(known => known === part.field) ?? 'description',
      operator,
      value: valueFor(operator, part.value as unknown),
    };
  }),
});

/** Conditions of a tree, however deep. */
export const conditionCount = (group: RuleGroupInput): number =>
  group.rules.reduce((sum, part) => sum + ('rules' in part ? conditionCount(part) : 1), 0);
