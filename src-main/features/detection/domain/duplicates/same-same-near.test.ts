import { describe, expect, it } from 'vitest';
import { isoDate, parseIsoDate } from '../../../../kernel/civil-date.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { sameSameNear } from './same-same-near.ts';

const rowsOf = (table: ReturnType<typeof tableOf>): number[][] =>
  resultOf(sameSameNear, table)
    .findings.map(({ rows }) => [...rows])
    .sort((a, b) => a[0]! - b[0]!);

/** Payments of 9,500.00 to one party, so many days after the first of March 2024. */
const paidOn = (...days: readonly number[]): FixtureRow[] =>
  days.map(day => ({
    party: 'ACME',
    amount: '-9500.00',
    date: isoDate(parseIsoDate('2024-03-01')! + day)!,
  }));

describe('same-same-near', () => {
  // requirements/forensic-tests.md: within 10 currency units or 14 days.
  it('finds the same amount within 14 days and another within 10 units on one day, and neither beyond', () => {
    const table = tableOf([
      { party: 'ACME', amount: '-500.00', date: '2024-03-01' },
      { party: 'ACME', amount: '-500.00', date: '2024-03-15' },
      { party: 'ACME', amount: '-500.00', date: '2024-03-30' },
      { party: 'BETA', amount: '-100.00', date: '2024-03-01' },
      { party: 'BETA', amount: '-110.00', date: '2024-03-01' },
      { party: 'BETA', amount: '-120.01', date: '2024-03-01' },
      { party: 'BETA', amount: '100.00', date: '2024-03-01' },
    ]);
    expect(rowsOf(table)).toEqual([
      [0, 1],
      [3, 4],
    ]);
  });

  // docs/specs/same-same-near.md: a habit has four payments or more, six days apart at least, at most four days uneven.
  it.each([[[0, 7, 14, 21]], [[0, 6, 12, 18]], [[0, 10, 16, 26]]])(
    'takes even distances of six days and more for a habit: counted, not listed (days %j)',
    days => {
      const { findings, statistics } = resultOf(sameSameNear, tableOf(paidOn(...days)));
      expect(findings).toEqual([]);
      expect(statistics).toMatchObject({ nearInDate: 1, habits: 1 });
    },
  );

  // Every one of these is a chain of the spec's formula (each at most 14 days after the one before) and has no week's rhythm.
  it.each([
    ['three days running', [0, 1, 2]],
    ['four days running', [0, 1, 2, 3]],
    ['a burst with two on one day, twice', [0, 0, 1, 2, 2]],
    ['every fifth day', [0, 5, 10, 15]],
    ['a week’s rhythm with one payment made twice', [0, 7, 7, 14, 21]],
    ['an uneven rhythm', [0, 7, 21, 28]],
  ])('lists a burst of equal payments, however even: %s', (_, days) => {
    const { findings, statistics } = resultOf(sameSameNear, tableOf(paidOn(...days)));
    expect(findings.map(({ rows }) => [...rows])).toEqual([days.map((_day, row) => row)]);
    expect(statistics).toMatchObject({ nearInDate: 1, habits: 0, flagged: 1 });
  });

  it('takes 200,000 equal payments of one party', () => {
    const count = 200_000;
    const table = tableOf(paidOn(0, 1));
    const many = {
      ...table,
      rowCount: count,
      rowNumber: Uint32Array.from({ length: count }, (_, row) => row + 1),
      amountUnits: new Float64Array(count).fill(-950_000),
      bookingDay: Int32Array.from({ length: count }, (_, row) => 10_000 + (row % 1_000)),
      party: { codes: new Int32Array(count), values: ['ACME'] },
    };
    const { findings } = resultOf(sameSameNear, many);
    expect(findings.map(({ rows }) => rows.length)).toEqual([count]);
  });
});
