import { describe, expect, it } from 'vitest';
import type { TypologyShape } from '../../../src-main/contract/typologies.contract.ts';
import { TypologyShape as Shape } from '../../../src-main/contract/typologies.contract.ts';
import {
  changedPart,
  draftOf,
  idOfTitle,
  isComplete,
  newGroup,
  newTest,
  typologyOf,
  withPart,
} from './typology-draft.ts';

const typology: TypologyShape = {
  format: 'nexus-typology',
  id: 'trial',
  version: 3,
  title: 'Trial',
  description: 'What it is.',
  sources: ['One', 'Two'],
  level: 'party',
  tests: [
    { test: 'a', weight: 0.7 },
    { test: 'b', weight: 0.2 },
    { test: 'c', weight: 0.1 },
  ],
  when: {
    all: [
      { test: 'a', minimumSeverity: 'high', minimumScore: 0.5 },
      { atLeast: 2, of: [{ test: 'b' }, { not: { test: 'c' } }, { any: [{ test: 'a' }, { test: 'b' }] }] },
    ],
  },
};

describe('a typology as a form', () => {
  it('comes back as it was', () => {
    expect(typologyOf(draftOf(typology), typology.id, typology.version)).toEqual(typology);
  });

  it('takes a single condition as the one part of a group', () => {
    const single = { ...typology, tests: [{ test: 'a', weight: 1 }], when: { not: { test: 'a' } } };
    const draft = draftOf(single);
    expect(draft.when.parts).toHaveLength(1);
    expect(typologyOf(draft, 'trial', 3)).toEqual(single);
  });

  it('adds, changes and takes out parts; new tests get a weight; the engine’s schema takes it', () => {
    const draft = draftOf(typology);
    const [, group] = draft.when.parts;
    const grown = withPart(draft.when, group!.id, newTest('d'));
    const changed = changedPart(grown, draft.when.parts[0]!.id, part => ({ ...part, not: true }));
    const shape = typologyOf({ ...draft, when: changed }, 'trial', 4);
    expect(shape.tests.at(-1)).toEqual({ test: 'd', weight: 0.5 });
    expect(Shape.parse(shape)).toEqual(shape);
    expect(changedPart(grown, group!.id, () => null).parts).toHaveLength(1);
  });

  it('is complete once every group has a part and every part a test', () => {
    expect(isComplete(newGroup([]))).toBe(false);
    expect(isComplete(newGroup([newTest('')]))).toBe(false);
    expect(isComplete(newGroup([newTest('a')]))).toBe(true);
  });

  it('makes ids of titles', () => {
    expect(idOfTitle('Käufe, geteilt (2024)')).toBe('kaufe-geteilt-2024');
    expect(idOfTitle('…')).toBe('typology');
  });
});
