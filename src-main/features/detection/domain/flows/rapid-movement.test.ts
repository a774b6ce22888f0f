import { describe, expect, it } from 'vitest';
import { resultOf } from '../transaction-table.fixture.ts';
import { rapidMovement } from './rapid-movement.ts';
import { findsTheSameShuffled, transferTable } from './transfers.fixture.ts';

const found = (lines: readonly string[], parameters = {}): number[][] =>
  resultOf(rapidMovement, transferTable(...lines), parameters).findings.map(({ rows }) => [...rows]);

describe('rapid-movement', () => {
  it('finds the worked example of the spec', () => {
    const { findings } = resultOf(rapidMovement, transferTable('A > M 2024-01-01 1000.00', 'M > B 2024-01-03 960.00'));
    expect(findings.map(({ rows }) => [...rows])).toEqual([[0, 1]]);
    expect(findings[0]!.reason).toBe(
      'Account M received 1,000.00 in 1 receipt that left again within 3 days (960.00 in 1 payment, from 2024-01-01 to 2024-01-03): 100.0 % of all it received.',
    );
    expect(findings[0]!.score).toBe(0.5);
  });

  it('follows a receipt that leaves in parts, judged at the end of a day', () => {
    const parts = [
      'A > M 2024-01-01 1000.00',
      'M > B 2024-01-02 500.00',
      'M > C 2024-01-02 300.00',
      'M > D 2024-01-03 180.00',
    ];
    expect(found(parts)).toEqual([[0, 1, 2, 3]]);
    expect(found([...parts, 'E > M 2024-01-02 400.00'])).toEqual([]);
  });

  it('keeps to the days, the share, the order of time and the materiality; a refund is no onward payment', () => {
    const pair = ['A > M 2024-01-02 1000.00', 'M > B 2024-01-05 900.00'];
    expect(found(pair)).toEqual([[0, 1]]);
    expect(found(pair, { days: '2' })).toEqual([]);
    expect(found(pair, { share: '9.9' })).toEqual([]);
    expect(found(pair, { materiality: '1000.01' })).toEqual([]);
    expect(found(['A > M 2024-01-02 1000.00', 'M > B 2024-01-01 1000.00'])).toEqual([]);
    expect(found(['A > M 2024-01-02 1000.00', 'M > A 2024-01-03 1000.00'])).toEqual([]);
  });

  it('asks that most of what the account received moved on', () => {
    const lines = ['A > M 2024-01-01 1000.00', 'M > B 2024-01-03 960.00', 'C > M 2024-03-01 5000.00'];
    expect(found(lines)).toEqual([]);
    expect(found(lines, { 'least-share': '16' })).toEqual([[0, 1]]);
  });

  it('does not follow receipts to accounts that always pay such amounts, and says so', () => {
    const busy = Array.from({ length: 28 }, (_, i) => `M > B${i} 2024-02-${String(i + 1).padStart(2, '0')} 1000.00`);
    const { findings, limits } = resultOf(rapidMovement, transferTable('A > M 2024-02-10 1000.00', ...busy));
    expect(findings).toEqual([]);
    expect(limits.join(' ')).toContain('1 receipt came to accounts that so often pay such amounts');
  });

  it('finds the same in shuffled rows (property)', () => {
    findsTheSameShuffled(rapidMovement, { days: '2', 'least-share': '1' }, (a, b) => expect(a).toEqual(b));
  });
});
