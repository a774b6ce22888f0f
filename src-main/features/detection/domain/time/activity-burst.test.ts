import { describe, expect, it } from 'vitest';
import { isoDate, parseIsoDate } from '../../../../kernel/civil-date.ts';
import { expectOrderIndependence } from '../order-independence.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { activityBurst } from './activity-burst.ts';

const FIRST = parseIsoDate('2024-01-01')!;
/** Rows of an account: counts[i] of them spread over the days of week i. */
const weeks = (account: string, counts: readonly number[]): FixtureRow[] =>
  counts.flatMap((count, week) =>
    Array.from({ length: count }, (_, i) => ({ account, date: isoDate(FIRST + 7 * week + (i % 7))! })),
  );
const run = (rows: readonly FixtureRow[], parameters = {}) => resultOf(activityBurst, tableOf(rows), parameters);

describe('activity-burst', () => {
  it('finds the week that is far busier than the others (worked example)', () => {
    // Counts 7 8 7 9 7 8 40 7 8 7 (the first and last day have rows): median 7.5, MAD 0.5, z = 0.6745 × 32.5 / 0.5 = 43.8.
    const { findings, statistics } = run(weeks('A1', [7, 8, 7, 9, 7, 8, 40, 7, 8, 7]));
    expect(statistics).toEqual({ accounts: 1, parties: 0, bursts: 1 });
    expect(findings[0]).toMatchObject({ severity: 'high' });
    expect(findings[0]!.reason).toMatch(
      /^Account A1: 40 rows from 2024-02-12 to 2024-02-18, usual in 7 days are 7\.5 \(median of 10 such periods, robust z 43\.8\); the burst has \d+ in all\.$/,
    );
    expect(findings[0]!.score).toBeCloseTo(1 - 3.5 / ((0.6745 * 32.5) / 0.5), 9);
  });

  it('needs a history, enough rows, and a multiple of what is usual', () => {
    expect(run(weeks('A1', [7, 8, 7, 9, 40, 7, 7])).findings).toEqual([]);
    expect(run(weeks('A1', [1, 0, 1, 0, 1, 0, 1, 9, 1, 1])).findings).toEqual([]);
    expect(run(weeks('A1', [50, 50, 50, 51, 50, 49, 50, 50, 60, 50])).findings).toEqual([]);
  });

  it('takes the mean deviation where most periods are alike, and is then no more than medium', () => {
    const { findings } = run([
      ...weeks('A1', [1, 1, 1, 1, 1, 1, 14, 1, 1, 1]),
      { account: 'A1', date: isoDate(FIRST + 69)! },
    ]);
    expect(findings).toHaveLength(1);
    const idle = run([...weeks('A2', [1, 0, 0, 0, 0, 0, 14, 0, 0, 0]), { account: 'A2', date: isoDate(FIRST + 69)! }]);
    expect(idle.findings[0]).toMatchObject({ severity: 'medium' });
  });

  it('gives one finding to an account that is busy by turns', () => {
    const counts = Array.from({ length: 40 }, (_, i) => (i % 8 === 4 ? 30 : 2));
    const { findings, statistics } = run(weeks('A1', counts));
    expect(statistics.bursts).toBe(5);
    expect(findings.map(({ severity }) => severity)).toEqual(['low']);
    expect(findings[0]!.reason).toContain('5 bursts, the strongest 30 rows');
  });

  it('looks at parties too, and at the whole table where there is neither', () => {
    const rows = weeks('A1', [7, 8, 7, 9, 7, 8, 40, 7, 8, 7]);
    const parties = run(rows.map(({ account = '', date = '' }) => ({ party: account, date })));
    expect(parties.findings[0]!.key).toContain('Party');
    const bare = run(rows.map(({ date = '' }) => ({ date })));
    expect(bare.findings).toHaveLength(1);
    expect(bare.limits).toContain('Neither account nor party: all rows were taken as one account.');
  });

  it('does not depend on the order of rows', () => {
    const loose = { 'minimum-rows': '2', 'minimum-windows': '3', window: '2', factor: '1', z: '0.5' };
    expectOrderIndependence(activityBurst, loose);
  });
});
