import { parseIsoDate } from '../../../../kernel/civil-date.ts';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { Rule, RuleCondition, RuleGroup } from './rule.ts';
import { isGroup, operatorsOf, RULE_FIELDS } from './rule.ts';
import { compilePattern } from './rule-pattern.ts';

/** What is wrong with a part of a rule. `path` are the indexes from the root group down to the condition. */
export interface RuleProblem {
  readonly path: readonly number[];
  readonly message: string;
}

const MAX_DEPTH = 8;
const MAX_CONDITIONS = 200;

/** Everything that keeps a rule from being run, each beside the part it concerns; [] for a rule that can run. */
export const ruleProblems = (rule: Pick<Rule, 'name' | 'when' | 'actions'>): RuleProblem[] => {
  const problems: RuleProblem[] = [];
  if (rule.name.trim() === '') problems.push({ path: [], message: 'The rule has no name.' });
  if (rule.actions.length === 0) problems.push({ path: [], message: 'The rule does nothing: give it an action.' });
  for (const action of rule.actions)
    if (action.value.trim() === '') problems.push({ path: [], message: `The action ${action.kind} has no value.` });
  const conditions = groupProblems(rule.when, [], problems);
  if (conditions === 0) problems.push({ path: [], message: 'The rule has no condition: it would match every row.' });
  if (conditions > MAX_CONDITIONS)
    problems.push({ path: [], message: `The rule has ${conditions} conditions; it may have ${MAX_CONDITIONS}.` });
  return problems;
};

/** Adds the problems of a group; answers its number of conditions. */
const groupProblems = (group: RuleGroup, path: readonly number[], problems: RuleProblem[]): number => {
  if (path.length > MAX_DEPTH) {
    problems.push({ path, message: `Groups are nested deeper than ${MAX_DEPTH} levels.` });
    return 0;
  }
  if (group.rules.length === 0 && path.length > 0) problems.push({ path, message: 'The group is empty.' });
  let conditions = 0;
  group.rules.forEach((part, i) => {
    if (isGroup(part)) conditions += groupProblems(part, [...path, i], problems);
    else {
      conditions += 1;
      const message = conditionProblem(part);
      if (message !== null) problems.push({ path: [...path, i], message });
    }
  });
  return conditions;
};

const conditionProblem = ({ field, operator, value }: RuleCondition): string | null => {
  if (!RULE_FIELDS.includes(field)) return `There is no field “${field}”.`;
  if (!operatorsOf(field).includes(operator)) return `“${operator}” cannot be asked of ${field}.`;
  const values = typeof value === 'string' ? [value] : value;
  if (operator === 'null' || operator === 'notNull') return null;
  if (operator === 'between' || operator === 'notBetween') {
    if (values.length !== 2) return 'Two values are needed: from and to.';
  } else if (operator === 'in' || operator === 'notIn') {
    if (values.length === 0) return 'At least one value is needed.';
  } else if (values.length !== 1) return 'One value is needed.';
  for (const text of values) {
    const mayBeEmpty = (operator === '=' || operator === '!=') && field !== 'amount' && field !== 'date';
    if (text === '' && !mayBeEmpty) return 'A value is needed.';
    if (field === 'direction' && text !== 'in' && text !== 'out') return 'The direction is “in” or “out”.';
    if (field === 'amount' && parseDecimal(text) === null) return `“${text}” is not an amount (write 1234.56).`;
    if (field === 'date' && parseIsoDate(text) === null) return `“${text}” is not a day (write 2025-03-04).`;
  }
  if (operator === 'matches') {
    const pattern = compilePattern(values[0] ?? '');
    if (!pattern.ok) return pattern.error;
  }
  return null;
};
