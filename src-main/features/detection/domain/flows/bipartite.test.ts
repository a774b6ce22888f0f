import { describe, expect, it } from 'vitest';
import { resultOf } from '../transaction-table.fixture.ts';
import { bipartite } from './bipartite.ts';
import { findsTheSameShuffled, transferTable } from './transfers.fixture.ts';

const block = (payers: readonly string[], payees: readonly string[]): string[] =>
  payers.flatMap((payer, i) => payees.map((payee, j) => `${payer} > ${payee} 2024-01-0${1 + i + j} 100.00`));

describe('bipartite', () => {
  it('finds the worked example of the spec among other payments', () => {
    const lines = [...block(['A', 'B', 'C'], ['X', 'Y', 'Z']), 'A > S 2024-01-02 5.00', 'T > X 2024-01-02 5.00'];
    const { findings } = resultOf(bipartite, transferTable(...lines));
    expect(findings.map(({ rows }) => [...rows])).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8]]);
    expect(findings[0]!.reason).toBe(
      '3 payers (A, B, C) each paid each of 3 payees (X, Y, Z) from 2024-01-01 to 2024-01-05: 9 movements, 900.00.',
    );
  });

  it('asks that every payer pays every payee, within the days', () => {
    const lines = block(['A', 'B', 'C'], ['X', 'Y', 'Z']);
    const count = (of: readonly string[], parameters = {}): number =>
      resultOf(bipartite, transferTable(...of), parameters).findings.length;
    expect(count(lines.slice(1))).toBe(0);
    expect(count(lines.slice(1), { least: '2' })).toBe(1);
    expect(count(lines, { days: '3' })).toBe(0);
    expect(count(lines, { days: '4' })).toBe(1);
    expect(count(block(['A', 'B', 'C', 'D'], ['X', 'Y', 'Z', 'W', 'V']))).toBe(1);
  });

  it('leaves out who deals with each other throughout, and keeps one other payment', () => {
    const lines = block(['A', 'B', 'C'], ['X', 'Y', 'Z']);
    const monthly = Array.from(
      { length: 11 },
      (_, month) => `A > X 2024-${String(month + 2).padStart(2, '0')}-01 100.00`,
    );
    expect(resultOf(bipartite, transferTable(...lines, ...monthly)).findings).toEqual([]);
    const { findings } = resultOf(bipartite, transferTable(...lines, monthly[0]!));
    expect([...findings[0]!.rows]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('finds the same in shuffled rows (property)', () => {
    findsTheSameShuffled(bipartite, { least: '2', days: '4' }, (a, b) => expect(a).toEqual(b));
  });
});
