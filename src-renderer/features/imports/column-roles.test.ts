import { describe, expect, it } from 'vitest';
import { columnsByRole, withOverride } from './column-roles.ts';

describe('columnsByRole', () => {
  const dialect = ['bookingDate: Datum', 'amount: Betrag: EUR', 'description: Text + Zweck'];

  it('reads the dialect; a colon in a column name stays', () => {
    expect(columnsByRole(dialect, {})).toEqual({
      bookingDate: 'Datum',
      amount: 'Betrag: EUR',
      description: 'Text + Zweck',
    });
  });

  it('lets the examiner win, and "none" takes a column away', () => {
    expect(columnsByRole(dialect, { amount: '4', description: 'none' })).toEqual({ bookingDate: 'Datum', amount: '4' });
  });
});

describe('withOverride', () => {
  it('sets, replaces and takes back', () => {
    expect(withOverride({ a: '1' }, 'b', '2')).toEqual({ a: '1', b: '2' });
    expect(withOverride({ a: '1' }, 'a', '2')).toEqual({ a: '2' });
    expect(withOverride({ a: '1' }, 'a', '')).toEqual({});
  });
});
