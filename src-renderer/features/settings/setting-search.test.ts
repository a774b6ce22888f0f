import { describe, expect, it } from 'vitest';
import { isSettingFound, wordsOf } from './setting-search.ts';

describe('settings', () => {
  it('are found by any of their words, in any order and case', () => {
    expect(isSettingFound('', 'Density')).toBe(true);
    expect(isSettingFound('rows dens', 'Density', 'Compact shows more rows')).toBe(true);
    expect(isSettingFound('density colour', 'Density', 'Compact shows more rows')).toBe(false);
  });

  it('take words with commas or line ends between them', () => {
    expect(wordsOf(' Nordwind , Energie\n\nBremen,')).toEqual(['Nordwind', 'Energie', 'Bremen']);
  });
});
