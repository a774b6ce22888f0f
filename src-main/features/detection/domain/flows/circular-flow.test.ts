import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { circularFlow } from './circular-flow.ts';
import { flowGraph } from './flow-graph.ts';
import { findsTheSameShuffled, randomTransfers, transferTable } from './transfers.fixture.ts';

const found = (lines: readonly string[], parameters = {}): number[][] =>
  resultOf(circularFlow, transferTable(...lines), parameters).findings.map(({ rows }) => [...rows]);

describe('circular-flow', () => {
  const ring = ['A > B 2024-01-01 1000.00', 'B > C 2024-01-03 950.00', 'C > A 2024-01-08 910.00'];

  it('finds the worked example of the spec', () => {
    const { findings } = resultOf(circularFlow, transferTable(...ring, 'C > D 2024-01-08 20.00'));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([0, 1, 2]);
    expect(findings[0]).toMatchObject({ severity: 'high', key: '["A","B","C"]' });
    expect(findings[0]!.score).toBeCloseTo(0.91, 12);
    expect(findings[0]!.reason).toBe(
      'Money went round A → B → C → A from 2024-01-01 to 2024-01-08: 1 round, 3 movements, 2,860.00 in all; in the closest round the amounts differ by 9.0 % at most.',
    );
  });

  it('follows money forward in time only, within the window and the share', () => {
    expect(found(['A > B 2024-01-05 100.00', 'B > C 2024-01-04 100.00', 'C > A 2024-01-03 100.00'])).toEqual([]);
    expect(found(ring, { days: '6' })).toEqual([]);
    expect(found(ring, { days: '7' })).toEqual([[0, 1, 2]]);
    expect(found(ring, { share: '4' })).toEqual([]);
    expect(found(ring, { longest: '2' })).toEqual([]);
  });

  it('reports a round within one day once, and two rounds of one ring together', () => {
    expect(found(['A > B 2024-01-01 5.00', 'B > C 2024-01-01 5.00', 'C > A 2024-01-01 5.00'])).toEqual([[0, 1, 2]]);
    const twice = [...ring, 'A > B 2024-06-01 300.00', 'B > C 2024-06-02 300.00', 'C > A 2024-06-03 300.00'];
    const { findings } = resultOf(circularFlow, transferTable(...twice));
    expect(findings.map(({ rows }) => [...rows])).toEqual([[0, 1, 2, 3, 4, 5]]);
    expect(findings[0]!.reason).toContain('2 rounds, 6 movements');
  });

  it('finds a round within one day that the share lets run from one start only', () => {
    // 90 is within 10 % of 100; 100 is not within 10 % of 90.
    const day = ['A > B 2024-01-01 100.00', 'B > A 2024-01-01 90.00'];
    expect(found(day, { share: '10' })).toEqual([[0, 1]]);
    expect(found(day.toReversed(), { share: '10' })).toEqual([[0, 1]]);
  });

  it('does not mix currencies', () => {
    const row = { account: 'A', party: 'B', date: '2024-01-01', amount: '10.00', currency: 'EUR' };
    const back = { account: 'B', party: 'A', date: '2024-01-02', amount: '10.00', currency: 'USD' };
    expect(resultOf(circularFlow, tableOf([row, back])).findings).toEqual([]);
    expect(resultOf(circularFlow, tableOf([row, { ...back, currency: 'EUR' }])).findings).toHaveLength(1);
  });

  it('finds the rings that brute force finds (property)', () => {
    fc.assert(
      fc.property(randomTransfers, rows => {
        const table = tableOf(rows);
        const { edges, nodes } = flowGraph(table);
        const rings = new Set<string>();
        const onward = (edge: number): number[] =>
          [...edges.row.keys()].filter(
            next =>
              edges.from[next] === edges.to[edge] &&
              edges.day[next]! >= edges.day[edge]! &&
              edges.day[next]! <= edges.day[edge]! + 3 &&
              Math.abs(edges.units[next]! - edges.units[edge]!) * 10 <= edges.units[edge]!,
          );
        const walk = (path: readonly number[]): void => {
          const nexts = onward(path.at(-1)!);
          if (nexts.length > 5) return;
          for (const next of nexts) {
            if (edges.day[next]! > edges.day[path[0]!]! + 3) continue;
            if (edges.to[next] === edges.from[path[0]!]) {
              const names = [...path, next].map(edge => nodes.names[edges.from[edge]!]!);
              const first = names.indexOf(names.toSorted()[0]!);
              rings.add(JSON.stringify([...names.slice(first), ...names.slice(0, first)]));
            } else if (path.length < 3 && !path.some(edge => edges.to[edge] === edges.to[next])) walk([...path, next]);
          }
        };
        for (const edge of edges.row.keys()) walk([edge]);
        const result = resultOf(circularFlow, table, { days: '3', longest: '4' });
        expect(result.findings.map(({ key }) => key).sort()).toEqual([...rings].sort());
      }),
    );
  });

  it('finds the same in shuffled rows (property)', () => {
    findsTheSameShuffled(circularFlow, { days: '4' }, (a, b) => {
      const keys = (findings: unknown): unknown =>
        Array.isArray(findings) ? findings.map(({ key }: { key: string }) => key) : findings;
      expect(keys(a)).toEqual(keys(b));
    });
  });
});
