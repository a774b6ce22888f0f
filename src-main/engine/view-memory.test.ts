import { expect, it } from 'vitest';
import { ViewMemory } from './view-memory.ts';

it('a look counts once in ten minutes, each thing by itself', () => {
  const memory = new ViewMemory();
  expect(memory.isNew('case records', 0)).toBe(true);
  expect(memory.isNew('case records', 599_999)).toBe(false);
  expect(memory.isNew('case findings', 599_999)).toBe(true);
  expect(memory.isNew('case records', 600_000)).toBe(true);
  expect(memory.isNew('case records', 1_199_999)).toBe(false);
});
