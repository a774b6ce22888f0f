import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../../kernel/civil-date.ts';
import { expectOrderIndependence } from '../order-independence.fixture.ts';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { longestOrder } from './longest-order.ts';
import { outOfOrder } from './out-of-order.ts';

const series = (...pairs: readonly (readonly [number: number, day: number])[]): FixtureRow[] =>
  pairs.map(([number, day]) => ({ reference: `INV-${number}`, date: `2024-03-${String(day).padStart(2, '0')}` }));
const run = (rows: readonly FixtureRow[], parameters = {}) => resultOf(outOfOrder, tableOf(rows), parameters);

describe('out-of-order', () => {
  it('finds the number that falls while days go on (worked example)', () => {
    const { findings, statistics } = run(series([101, 1], [102, 5], [107, 6], [103, 8], [104, 12], [105, 20]));
    expect(statistics).toEqual({
      seriesTested: 1,
      seriesTooSmall: 0,
      seriesNotInTime: 0,
      outOfOrder: 1,
      seriesFlagged: 1,
    });
    expect([...findings[0]!.rows]).toEqual([2, 5]);
    expect(findings[0]).toMatchObject({ severity: 'low', score: 5 / 6 });
    expect(findings[0]!.reason).toBe(
      'Series "INV-": number 107 is of 2024-03-06, number 105 of 2024-03-20 (14 days); the other 5 rows are in order.',
    );
  });

  it('sees a document that was dated late as well', () => {
    const { findings } = run(series([101, 1], [102, 2], [103, 3], [90, 30], [104, 4], [105, 5]));
    expect(findings[0]!.reason).toContain('number 90 is of 2024-03-30, number 101 of 2024-03-01 (29 days)');
  });

  it('takes numbers of one day in any order, and less than the days asked for as in order', () => {
    expect(run(series([1, 1], [3, 2], [2, 2], [4, 3])).findings).toEqual([]);
    const swapped = series([1, 1], [3, 2], [2, 4], [4, 5]);
    expect(run(swapped).findings).toHaveLength(1);
    expect(run(swapped, { days: '3' }).findings).toEqual([]);
  });

  it('does not test a series whose numbers do not follow time, and says so', () => {
    const { findings, limits, population } = run(series([5, 1], [4, 2], [3, 3], [2, 4], [1, 5]));
    expect(findings).toEqual([]);
    expect(population.excluded).toEqual([{ reason: 'series whose numbers do not follow time', count: 5 }]);
    expect(limits.at(-1)).toBe(
      '1 series (5 rows) was not tested: more than 34 % of the numbers are out of order. The largest: Series "INV-", 5 rows.',
    );
  });

  it('keeps as many numbers as any order can (property, brute force over subsets)', () => {
    const pairs = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 6 })), {
      maxLength: 9,
      selector: ([day, number]) => `${day} ${number}`,
    });
    fc.assert(
      fc.property(pairs, list => {
        const elements = list
          .toSorted(([a, b], [c, d]) => a - c || b - d)
          .map(([day, number]) => ({ day, number, rows: [0] }));
        let best = 0;
        for (let subset = 0; subset < 1 << elements.length; subset++) {
          const chosen = elements.filter((_, i) => (subset >> i) % 2 === 1);
          if (chosen.every((one, i) => i === 0 || one.number >= chosen[i - 1]!.number))
            best = Math.max(best, chosen.length);
        }
        const kept = longestOrder(elements);
        expect(kept).toHaveLength(best);
        expect(
          kept.every(
            (at, i) => i === 0 || (at > kept[i - 1]! && elements[at]!.number >= elements[kept[i - 1]!]!.number),
          ),
        ).toBe(true);
      }),
    );
  });

  it('is quick on a long series', () => {
    const rows = Array.from(
      { length: 3000 },
      (_, i): FixtureRow => ({
        reference: `N${i % 50 === 0 ? i + 200 : i}`,
        date: isoDate(19_000 + i)!,
      }),
    );
    expect(run(rows).statistics).toMatchObject({ outOfOrder: 60 });
  });

  it('does not depend on the order of rows', () => {
    expectOrderIndependence(outOfOrder, { 'most-displaced': '100' });
  });
});
