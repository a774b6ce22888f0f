import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { sequenceGap } from './sequence-gap.ts';

const tableOfReferences = (references: readonly string[]) => tableOf(references.map(reference => ({ reference })));

describe('sequence-gap', () => {
  it('reports a gap with the rows on both sides of it', () => {
    const table = tableOfReferences(['INV-0001', 'INV-0005', 'INV-0002', 'X-9', 'INV-0002', 'INV-0006', 'INV-0008']);
    const { findings, statistics, population } = resultOf(sequenceGap, table);
    expect(findings.map(({ reason, rows }) => [reason, [...rows]])).toEqual([
      ['Series "INV-": 2 numbers, 3 to 4, are missing between 2 and 5.', [1, 2, 4]],
      ['Series "INV-": number 7 is missing between 6 and 8.', [5, 6]],
    ]);
    expect(statistics).toEqual({
      seriesTested: 1,
      seriesTooSmall: 1,
      seriesNotConsecutive: 0,
      gaps: 2,
      missingNumbers: 3,
      jumps: 0,
    });
    expect(population).toEqual({ rows: 7, used: 6, excluded: [{ reason: 'series of fewer than 2 rows', count: 1 }] });
  });

  it('takes references of digits only as one series', () => {
    const { findings } = resultOf(sequenceGap, tableOfReferences(['1001', '1003', 'no number']));
    expect(findings.map(finding => finding.reason)).toEqual([
      'References of digits only: number 1002 is missing between 1001 and 1003.',
    ]);
  });

  it('tells a numbering that jumps from one with gaps', () => {
    const years = [2023, 2024].flatMap(year =>
      Array.from({ length: 20 }, (_, i) => `${year}${String(i + 1).padStart(5, '0')}`),
    );
    const { findings, statistics } = resultOf(
      sequenceGap,
      tableOfReferences(years.filter(text => text !== '202300007')),
    );
    expect(statistics).toMatchObject({ gaps: 1, missingNumbers: 1, jumps: 1 });
    expect(findings.map(({ severity, rows }) => [severity, [...rows]])).toEqual([
      ['medium', [5, 6]],
      ['low', [18, 19]],
    ]);
    expect(findings[1]!.reason).toBe(
      'References of digits only: the numbering jumps by more than 1,000 in 1 place (202300021 to 202400000).',
    );
  });

  it('does not drown the reader in gaps of references that are no numbering, and says so', () => {
    const random = Array.from({ length: 3000 }, (_, i) => `P${(i * 7_368_787) % 10_000_019}`);
    const { findings, limits, population } = resultOf(sequenceGap, tableOfReferences(random));
    expect(findings).toEqual([]);
    expect(population.excluded).toEqual([{ reason: 'series that is not numbered consecutively', count: 3000 }]);
    expect(limits[1]).toBe(
      '1 series (3,000 rows) was not tested: fewer than 10 % of the numbers are there, or the numbering jumps too often. The largest: Series "P", 3,000 rows.',
    );
  });

  it('gives one finding to a series with more than a thousand gaps, and lists their rows', () => {
    const { findings, statistics } = resultOf(
      sequenceGap,
      tableOfReferences(Array.from({ length: 1100 }, (_, i) => String(1 + 2 * i))),
    );
    expect(statistics).toMatchObject({ gaps: 1099, missingNumbers: 1099 });
    expect(findings).toHaveLength(1);
    expect(findings[0]!.rows).toHaveLength(1100);
    expect(findings[0]!.reason).toContain('1,099 numbers are missing in 1,099 gaps');
  });

  it('finds every missing number, dense or sparse (property, brute force)', () => {
    const numbers = fc.oneof(
      fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 40 }),
      fc.array(fc.integer({ min: 0, max: 15_000 }), { minLength: 2, maxLength: 40 }),
    );
    fc.assert(
      fc.property(numbers, list => {
        const table = tableOfReferences(list.map(number => `S${number}`));
        // The widest gap and the lowest fill there are, so that nothing is set apart: 2 of 15,001 numbers are 0.00013.
        const { findings, statistics } = resultOf(sequenceGap, table, {
          'maximum-gap': '1000000000',
          'minimum-fill': '0.0001',
        });
        expect(statistics.seriesTested).toBe(1);
        const sorted = [...new Set(list)].sort((a, b) => a - b);
        const expected = sorted.slice(1).flatMap((to, i) => {
          const from = sorted[i]!;
          if (to - from === 1) return [];
          return [[...list.keys()].filter(row => list[row] === from || list[row] === to).join(' ')];
        });
        expect(findings.map(({ rows }) => [...rows].join(' ')).sort()).toEqual(expected.sort());
        expect(statistics.missingNumbers).toBe(sorted.at(-1)! - sorted[0]! + 1 - sorted.length);
      }),
      { numRuns: 300 },
    );
  });
});
