import { describe, expect, it } from 'vitest';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { structuring } from './structuring.ts';

const order = (number: number, amount: string, date = '2024-03-04'): FixtureRow => ({
  date,
  amount,
  party: 'DOE JOHN',
  type: 'Money Order',
  currency: 'USD',
  reference: `MO-${number}`,
});
const run = (rows: readonly FixtureRow[], parameters = {}) => resultOf(structuring, tableOf(rows), parameters);
const found = (rows: readonly FixtureRow[], parameters = {}) =>
  run(rows, parameters)
    .findings.map(({ rows, severity }) => [severity, [...rows]])
    .sort();

/** Numbers 11 to 14 of 2,900 each on four days, together 11,600: below 10,000 each (31 CFR 1010.415). */
const FOUR = [11, 12, 13, 14].map((number, i) => order(number, '2900.00', `2024-03-0${4 + i}`));

describe('sequential instruments', () => {
  it('finds consecutively numbered instruments below 3,000 and 10,000 (31 CFR 1010.415)', () => {
    const small = run([order(11, '1200.00'), order(12, '1300.00'), order(13, '900.00'), order(20, '2000.00')]);
    expect(small.statistics).toMatchObject({ instruments: 1, cashRows: 0, instrumentRows: 4 });
    expect([...small.findings[0]!.rows]).toEqual([0, 1, 2]);
    expect(small.findings[0]!.reason).toBe(
      'Sequential instruments: DOE JOHN, in: 3 instruments numbered MO-11 to MO-13 from 2024-03-04 to 2024-03-04, each below 3,000.00 USD, together 3,400.00 USD.',
    );
    const large = run([order(1, '4000.00'), order(2, '4000.00'), order(3, '4000.00')]);
    expect(large.findings[0]!.reason).toContain('each below 10,000.00 USD, together 12,000.00 USD');
    expect(found([order(1, '900.00'), order(2, '900.00'), order(3, '900.00')])).toEqual([]);
    expect(found([order(1, '1500.00'), order(2, '1500.00')])).toEqual([]);
  });

  // Appendix G of the FFIEC manual speaks of groups: what stands beside a group does not undo it.
  it('is not undone by the next number weeks later', () => {
    expect(found(FOUR)).toEqual([['high', [0, 1, 2, 3]]]);
    expect(found([...FOUR, order(15, '2900.00', '2024-03-21')])).toEqual([['high', [0, 1, 2, 3]]]);
    // Nor by a second record of a number within it.
    expect(found([...FOUR, order(12, '2900.00', '2024-03-21')])).toEqual([['high', [0, 1, 2, 3]]]);
  });

  it('is not undone by a neighbour at or over the limit', () => {
    expect(found([...FOUR, order(10, '12000.00', '2024-03-04')])).toEqual([['high', [0, 1, 2, 3]]]);
    // One in the middle parts it: 1, 2 and 3 of 4,000 remain, 5 and 6 are two.
    const parted = [1, 2, 3, 4, 5, 6].map(number => order(number, number === 4 ? '10000.00' : '4000.00'));
    expect(found(parted)).toEqual([['high', [0, 1, 2]]]);
  });

  it('looks below 3,000 among those that are no run below 10,000', () => {
    const rows = [order(10, '5000.00'), order(11, '1200.00'), order(12, '1200.00'), order(13, '1200.00')];
    // 8,600 together is below 10,000; the three below 3,000 come to 3,600.
    expect(found(rows)).toEqual([['high', [1, 2, 3]]]);
  });

  it('takes windows that share an instrument as one run, and others as runs of their own', () => {
    const chain = [1, 2, 3, 4, 5].map((number, i) =>
      order(number, '4000.00', `2024-03-${String(4 + 3 * i).padStart(2, '0')}`),
    );
    expect(found(chain, { weekend: 'none' })).toEqual([['high', [0, 1, 2, 3, 4]]]);
    const twice = [...FOUR, ...[15, 16, 17, 18].map(number => order(number, '2900.00', '2024-04-02'))];
    expect(found(twice)).toEqual([
      ['high', [0, 1, 2, 3]],
      ['high', [4, 5, 6, 7]],
    ]);
    expect(
      new Set(run([...FOUR, ...FOUR.map(row => ({ ...row, date: '2024-05-02' }))]).findings.map(f => f.key)).size,
    ).toBe(2);
  });

  it('needs as many different numbers as asked for', () => {
    const repeated = [order(1, '4000.00'), order(1, '4000.00'), order(2, '4000.00')];
    expect(found(repeated)).toEqual([]);
    expect(found(repeated, { 'minimum-instruments': '2' })).toEqual([['high', [0, 1, 2]]]);
  });
});
