import { describe, expect, it } from 'vitest';
import { isSingleKey, keyNameOf } from './keyboard.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  keyNameOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('keyNameOf', () => {
  it('names letters in lower case and Ctrl or Cmd as mod', () => {
    expect(press('J')).toBe('j');
    expect(press('k', { ctrlKey: true })).toBe('mod+k');
    expect(press('k', { metaKey: true })).toBe('mod+k');
    expect(press('?')).toBe('?');
    expect(press('L', { ctrlKey: true, shiftKey: true })).toBe('mod+shift+l');
    expect(press('?', { shiftKey: true })).toBe('?');
  });

  it('leaves Alt chords and bare modifiers alone', () => {
    expect(press('f', { altKey: true })).toBeNull();
    expect(press('Shift')).toBeNull();
  });

  it('counts sequences of letters among the switchable ones (WCAG 2.1.4)', () => {
    expect(isSingleKey('g r')).toBe(true);
    expect(isSingleKey('mod+k')).toBe(false);
  });
});
