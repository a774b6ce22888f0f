import { describe, expect, it } from 'vitest';
import { expectOrderIndependence } from '../order-independence.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { outOfHours } from './out-of-hours.ts';

const rowsOf = (poster: string, time: string, count: number): FixtureRow[] =>
  Array.from({ length: count }, () => ({ poster, time }));

describe('out-of-hours', () => {
  it('finds the user who works at night when others do not (worked example)', () => {
    const rows = [
      ...rowsOf('ANNA', '10:00', 98),
      ...rowsOf('ANNA', '19:00', 2),
      ...rowsOf('BEN', '11:00', 12),
      ...rowsOf('BEN', '02:30', 8),
    ];
    const { findings, statistics } = resultOf(outOfHours, tableOf(rows));
    expect(statistics).toMatchObject({ outOfHoursRows: 10, groupsFlagged: 1 });
    // Rest: (2 + 1) / (100 + 2) = 2.9 %.
    expect(findings[0]!.reason).toBe('User BEN: 8 of 20 rows lie outside 08:00 to 18:00 (40.0 %), elsewhere 2.9 %.');
    expect(findings[0]!.rows).toHaveLength(8);
    expect(findings[1]).toMatchObject({ key: 'other', severity: 'info' });
  });

  it('has the first minute inside and the last one outside, and hours over midnight', () => {
    const outside = (time: string, parameters = {}) =>
      resultOf(outOfHours, tableOf([{ time }]), parameters).statistics.outOfHoursRows;
    expect(['07:59', '08:00', '17:59', '18:00'].map(time => outside(time))).toEqual([1, 0, 0, 1]);
    const night = { 'hours-from': '22:00', 'hours-to': '06:00' };
    expect(['21:59', '22:00', '00:00', '05:59', '06:00'].map(time => outside(time, night))).toEqual([1, 0, 0, 0, 1]);
  });

  it('does not take midnight for a time where most rows state it', () => {
    const { population, statistics, limits } = resultOf(
      outOfHours,
      tableOf([...rowsOf('A', '00:00', 6), ...rowsOf('A', '12:00', 3), ...rowsOf('A', '', 1)]),
    );
    expect(statistics.outOfHoursRows).toBe(0);
    expect(population).toEqual({
      rows: 10,
      used: 3,
      excluded: [
        { reason: 'time of day is unknown', count: 1 },
        { reason: 'time is exactly 00:00, as where none is known', count: 6 },
      ],
    });
    expect(limits).toContain(
      'At least half of the known times are 00:00: this was taken for "not known", not for midnight.',
    );
  });

  it('does not depend on the order of rows', () => {
    expectOrderIndependence(outOfHours);
  });
});
