import { describe, expect, it } from 'vitest';
import { rowsOfNobody } from './rows-of-nobody.ts';
import { findTest } from './test-catalogue.ts';
import { type FixtureRow, resultOf, tableOf } from './transaction-table.fixture.ts';

/** Counted by hand: one row of account and party, one of each, two of neither (one of them without a day). */
const ROWS: readonly FixtureRow[] = [
  { date: '2024-01-01', account: 'A', party: 'P' },
  { date: '2024-01-02', account: 'A', party: '' },
  { date: '2024-01-03', account: '', party: 'P' },
  { date: '2024-01-04', account: '', party: '' },
  { date: '', account: '', party: '' },
];
const without = (...names: readonly ('account' | 'party')[]) =>
  tableOf(
    ROWS.map(row => Object.fromEntries(Object.entries(row).filter(([name]) => !names.some(other => other === name)))),
  );

describe('rows of nobody', () => {
  it('state none of the columns that there are', () => {
    expect(rowsOfNobody(tableOf(ROWS))).toEqual({ reason: 'account and party are unknown', count: 1 });
    expect(rowsOfNobody(without('party'))).toEqual({ reason: 'account is unknown', count: 2 });
    expect(rowsOfNobody(without('account'))).toEqual({ reason: 'party is unknown', count: 2 });
    expect(rowsOfNobody(without('account', 'party'))).toEqual({
      reason: 'neither account nor party is stated',
      count: 4,
    });
  });

  it.each(['activity-burst', 'dormant-account-reactivated'])('are not said to be used by %s', id => {
    const populationOf = (table: ReturnType<typeof tableOf>) => resultOf(findTest(id)!, table).population;
    const undated = { reason: 'date is unknown', count: 1 };
    expect(populationOf(tableOf(ROWS))).toEqual({
      rows: 5,
      used: 3,
      excluded: [undated, { reason: 'account and party are unknown', count: 1 }],
    });
    expect(populationOf(without('party'))).toEqual({
      rows: 5,
      used: 2,
      excluded: [undated, { reason: 'account is unknown', count: 2 }],
    });
  });
});
