import type { Severity } from '../forensic-test.ts';

/** A test that must have hit the unit, with a finding of at least this score and severity. */
export interface TestCondition {
  readonly test: string;
  readonly minimumScore?: number | undefined;
  readonly minimumSeverity?: Severity | undefined;
}

/** A condition over the tests that hit a unit. Data, never code. */
export type Expression =
  | TestCondition
  | { readonly all: readonly Expression[] }
  | { readonly any: readonly Expression[] }
  | { readonly not: Expression }
  | { readonly atLeast: number; readonly of: readonly Expression[] };

export type Level = 'transaction' | 'account' | 'party';

/** A known pattern of wrongdoing, in one version (docs/specs/typology.md). */
export interface Typology {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly level: Level;
  /** Weights 0 to 1 of the score. */
  readonly tests: readonly { readonly test: string; readonly weight: number }[];
  readonly when: Expression;
}

/** Every condition of an expression with whether it stands under a `not`. */
export const conditionsOf = (
  expression: Expression,
  negated = false,
): { readonly condition: TestCondition; readonly negated: boolean }[] => {
  if ('test' in expression) return [{ condition: expression, negated }];
  if ('not' in expression) return conditionsOf(expression.not, !negated);
  const parts = 'all' in expression ? expression.all : 'any' in expression ? expression.any : expression.of;
  return parts.flatMap(part => conditionsOf(part, negated));
};

/** What is wrong with a typology, in sentences; empty where nothing is. `known` are the ids of the catalogue. */
export const typologyProblems = ({ tests, when }: Typology, known: ReadonlySet<string>): string[] => {
  const conditions = conditionsOf(when);
  const named = conditions.map(({ condition }) => condition.test);
  const weighted = tests.map(({ test }) => test);
  const all = [...new Set([...named, ...weighted])];
  const positive = conditions.filter(({ negated }) => !negated);
  return [
    ...all.filter(test => !known.has(test)).map(test => `There is no test “${test}” in this catalogue.`),
    ...weighted
      .filter((test, at) => weighted.indexOf(test) !== at)
      .map(test => `“${test}” is weighted more than once.`),
    ...[...new Set(positive.map(({ condition }) => condition.test))]
      .filter(test => !weighted.includes(test))
      .map(test => `The condition asks for “${test}”, which has no weight.`),
    ...(positive.length === 0
      ? ['The condition asks for no test: it would hold for everything that nothing was found in.']
      : []),
    ...atLeastProblems(when),
  ];
};

const atLeastProblems = (expression: Expression): string[] => {
  if ('test' in expression) return [];
  if ('not' in expression) return atLeastProblems(expression.not);
  if ('all' in expression) return expression.all.flatMap(atLeastProblems);
  if ('any' in expression) return expression.any.flatMap(atLeastProblems);
  const own =
    expression.atLeast > expression.of.length
      ? [`“At least ${expression.atLeast}” of ${expression.of.length} conditions can never hold.`]
      : [];
  return [...own, ...expression.of.flatMap(atLeastProblems)];
};
