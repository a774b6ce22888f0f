import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccountCoverage,
  type CoverageCell,
  carriesOver,
  filterOfCell,
  filterOfDays,
  lineScopes,
  placeAfterKey,
  shownState,
} from './coverage-cells.ts';

const cell = (state: CoverageCell['state']): CoverageCell => ({ state, transactions: 0, sources: [], reason: '' });
const line = (given: Partial<AccountCoverage>): AccountCoverage => ({
  account: 'DE89370400440532013000',
  currency: 'EUR',
  institution: null,
  from: '2025-02-10',
  to: '2025-04-03',
  cells: [],
  breaks: [],
  ...given,
});

describe('carriesOver', () => {
  it.each([
    ['0.00', true],
    ['0', true],
    ['-0.01', false],
    ['100', false],
    [null, false],
  ])('of a difference of %s is %s', (difference, carries) => {
    expect(carriesOver(difference)).toBe(carries);
  });
});

describe('shownState', () => {
  // The account's files run from February to April: March can be missing, January and May cannot.
  it.each([
    ['2025-01', 'outside'],
    ['2025-02', 'missing'],
    ['2025-03', 'missing'],
    ['2025-04', 'missing'],
    ['2025-05', 'outside'],
  ])('%s without a file is %s', (month, state) => {
    expect(shownState(line({}), month, cell('missing'))).toBe(state);
  });

  it('leaves what the engine found as it is', () => {
    expect(shownState(line({}), '2025-05', cell('discrepant'))).toBe('discrepant');
    expect(shownState(line({ from: null, to: null }), '2025-03', cell('missing'))).toBe('outside');
  });
});

describe('placeAfterKey', () => {
  it('never leaves the grid', () => {
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.nat(60),
        fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'),
        fc.boolean(),
        (row, column, key, whole) => {
          const place = placeAfterKey({ row, column }, key, whole, 31, 61);
          expect(place).not.toBeNull();
          expect(place!.row).toBeGreaterThanOrEqual(0);
          expect(place!.row).toBeLessThan(31);
          expect(place!.column).toBeGreaterThanOrEqual(0);
          expect(place!.column).toBeLessThan(61);
        },
      ),
    );
  });

  it.each([
    ['ArrowRight', false, { row: 2, column: 4 }],
    ['Home', false, { row: 2, column: 0 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 4, column: 9 }],
  ])('%s (Ctrl %s)', (key, whole, place) => {
    expect(placeAfterKey({ row: 2, column: 3 }, key, whole, 5, 10)).toEqual(place);
  });

  it('leaves other keys alone', () => {
    expect(placeAfterKey({ row: 0, column: 0 }, 'a', false, 5, 10)).toBeNull();
  });
});

describe('the filter of a cell', () => {
  it('names account and month; the side where the case has a ledger too', () => {
    const [alone] = lineScopes([line({})], false);
    expect(filterOfCell(line({}), alone!, '2024-02')).toEqual({
      account: 'DE89370400440532013000',
      from: '2024-02-01',
      to: '2024-02-29',
    });
    const [beside] = lineScopes([line({})], true);
    expect(filterOfCell(line({}), beside!, '2024-02')).toMatchObject({ side: 'bank' });
  });

  it('names the currency where the account has a line for each, and says “not stated” with empty text', () => {
    const accounts = [line({ account: null }), line({ account: null, currency: null }), line({})];
    const scopes = lineScopes(accounts, false);
    const days = { from: '2024-02-01', to: '2024-02-02' };
    expect(accounts.map((each, i) => filterOfDays(each, scopes[i]!, days))).toEqual([
      { account: '', currency: 'EUR', ...days },
      { account: '', currency: '', ...days },
      { account: 'DE89370400440532013000', ...days },
    ]);
  });
});
