import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomRows, rowSets } from '../random-rows.fixture.ts';
import { mixWord } from '../row-hash.ts';
import { resultOf, tableOf, UNCANCELLED } from '../transaction-table.fixture.ts';
import { duplicateExact, exactDuplicateCandidates } from './duplicate-exact.ts';

const row = { amount: '1234.50', date: '2024-03-01', party: 'ACME LTD', currency: 'EUR', reference: 'INV-1' };

describe('duplicate-exact', () => {
  it('reports each group once, with all its rows and the number of copies', () => {
    const table = tableOf([row, { ...row, reference: 'INV-2' }, row, row]);
    const { findings, statistics } = resultOf(duplicateExact, table);
    expect(statistics).toEqual({ groups: 1, surplus: 2 });
    expect(findings.map(finding => [...finding.rows])).toEqual([[0, 2, 3]]);
    expect(findings[0]!.reason).toBe(
      'The same record stands 3 times in the data (1,234.50 EUR, 2024-03-01, ACME LTD): 2 copies beyond the first.',
    );
  });

  it('does not take equal record hashes for equal records when a column differs', () => {
    const table = tableOf([
      { ...row, record: 'same' },
      { ...row, record: 'same', amount: '1234.51' },
    ]);
    expect(resultOf(duplicateExact, table).findings).toEqual([]);
  });

  it('does not take equal columns for equal records when the record hash differs in either word', () => {
    const table = tableOf([
      { ...row, record: 'text' },
      { ...row, record: 'text' },
    ]);
    expect(resultOf(duplicateExact, table).findings).toHaveLength(1);
    const low = { ...table, recordHashLow: Uint32Array.of(1, 2) };
    expect(resultOf(duplicateExact, low).findings).toEqual([]);
    const high = { ...table, recordHashHigh: Uint32Array.of(1, 2) };
    expect(resultOf(duplicateExact, high).findings).toEqual([]);
  });

  it('tells records apart whose hashes collide in the 32 bits that group them', () => {
    const table = {
      ...tableOf([row, row]),
      recordHashHigh: Uint32Array.of(1, 2),
      // Chosen so that both pairs of words mix to one value.
      recordHashLow: Uint32Array.of(0, mixWord(1, 1) ^ mixWord(1, 2)),
    };
    const [first, second] = [0, 1].map(i => mixWord(mixWord(1, table.recordHashHigh[i]!), table.recordHashLow[i]!));
    expect(first).toBe(second);
    expect(resultOf(duplicateExact, table).findings).toEqual([]);
  });

  it('says that it compared nothing in a table without columns', () => {
    const { population, limits } = resultOf(duplicateExact, tableOf([{}, {}]));
    expect(population).toEqual({ rows: 2, used: 0, excluded: [{ reason: 'no column to compare', count: 2 }] });
    expect(limits).toEqual(['The table has no column to compare: nothing was tested.']);
  });

  it('groups exactly the rows whose text is equal in every column (property, brute force)', () => {
    fc.assert(
      fc.property(randomRows(60), fc.boolean(), (rows, withRecord) => {
        const used = withRecord ? rows : rows.map(({ record: _, ...rest }) => rest);
        const groups = Map.groupBy(used.keys(), i => JSON.stringify(used[i]));
        const expected = [...groups.values()].filter(group => group.length > 1).map(group => ({ rows: group }));
        const table = tableOf(used);
        expect(rowSets(resultOf(duplicateExact, table).findings)).toEqual(rowSets(expected));
        expect(exactDuplicateCandidates(table, UNCANCELLED).map(group => group.length)).toEqual(
          expected.map(group => group.rows.length),
        );
      }),
    );
  });
});
