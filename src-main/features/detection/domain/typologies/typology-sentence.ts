import type { Expression, Typology } from './typology.ts';

/** Titles by test id; a test without one is called by its id. */
export type TestTitles = ReadonlyMap<string, string>;

const LEVEL_WORDS = { transaction: 'A transaction', account: 'An account', party: 'A party' } as const;

const joined = (parts: readonly string[], word: string): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`;

const inWords = (expression: Expression, titles: TestTitles, inner: boolean): string => {
  if ('test' in expression) {
    const { test, minimumScore, minimumSeverity } = expression;
    const least = [
      ...(minimumSeverity === undefined ? [] : [`severity ${minimumSeverity} or higher`]),
      ...(minimumScore === undefined ? [] : [`score ${minimumScore} or higher`]),
    ];
    return `“${titles.get(test) ?? test}”${least.length === 0 ? '' : ` (${joined(least, 'and')})`}`;
  }
  if ('not' in expression) return `not ${inWords(expression.not, titles, true)}`;
  if ('atLeast' in expression)
    return `at least ${expression.atLeast} of ${joined(
      expression.of.map(part => inWords(part, titles, true)),
      'and',
    )}`;
  const [parts, word] = 'all' in expression ? [expression.all, 'and'] : [expression.any, 'or'];
  const text = joined(
    parts.map(part => inWords(part, titles, parts.length > 1)),
    word,
  );
  return inner && parts.length > 1 ? `(${text})` : text;
};

/** A typology's condition as a plain sentence. */
export const typologySentence = ({ level, when }: Pick<Typology, 'level' | 'when'>, titles: TestTitles): string =>
  `${LEVEL_WORDS[level]} fits when findings of it come from ${inWords(when, titles, false)}.`;
