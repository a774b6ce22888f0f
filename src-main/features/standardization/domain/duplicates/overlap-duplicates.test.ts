import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import type { OverlapColumns } from './overlap-duplicates.ts';
import { overlapDuplicates } from './overlap-duplicates.ts';

interface Row {
  readonly file: number;
  readonly day?: number;
  readonly units?: number;
  readonly account?: number;
  readonly party?: number;
  readonly reference?: number;
  readonly currency?: number;
  readonly valueDay?: number;
}
const columnsOf = (rows: readonly Row[]): OverlapColumns => ({
  rowCount: rows.length,
  source: Int32Array.from(rows, row => row.file),
  account: Int32Array.from(rows, row => row.account ?? 0),
  currency: Int32Array.from(rows, row => row.currency ?? 0),
  bookingDay: Int32Array.from(rows, row => row.day ?? 1),
  valueDay: Int32Array.from(rows, row => row.valueDay ?? UNKNOWN_DAY),
  amountUnits: Float64Array.from(rows, row => row.units ?? 100),
  party: Int32Array.from(rows, row => row.party ?? -1),
  referenceHash: Float64Array.from(rows, row => row.reference ?? 0),
});
const pairs = (...rows: readonly Row[]): [number, number][] =>
  overlapDuplicates(columnsOf(rows)).map(({ keep, duplicate }) => [keep, duplicate]);

describe('overlapDuplicates', () => {
  it('pairs the same transaction of two files and keeps the earlier file’s', () => {
    expect(pairs({ file: 0 }, { file: 0, day: 2 }, { file: 1 }, { file: 1, units: 7 })).toEqual([[0, 2]]);
  });

  it('lets true twins survive: two in each file are two, three against two are three', () => {
    expect(pairs({ file: 0 }, { file: 0 }, { file: 1 }, { file: 1 })).toEqual([
      [0, 2],
      [1, 3],
    ]);
    expect(pairs({ file: 0 }, { file: 0 }, { file: 1 }, { file: 1 }, { file: 1 })).toHaveLength(2);
    expect(pairs({ file: 0 }, { file: 0 })).toEqual([]);
  });

  it('never pairs across accounts, and not where reference and party both differ', () => {
    expect(pairs({ file: 0, account: 1 }, { file: 1, account: 2 })).toEqual([]);
    expect(
      pairs({ file: 0, account: -1, party: 1, reference: 5 }, { file: 1, account: -1, party: 2, reference: 6 }),
    ).toEqual([]);
  });

  it('proposes at exactly one half, and says nothing of a currency that neither states', () => {
    // Of the definition: 0.6 - 0.15 (reference) + 0.05 (value date) = 0.5; under 0.5 nothing is proposed.
    const row = { account: -1, currency: -1, valueDay: 2 };
    const rows = [
      { ...row, file: 0, reference: 5 },
      { ...row, file: 1, reference: 6 },
    ];
    expect(overlapDuplicates(columnsOf(rows))).toMatchObject([
      { score: 0.5, agree: ['booking date', 'amount', 'value date'], differ: ['reference'] },
    ]);
  });

  it('pairs by what agrees most, not by order', () => {
    const found = pairs(
      { file: 0, reference: 5 },
      { file: 0, reference: 6 },
      { file: 1, reference: 6 },
      { file: 1, reference: 5 },
    );
    expect(found).toEqual([
      [1, 2],
      [0, 3],
    ]);
  });

  it('follows a transaction through three files', () => {
    expect(pairs({ file: 0 }, { file: 1 }, { file: 2 })).toEqual([
      [0, 1],
      [0, 2],
    ]);
  });

  it('stays quick where thousands of payments of a day are equal', () => {
    const rows = [0, 1].flatMap(file => Array.from({ length: 5_000 }, (_, i) => ({ file, reference: i + 1 })));
    expect(overlapDuplicates(columnsOf(rows)).every(({ keep, duplicate }) => duplicate - keep === 5_000)).toBe(true);
    expect(overlapDuplicates(columnsOf(rows))).toHaveLength(5_000);
  });

  it('leaves of every amount and day as many as the file with most of them (property)', () => {
    const row = fc.record({ file: fc.integer({ min: 0, max: 2 }), day: fc.integer({ min: 1, max: 2 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), list => {
        const rows = [...list].sort((a, b) => a.file - b.file);
        const gone = new Set(overlapDuplicates(columnsOf(rows)).map(pair => pair.duplicate));
        for (const day of [1, 2]) {
          const counts = [0, 1, 2].map(file => rows.filter(each => each.day === day && each.file === file).length);
          const left = rows.filter((each, i) => each.day === day && !gone.has(i)).length;
          expect(left).toBe(Math.max(...counts));
        }
      }),
    );
  });
});
