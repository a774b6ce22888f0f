import type { RuleOperator } from './rule.ts';
import { compilePattern } from './rule-pattern.ts';

/** A question that can be asked of a text. */
export type TextTest = (text: string) => boolean;

/** Text as rules compare it: compatibility forms folded (NFKC) and letter case aside. */
export const comparable = (text: string): string => text.normalize('NFKC').toLowerCase();

/**
 * The test of a text operator. An empty text is unknown: it is `null` and nothing else; a negated operator does not match
 * it either, because nothing is known of it. Throws for a pattern that `ruleProblems` would have refused.
 */
export const textTest = (operator: RuleOperator, value: string | readonly string[]): TextTest => {
  if (operator === 'null') return text => text === '';
  if (operator === 'notNull') return text => text !== '';
  const known = knownTextTest(operator, value);
  return text => text !== '' && known(text);
};

const knownTextTest = (operator: RuleOperator, value: string | readonly string[]): TextTest => {
  const values = (typeof value === 'string' ? [value] : value).map(comparable);
  const wanted = values[0] ?? '';
  switch (operator) {
    case '=':
      return text => comparable(text) === wanted;
    case '!=':
      return text => comparable(text) !== wanted;
    case 'contains':
      return text => comparable(text).includes(wanted);
    case 'doesNotContain':
      return text => !comparable(text).includes(wanted);
    case 'beginsWith':
      return text => comparable(text).startsWith(wanted);
    case 'doesNotBeginWith':
      return text => !comparable(text).startsWith(wanted);
    case 'endsWith':
      return text => comparable(text).endsWith(wanted);
    case 'doesNotEndWith':
      return text => !comparable(text).endsWith(wanted);
    case 'in':
    case 'notIn': {
      const list = new Set(values);
      return operator === 'in' ? text => list.has(comparable(text)) : text => !list.has(comparable(text));
    }
    case 'matches': {
      const pattern = compilePattern(typeof value === 'string' ? value : (value[0] ?? ''));
      if (!pattern.ok) throw new Error(pattern.error);
      return text => pattern.value.test(text.normalize('NFKC'));
    }
    default:
      throw new Error(`${operator} is not asked of text`);
  }
};
