import { describe, expect, it } from 'vitest';
import { tokenInHash } from './launch-token.ts';

describe('tokenInHash', () => {
  it('finds the token and nothing else', () => {
    expect(tokenInHash('#token=abc_-%2B1')).toBe('abc_-%2B1');
    expect(tokenInHash('#/cases?token=abc')).toBeNull();
    expect(tokenInHash('')).toBeNull();
  });
});
