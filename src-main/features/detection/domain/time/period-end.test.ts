import { describe, expect, it } from 'vitest';
import { isoDate, parseIsoDate } from '../../../../kernel/civil-date.ts';
import { expectOrderIndependence } from '../order-independence.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { monthDays, monthText } from './month-days.ts';
import { periodEnd } from './period-end.ts';

const FIRST = parseIsoDate('2024-01-01')!;
/** A row on each day of six months (182 days), with other amounts on the last three days of June. */
const daily = (account: string, endAmount = '100.00'): FixtureRow[] =>
  Array.from({ length: 182 }, (_, i) => {
    const date = isoDate(FIRST + i)!;
    return { account, date, amount: date >= '2024-06-28' ? endAmount : '100.00', currency: 'EUR' };
  });

describe('period-end', () => {
  it('finds the account whose rows gather at the ends of months (worked example)', () => {
    const ends = ['01-29', '01-30', '01-31', '02-28', '02-29', '03-29', '03-31', '04-30', '05-31', '06-28'];
    const gathered = [...ends, '03-12', '05-15'].map(day => ({
      account: 'A2',
      date: `2024-${day}`,
      amount: '5.00',
      currency: 'EUR',
    }));
    const { findings, statistics } = resultOf(periodEnd, tableOf([...daily('A1'), ...gathered]));
    expect(findings).toHaveLength(1);
    expect(findings[0]!.rows).toHaveLength(10);
    // A1 has 18 of its 182 rows in the last three days of a month: 9.9 %.
    expect(findings[0]!.reason).toMatch(
      /^Account A2: 10 of 12 rows in the last 3 days of a month \(83\.3 %\); spread evenly it were \d+\.\d %, elsewhere it is 9\.9 % \(50\.00 EUR\)\.$/,
    );
    expect(statistics).toMatchObject({ groups: 2, endRows: 28, flagged: 1 });
  });

  it('finds the month whose amount lies in its last days, higher where the year closes with it', () => {
    const table = tableOf(daily('A1', '5000.00'));
    const [found] = resultOf(periodEnd, table).findings;
    expect(found).toMatchObject({ key: '["A1","2024-06"]', severity: 'medium' });
    expect(found!.rows).toHaveLength(3);
    // 15,000 of 17,700; in the other months 3 of 31, 30 or 29 days: the median is (3/31 + 3/31) / 2 or so.
    expect(found!.reason).toContain(
      'Account A1: 84.7 % of the amount of 2024-06 lies in the last 3 days, in 3 rows (15,000.00 EUR)',
    );
    expect(found!.reason).toContain('in its other months half have at most 9.7 %');
    expect(resultOf(periodEnd, table, { 'year-end': '06-30' }).findings[0]!.severity).toBe('high');
    expect(resultOf(periodEnd, tableOf(daily('A1'))).findings).toEqual([]);
  });

  it('knows months and their last days', () => {
    const { month, daysLeft } = monthDays(parseIsoDate('2024-02-27')!, parseIsoDate('2024-03-01')!);
    expect([...month].map(monthText)).toEqual(['2024-02', '2024-02', '2024-02', '2024-03']);
    expect([...daysLeft]).toEqual([3, 2, 1, 31]);
  });

  it('says what it could not test', () => {
    const { limits, population } = resultOf(periodEnd, tableOf([{ date: '2024-01-31' }, { date: '' }]));
    expect(limits).toContain('No account column: all rows were taken as one account.');
    expect(limits).toContain('No column amount: single months were not looked at.');
    expect(population).toEqual({ rows: 2, used: 1, excluded: [{ reason: 'date is unknown', count: 1 }] });
  });

  it('does not depend on the order of rows', () => {
    const loose = { factor: '1', significance: '0.9', 'minimum-count': '1' };
    expectOrderIndependence(periodEnd, loose, [
      '',
      '2024-01-31',
      '2024-02-10',
      '2024-02-29',
      '2024-03-05',
      '2024-03-30',
    ]);
  });
});
