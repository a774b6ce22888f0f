import { expect, it } from 'vitest';
import { soundex } from './soundex.ts';

// U.S. National Archives, "The Soundex Indexing System": its own examples.
it.each([
  ['washington', 'w252'],
  ['lee', 'l000'],
  ['gutierrez', 'g362'],
  ['pfister', 'p236'],
  ['jackson', 'j250'],
  ['tymczak', 't522'],
  ['ashcraft', 'a261'],
  ['robert', 'r163'],
  ['rupert', 'r163'],
])('%s is %s', (word, code) => {
  expect(soundex(word)).toBe(code);
});

it('is empty for a word of another script', () => {
  expect(soundex('мир')).toBe('');
});
