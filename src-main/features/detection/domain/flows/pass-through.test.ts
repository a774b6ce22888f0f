import { describe, expect, it } from 'vitest';
import { resultOf } from '../transaction-table.fixture.ts';
import { passThrough } from './pass-through.ts';
import { findsTheSameShuffled, transferTable } from './transfers.fixture.ts';

const found = (lines: readonly string[], parameters = {}): number[][] =>
  resultOf(passThrough, transferTable(...lines), parameters).findings.map(({ rows }) => [...rows]);

describe('pass-through', () => {
  // docs/specs/pass-through.md: 300 in three receipts, 285 out: 50 after 1 day, 50 and 100 after 2 and 0 days, 85 after 1.
  const lines = [
    'A > M 2024-01-01 100.00',
    'M > X 2024-01-02 50.00',
    'B > M 2024-01-03 100.00',
    'M > Y 2024-01-03 150.00',
    'C > M 2024-01-08 100.00',
    'M > X 2024-01-09 85.00',
  ];

  it('finds the worked example of the spec', () => {
    const { findings } = resultOf(passThrough, transferTable(...lines));
    expect(findings.map(({ rows }) => [...rows])).toEqual([[0, 1, 2, 3, 4, 5]]);
    // Held, first in, first out: (50 × 1 + 50 × 2 + 100 × 0 + 85 × 1) ÷ 285 = 0.825 days.
    expect(findings[0]!.reason).toBe(
      'Account M received 300.00 in 3 receipts and paid out 285.00 in 3 payments from 2024-01-01 to 2024-01-09: 95.0 % was handed on, after 0.8 days on average.',
    );
    expect(findings[0]!.score).toBeCloseTo((285 / 300) * (1 - 235 / 285 / 12), 12);
  });

  it('keeps to the share, the days, the receipts and the order of time', () => {
    expect(found(lines, { share: '4.9' })).toEqual([]);
    expect(found(lines, { days: '0' })).toEqual([]);
    expect(found(lines, { least: '4' })).toEqual([]);
    expect(found(lines.map(line => line.replace(/^(M.*)2024/, '$12023')))).toEqual([]);
    // Three times what it received went out: the money comes from elsewhere.
    expect(
      found(
        lines.map(line => (line.startsWith('M') ? line.replace(/(\d+)\.00/, (_, n) => `${3 * Number(n)}.00`) : line)),
      ),
    ).toEqual([]);
  });

  it('is no passage where money goes to and fro between two', () => {
    expect(found(lines.map(line => line.replace(/^[ABC] /, 'X ').replace('> Y', '> X')))).toEqual([]);
  });

  it('finds the same in shuffled rows (property)', () => {
    findsTheSameShuffled(passThrough, { share: '50', least: '1' }, (a, b) => expect(a).toEqual(b));
  });
});
