import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { fanIn } from './fan-in.ts';
import { fanOut } from './fan-out.ts';
import { plantedFlows } from './planted-flows.fixture.ts';
import { findsTheSameShuffled, transferTable } from './transfers.fixture.ts';

describe('fan-in', () => {
  it('finds the worked example of the spec', () => {
    const lines = Array.from({ length: 5 }, (_, i) => `R${i} > H 2024-01-0${i + 1} 100.00`);
    const { findings } = resultOf(fanIn, transferTable(...lines));
    expect(findings.map(({ rows }) => [...rows])).toEqual([[0, 1, 2, 3, 4]]);
    expect(findings[0]!.reason).toContain('H received from 5 counterparties from 2024-01-01 to 2024-01-05');
    expect(resultOf(fanIn, transferTable(...lines), { least: '6' }).findings).toEqual([]);
  });

  it('is fan-out with every arrow turned round', () => {
    const { rows } = plantedFlows(5, 300, 3000, 2);
    const rowsOf = (result: ReturnType<typeof resultOf>): string[] =>
      result.findings.map(found => found.rows.join(' ')).sort();
    const expected = rowsOf(resultOf(fanOut, tableOf(rows), { direction: 'party-to-account' }));
    expect(expected.length).toBeGreaterThan(0);
    expect(rowsOf(resultOf(fanIn, tableOf(rows), { direction: 'account-to-party' }))).toEqual(expected);
  });

  it('finds the same in shuffled rows (property)', () => {
    findsTheSameShuffled(fanIn, { least: '2', days: '4', deviations: '0' }, (a, b) => expect(a).toEqual(b));
  });
});
