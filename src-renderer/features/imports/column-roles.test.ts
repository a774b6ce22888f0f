import { describe, expect, it } from 'vitest';
import { withOverride } from './column-roles.ts';

describe('withOverride', () => {
  it('sets, replaces and takes back', () => {
    expect(withOverride({ a: '1' }, 'b', '2')).toEqual({ a: '1', b: '2' });
    expect(withOverride({ a: '1' }, 'a', '2')).toEqual({ a: '2' });
    expect(withOverride({ a: '1' }, 'a', '')).toEqual({});
  });
});
