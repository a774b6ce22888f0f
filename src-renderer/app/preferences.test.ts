import { describe, expect, it } from 'vitest';
import { parsePreferences } from './preferences.slice.ts';

describe('parsePreferences', () => {
  it('keeps what is valid and defaults the rest', () => {
    expect(parsePreferences('{"density":"compact","singleKeys":"yes"}')).toEqual({
      density: 'compact',
      singleKeys: true,
    });
  });

  it.each([null, '', '{', '7', 'null'])('survives %j', text => {
    expect(parsePreferences(text)).toEqual({ density: 'comfortable', singleKeys: true });
  });
});
