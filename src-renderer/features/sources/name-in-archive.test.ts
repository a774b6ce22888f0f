import { expect, it } from 'vitest';
import { nameInArchive } from './name-in-archive.ts';

it('leaves out the archive a member stands under, and nothing else', () => {
  expect(nameInArchive({ name: 'march.zip/in/a.csv' }, { name: 'march.zip' })).toBe('in/a.csv');
  expect(nameInArchive({ name: 'march.zip/in/a.csv' }, undefined)).toBe('march.zip/in/a.csv');
  expect(nameInArchive({ name: 'a.csv' }, { name: 'march.zip' })).toBe('a.csv');
});
