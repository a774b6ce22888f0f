import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { codedStatistics, numberStatistics } from './field-statistics.ts';

describe('codedStatistics', () => {
  it('counts known, distinct and the commonest, equal ones by name', () => {
    expect(codedStatistics({ codes: Int32Array.of(1, 0, -1, 1, 2), values: ['b', 'a', 'c', 'never'] })).toEqual({
      rows: 5,
      known: 4,
      distinct: 3,
      top: [
        { value: 'a', rows: 2 },
        { value: 'b', rows: 1 },
        { value: 'c', rows: 1 },
      ],
      minimum: null,
      maximum: null,
      median: null,
    });
  });
});

describe('numberStatistics', () => {
  it('leaves unknown values out and takes a median that occurs', () => {
    expect(numberStatistics(Float64Array.of(30, Number.NaN, 10, 20, 20))).toMatchObject({
      rows: 5,
      known: 4,
      distinct: 3,
      minimum: 10,
      maximum: 30,
      median: 20,
    });
    expect(numberStatistics(Int32Array.of(UNKNOWN_DAY)).median).toBeNull();
  });

  it('finds the commonest as counting every value does (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 200 }), list => {
        const counts = new Map<number, number>();
        for (const value of list) counts.set(value, (counts.get(value) ?? 0) + 1);
        const expected = [...counts]
          .map(([value, rows]) => ({ value, rows }))
          .sort((a, b) => b.rows - a.rows || a.value - b.value)
          .slice(0, 10);
        expect(numberStatistics(Int32Array.from(list)).top).toEqual(expected);
      }),
    );
  });
});
