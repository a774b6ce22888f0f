import { expect, it } from 'vitest';
import { NexusError } from '../../contract/errors.ts';
import { parseSettings, splitSettings } from './settings.ts';

const refusal = (pairs: readonly string[]): string => {
  try {
    parseSettings(pairs);
  } catch (error) {
    if (error instanceof NexusError) return `${error.data.category} ${error.data.message}`;
    throw error;
  }
  throw new Error('was not refused');
};

it('keeps every key, those of Object.prototype too', () => {
  const settings = parseSettings(['constructor=1', 'toString=2', 'bank.valueOf=3', 'a=b=c']);
  expect(Object.entries(settings)).toEqual([
    ['constructor', '1'],
    ['toString', '2'],
    ['bank.valueOf', '3'],
    ['a', 'b=c'],
  ]);
  expect(Object.entries(splitSettings(settings, 'bank').own)).toEqual([['valueOf', '3']]);
  expect(refusal(['constructor=1', 'constructor=2'])).toBe('usage --set constructor is given twice.');
});

it.each(['__proto__=x', 'bank.__proto__=x', '__proto__.x=y'])(
  'refuses %s as bad usage: it would be dropped on its way',
  pair => {
    expect(refusal([pair])).toBe(`usage --set ${pair.split('=')[0]}: there is no such setting.`);
  },
);
