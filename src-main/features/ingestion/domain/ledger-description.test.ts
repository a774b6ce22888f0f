import { describe, expect, it } from 'vitest';
import { ledgerDescription } from './ledger-description.ts';

describe('ledgerDescription', () => {
  it.each([
    ['Invoice 7', 'Paper', 'Invoice 7; Paper'],
    ['Invoice 7', '', 'Invoice 7'],
    ['', 'Paper', 'Paper'],
    ['', '', ''],
    ['Invoice 7', 'Invoice 7', 'Invoice 7'],
    ['Invoice 7', 'Invoice 7, line 1', 'Invoice 7, line 1'],
    ['Invoice 7 and 8', 'Invoice 7', 'Invoice 7 and 8; Invoice 7'],
  ])('of an entry %j and a line %j', (entry, line, expected) => {
    expect(ledgerDescription(entry, line)).toBe(expected);
  });
});
