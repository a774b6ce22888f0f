import { describe, expect, test } from 'vitest';
import { addressOf } from './use-address-search.ts';

describe('the address in a window’s hash', () => {
  test('is a path and its conditions', () => {
    const { path, search } = addressOf('#/cases/7/findings?state=open&test=benford-first-two');
    expect(path).toBe('/cases/7/findings');
    expect([...search]).toEqual([
      ['state', 'open'],
      ['test', 'benford-first-two'],
    ]);
  });

  test('without conditions has none', () => {
    for (const hash of ['#/cases', '#/cases?']) {
      expect(addressOf(hash).path).toBe('/cases');
      expect(addressOf(hash).search.size).toBe(0);
    }
  });

  test('keeps a question mark inside a condition', () => {
    const written = new URLSearchParams({ text: 'rent? & more' });
    expect(addressOf(`#/cases/7/records?${written}`).search.get('text')).toBe('rent? & more');
    expect(addressOf('#/cases/7/records?text=rent?').search.get('text')).toBe('rent?');
  });

  test('of an empty hash is empty', () => {
    expect(addressOf('').path).toBe('');
  });
});
