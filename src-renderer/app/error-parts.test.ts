import { describe, expect, it } from 'vitest';
import { asNexusError, errorDetails, errorParts } from './error-parts.ts';

const REFUSED = {
  code: 'dialect.ambiguous',
  category: 'input',
  message: 'The order of day and month is open',
  file: 'bank.csv',
  row: 12,
  kept: 'Nothing was stored',
  remedy: 'Choose the order of the date',
} as const;

describe('error parts', () => {
  it('gives all four parts of an engine error', () => {
    expect(errorParts(asNexusError(REFUSED))).toEqual({
      code: 'dialect.ambiguous',
      what: 'The order of day and month is open',
      file: 'bank.csv',
      row: 12,
      kept: 'Nothing was stored',
      remedy: 'Choose the order of the date',
    });
  });

  it('calls anything else an internal fault and keeps its message', () => {
    expect(asNexusError(new TypeError('boom'))).toEqual({
      code: 'window.fault',
      category: 'internal',
      message: 'boom',
    });
    expect(asNexusError({ code: 1 }).category).toBe('internal');
  });

  it('copies one labelled line a part and none for a part that is missing', () => {
    expect(errorDetails(REFUSED).split('\n')).toHaveLength(6);
    expect(errorDetails({ code: 'a.b', category: 'internal', message: 'm' })).toBe('code: a.b (internal)\nmessage: m');
  });
});
