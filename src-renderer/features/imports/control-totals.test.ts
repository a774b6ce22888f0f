import { describe, expect, it } from 'vitest';
import { controlsOf, disagreementsIn, hasInvalidControls, isInvalidControl } from './control-totals.ts';

describe('control totals as typed', () => {
  it('takes digits with a point and nothing that would have to be guessed', () => {
    expect(['12', '12.50', ' 7 ', ''].map(text => isInvalidControl('credits', text))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(['1,234.50', '-1', '1.', 'EUR 5', '1e3'].map(text => isInvalidControl('debits', text))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(isInvalidControl('net', '-3.10')).toBe(false);
    expect(isInvalidControl('count', '2.5')).toBe(true);
    expect(hasInvalidControls({ count: '3', closing: 'x' })).toBe(true);
  });

  it('sends what was given', () => {
    expect(controlsOf({ count: ' 3 ', net: '-3.10', debits: '' })).toEqual({ count: 3, net: '-3.10' });
    expect(controlsOf({ count: '' })).toBeUndefined();
  });
});

describe('disagreementsIn', () => {
  it('reads every total of a refusal', () => {
    expect(
      disagreementsIn(
        'a.csv: the control totals given do not agree with the file. count: expected 3, found 2 (and 1 rejected), difference -1; net: expected -4.00, found 15.00, difference 19.00; closing: expected 9.00, found none: the file does not state it.',
      ),
    ).toEqual([
      { total: 'count', expected: '3', found: '2', rejected: 1, difference: '-1' },
      { total: 'net', expected: '-4.00', found: '15.00', rejected: 0, difference: '19.00' },
      { total: 'closing', expected: '9.00', found: null, rejected: 0, difference: null },
    ]);
    expect(disagreementsIn('something else')).toEqual([]);
  });
});
