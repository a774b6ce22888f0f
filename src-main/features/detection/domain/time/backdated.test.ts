import { describe, expect, it } from 'vitest';
import { expectOrderIndependence } from '../order-independence.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { backdated } from './backdated.ts';

const entry = (date: string, entered: string, poster = 'ANNA'): FixtureRow => ({
  date,
  entered,
  poster,
  amount: '100.00',
  currency: 'EUR',
  entry: 'J7',
});
const run = (rows: readonly FixtureRow[], parameters = {}) => resultOf(backdated, tableOf(rows), parameters);

describe('backdated', () => {
  it('finds entries made long after the day they bear (worked example)', () => {
    const { findings, statistics } = run([
      entry('2024-01-10', '2024-01-12'),
      entry('2024-01-10', '2024-02-09'),
      entry('2024-01-10', '2024-02-10'),
      entry('2024-03-01', '2024-02-01'),
    ]);
    // 30 days are allowed: 9 February is the thirtieth, 10 February the thirty-first.
    expect(findings.map(({ rows }) => [...rows])).toEqual([[2]]);
    expect(findings[0]!.reason).toBe(
      'User ANNA: 1 entry (100.00 EUR) entered more than 30 days after the day of booking. It: entry J7, 100.00 EUR, 2024-01-10, entered 2024-02-10, 31 days later.',
    );
    expect(findings[0]!.score).toBeCloseTo(31 / 396, 12);
    expect(statistics).toEqual({ enteredLate: 1, intoClosedPeriod: 0, postdated: 1, shareLate: 0.25 });
  });

  it('finds entries booked into a closed period, however soon', () => {
    const rows = [
      entry('2023-12-30', '2024-01-02'),
      entry('2023-12-31', '2023-12-31'),
      entry('2024-01-01', '2024-01-02'),
    ];
    const { findings } = run(rows, { 'period-end': '2023-12-31' });
    expect(findings.map(({ rows: own, severity }) => [[...own], severity])).toEqual([[[0], 'high']]);
    expect(findings[0]!.reason).toContain('booked into the period that closed on 2023-12-31 and entered after it');
    expect(run(rows, { 'period-end': '2023-12-31', 'closing-days': '2' }).findings).toEqual([]);
    expect(run(rows).limits[1]).toContain('entries into a closed period were not looked for');
  });

  it('groups by user and leaves out unknown days', () => {
    const late = (poster: string): FixtureRow => entry('2023-01-01', '2024-01-01', poster);
    const { findings, population } = run([
      late('ANNA'),
      late('BEN'),
      late('ANNA'),
      entry('', '2024-01-01'),
      entry('2024-01-01', ''),
    ]);
    expect(findings.map(({ rows }) => [...rows])).toEqual([[0, 2], [1]]);
    expect(population.excluded).toEqual([
      { reason: 'booking date is unknown', count: 1 },
      { reason: 'day of entry is unknown', count: 1 },
    ]);
  });

  it('does not depend on the order of rows', () => {
    expectOrderIndependence(backdated, { 'period-end': '2024-03-05' });
  });
});
