import type { RuleOperator } from './rule.ts';
import { compilePattern } from './rule-pattern.ts';

/** A question that can be asked of a text. */
export type TextTest = (text: ComparedText) => boolean;

/** Text as rules compare it: compatibility forms folded (NFKC) and letter case aside. */
export const comparable = (text: string): string => text.normalize('NFKC').toLowerCase();

/** A text in the forms tests ask of: made once a text, however many rules ask. */
export interface ComparedText {
  /** NFKC, letter case kept. */
  readonly folded: string;
  /** `comparable`. */
  readonly lower: string;
}
export const comparedText = (text: string): ComparedText => {
  const folded = text.normalize('NFKC');
  return { folded, lower: folded.toLowerCase() };
};

/**
 * The test of a text operator. An empty text is unknown: it is `null` and nothing else; a negated operator does not match
 * it either, because nothing is known of it. Throws for a pattern that `ruleProblems` would have refused.
 */
export const textTest = (operator: RuleOperator, value: string | readonly string[]): TextTest => {
  if (operator === 'null') return ({ folded }) => folded === '';
  if (operator === 'notNull') return ({ folded }) => folded !== '';
  const known = knownTextTest(operator, value);
  return text => text.folded !== '' && known(text);
};

const knownTextTest = (operator: RuleOperator, value: string | readonly string[]): TextTest => {
  const values = (typeof value === 'string' ? [value] : value).map(comparable);
  const wanted = values[0] ?? '';
  switch (operator) {
    case '=':
      return ({ lower }) => lower === wanted;
    case '!=':
      return ({ lower }) => lower !== wanted;
    case 'contains':
      return ({ lower }) => lower.includes(wanted);
    case 'doesNotContain':
      return ({ lower }) => !lower.includes(wanted);
    case 'beginsWith':
      return ({ lower }) => lower.startsWith(wanted);
    case 'doesNotBeginWith':
      return ({ lower }) => !lower.startsWith(wanted);
    case 'endsWith':
      return ({ lower }) => lower.endsWith(wanted);
    case 'doesNotEndWith':
      return ({ lower }) => !lower.endsWith(wanted);
    case 'in':
    case 'notIn': {
      const list = new Set(values);
      return operator === 'in' ? ({ lower }) => list.has(lower) : ({ lower }) => !list.has(lower);
    }
    case 'matches': {
      const pattern = compilePattern(typeof value === 'string' ? value : (value[0] ?? ''));
      if (!pattern.ok) throw new Error(pattern.error);
      return ({ folded }) => pattern.value.test(folded);
    }
    default:
      throw new Error(`${operator} is not asked of text`);
  }
};
