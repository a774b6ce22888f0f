import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomRows, rowSets } from '../random-rows.fixture.ts';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { velocity } from './velocity.ts';

describe('velocity', () => {
  // Nine days with one row and one day with ten: 19 rows, 10 active days, the busy day 10 × 10 / 19 = 5.26 times the average.
  const days = [
    ...Array.from({ length: 9 }, (_, i) => `2024-01-0${i + 1}`),
    ...new Array<string>(10).fill('2024-02-01'),
  ];

  it('finds the day that is more than five times the average', () => {
    const { findings, statistics } = resultOf(velocity, tableOf(days.map(date => ({ date, account: 'A1' }))));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
    expect(findings[0]!.reason).toBe(
      'Account A1: 10 rows on 2024-02-01, 5.3 times the average of 1.9 on its 10 active days.',
    );
    expect(statistics).toEqual({ accounts: 1, accountDays: 10, flagged: 1 });
  });

  it('asks above the factor, not at it', () => {
    // Two days with 1 and 3 rows: the busy day is 1.5 times the average of 2.
    const table = tableOf(['2024-01-01', '2024-01-02', '2024-01-02', '2024-01-02'].map(date => ({ date })));
    expect(resultOf(velocity, table, { factor: '1.5' }).findings).toEqual([]);
    const { findings, limits } = resultOf(velocity, table, { factor: '1.499' });
    expect(findings).toHaveLength(1);
    expect(limits).toContain('No account column: all rows were taken as one account.');
  });

  it('counts account-days as defined (property, brute force)', () => {
    fc.assert(
      fc.property(randomRows(60), fc.constantFrom('1', '1.25', '2'), (rows, factor) => {
        const eligible = [...rows.keys()].filter(i => rows[i]!.date !== '' && rows[i]!.account !== '');
        const expected = [...Map.groupBy(eligible, i => rows[i]!.account).values()].flatMap(own => {
          const byDay = [...Map.groupBy(own, i => rows[i]!.date).values()];
          return byDay
            .filter(day => day.length * byDay.length * 100 > Number(factor) * 100 * own.length)
            .map(day => ({ rows: day }));
        });
        const result = resultOf(velocity, tableOf(rows), { factor });
        expect(rowSets(result.findings)).toEqual(rowSets(expected));
        expect(result.population.used).toBe(eligible.length);
      }),
    );
  });
});
