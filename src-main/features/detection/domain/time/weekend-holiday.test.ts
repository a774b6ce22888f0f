import { describe, expect, it } from 'vitest';
import { isoDate, parseIsoDate } from '../../../../kernel/civil-date.ts';
import { expectOrderIndependence } from '../order-independence.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { weekendHoliday } from './weekend-holiday.ts';

const MONDAY = parseIsoDate('2024-03-04')!;
/** So many rows of an account on Mondays, and so many on Saturdays. */
const rowsOf = (account: string, mondays: number, saturdays: number, amount = '10.00'): FixtureRow[] => [
  ...Array.from({ length: mondays }, (_, i) => ({ account, amount, date: isoDate(MONDAY + 7 * (i % 20))! })),
  ...Array.from({ length: saturdays }, (_, i) => ({ account, amount, date: isoDate(MONDAY + 5 + 7 * (i % 20))! })),
];

describe('weekend-holiday', () => {
  it('finds the account whose share is unusual against the rest (worked example)', () => {
    const rows = [...rowsOf('A1', 95, 5), ...rowsOf('A2', 97, 3), ...rowsOf('A3', 10, 10)];
    const { findings, statistics } = resultOf(weekendHoliday, tableOf(rows));
    expect(statistics).toMatchObject({ weekendRows: 18, holidayRows: 0, groupsFlagged: 1, largeRows: 0 });
    // Rest: 8 of 200 rows, (8 + 1) / (200 + 2) = 4.5 %.
    expect(findings[0]).toMatchObject({ key: '["account","A3"]', severity: 'high' });
    expect(findings[0]!.rows).toHaveLength(10);
    expect(findings[0]!.reason).toBe(
      'Account A3: 10 of 20 rows lie on a weekend or holiday (50.0 %), elsewhere 4.5 % (100.00).',
    );
    // All the others can be opened too.
    expect(findings[1]).toMatchObject({ key: 'other', severity: 'info' });
    expect(findings[1]!.rows).toHaveLength(8);
  });

  it('counts holidays of the country and the weekend of the case', () => {
    // 2024-07-04 is a Thursday and a holiday in the US; 2024-07-05 a Friday.
    const table = tableOf([{ date: '2024-07-04' }, { date: '2024-07-05' }, { date: '2024-07-07' }, { date: '' }]);
    const figures = (parameters: Record<string, string>) => resultOf(weekendHoliday, table, parameters).statistics;
    expect(figures({ country: 'US' })).toMatchObject({ weekendRows: 1, holidayRows: 1 });
    expect(figures({})).toMatchObject({ weekendRows: 1, holidayRows: 0 });
    expect(figures({ weekend: 'friday-saturday' })).toMatchObject({ weekendRows: 1, holidayRows: 0 });
    expect(figures({ weekend: 'none' })).toMatchObject({ weekendRows: 0 });
    expect(resultOf(weekendHoliday, table).population.excluded).toEqual([{ reason: 'date is unknown', count: 1 }]);
  });

  it('names single large amounts: by materiality, else the largest thousandth of a currency', () => {
    const rows = [...rowsOf('A1', 20, 2), { account: 'A1', amount: '-5000.00', date: '2024-03-10', party: 'BETA' }];
    const byMateriality = resultOf(weekendHoliday, tableOf(rows), { materiality: '5000' });
    const large = byMateriality.findings.filter(({ key }) => key.includes('large'));
    expect(large.map(finding => finding.reason)).toEqual([
      'Sunday, 2024-03-10: -5,000.00, 2024-03-10, BETA (material).',
    ]);
    const many = [...rowsOf('A1', 2000, 2), { account: 'A1', amount: '-5000.00', date: '2024-03-10', party: 'BETA' }];
    const thousandth = resultOf(weekendHoliday, tableOf(many));
    expect(thousandth.statistics.largeRows).toBe(1);
    expect(resultOf(weekendHoliday, tableOf(rows)).statistics.largeRows).toBe(0);
  });

  it('does not depend on the order of rows', () => {
    expectOrderIndependence(weekendHoliday, { materiality: '10000' });
  });
});
