import type { TypologyExpression, TypologyShape } from '../../../src-main/contract/typologies.contract.ts';

/** A condition as the form edits it; '' is "any". Ids tell the parts of a list apart while they are moved and removed. */
export interface TestPart {
  readonly kind: 'test';
  readonly id: number;
  readonly not: boolean;
  readonly test: string;
  readonly minimumSeverity: string;
  readonly minimumScore: string;
}
export interface GroupPart {
  readonly kind: 'group';
  readonly id: number;
  readonly not: boolean;
  readonly mode: 'all' | 'any' | 'atLeast';
  readonly least: number;
  readonly parts: readonly Part[];
}
export type Part = TestPart | GroupPart;

export interface TypologyDraft {
  readonly title: string;
  readonly description: string;
  readonly sources: string;
  readonly level: TypologyShape['level'];
  readonly weights: ReadonlyMap<string, number>;
  readonly when: GroupPart;
}

/** Weight of a test that was just added to the condition. */
export const NEW_WEIGHT = 0.5;
/** Groups may lie this deep: one less than the engine takes, for a `not` is a level of its own. */
export const DEEPEST_GROUP = 2;

let lastId = 0;
const nextId = (): number => {
  lastId += 1;
  return lastId;
};

export const newTest = (test: string): TestPart => ({
  kind: 'test',
  id: nextId(),
  not: false,
  test,
  minimumSeverity: '',
  minimumScore: '',
});
export const newGroup = (parts: readonly Part[]): GroupPart => ({
  kind: 'group',
  id: nextId(),
  not: false,
  mode: 'any',
  least: 2,
  parts,
});

const partOf = (expression: TypologyExpression): Part => {
  if ('not' in expression) {
    const inner = partOf(expression.not);
    return { ...inner, not: !inner.not };
  }
  if ('test' in expression)
    return {
      ...newTest(expression.test),
      minimumSeverity: expression.minimumSeverity ?? '',
      minimumScore: expression.minimumScore === undefined ? '' : String(expression.minimumScore),
    };
  const [mode, parts] =
    'all' in expression
      ? (['all', expression.all] as const)
      : 'any' in expression
        ? (['any', expression.any] as const)
        : (['atLeast', expression.of] as const);
  return {
    ...newGroup(parts.map(partOf)),
    mode,
    ...('atLeast' in expression ? { least: expression.atLeast } : {}),
  };
};

/** A typology as a draft: the start of its next version. */
export const draftOf = ({ title, description, sources, level, tests, when }: TypologyShape): TypologyDraft => {
  const part = partOf(when);
  return {
    title,
    description,
    sources: sources.join('\n'),
    level,
    weights: new Map(tests.map(({ test, weight }) => [test, weight])),
    when: part.kind === 'group' && !part.not ? part : { ...newGroup([part]), mode: 'all' },
  };
};

const expressionOf = (part: Part): TypologyExpression => {
  const inner = ((): TypologyExpression => {
    if (part.kind === 'test') {
      const score = Number(part.minimumScore);
      return {
        test: part.test,
        ...(part.minimumSeverity === '' ? {} : { minimumSeverity: part.minimumSeverity as 'high' }),
        ...(part.minimumScore === '' || Number.isNaN(score) ? {} : { minimumScore: score }),
      };
    }
    const parts = part.parts.map(expressionOf);
    const [only] = parts;
    if (parts.length === 1 && only !== undefined && part.mode !== 'atLeast') return only;
    switch (part.mode) {
      case 'all':
        return { all: parts };
      case 'any':
        return { any: parts };
      case 'atLeast':
        return { atLeast: part.least, of: parts };
    }
  })();
  return part.not ? { not: inner } : inner;
};

/** Tests that a part asks for, each once, in order. */
export const testsOf = (part: Part): string[] => [
  ...new Set(part.kind === 'test' ? [part.test] : part.parts.flatMap(testsOf)),
];

/** True where every group has a part, so that it can be told as an expression. */
export const isComplete = (part: Part): boolean =>
  part.kind === 'test' ? part.test !== '' : part.parts.length > 0 && part.parts.every(isComplete);

/** A short name of a title, as ids are: lower case, words parted by hyphens. */
export const idOfTitle = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80) || 'typology';

/** The draft as the engine takes it; tests of the condition without a weight get one. */
export const typologyOf = (draft: TypologyDraft, id: string, version: number): TypologyShape => ({
  format: 'nexus-typology',
  id,
  version,
  title: draft.title.trim(),
  description: draft.description.trim(),
  sources: draft.sources
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== ''),
  level: draft.level,
  tests: testsOf(draft.when).map(test => ({ test, weight: draft.weights.get(test) ?? NEW_WEIGHT })),
  when: expressionOf(draft.when),
});

/** A tree with one part changed, or taken out where `change` answers null. */
export const changedPart = (group: GroupPart, id: number, change: (part: Part) => Part | null): GroupPart => ({
  ...group,
  parts: group.parts.flatMap(part => {
    const next = part.id === id ? change(part) : part.kind === 'group' ? changedPart(part, id, change) : part;
    return next === null ? [] : [next];
  }),
});

/** A tree with a part added at the end of one of its groups. */
export const withPart = (group: GroupPart, into: number, part: Part): GroupPart => ({
  ...group,
  parts: [
    ...group.parts.map(each => (each.kind === 'group' ? withPart(each, into, part) : each)),
    ...(group.id === into ? [part] : []),
  ],
});
