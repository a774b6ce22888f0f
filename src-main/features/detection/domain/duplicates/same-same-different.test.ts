import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomRows, rowSets } from '../random-rows.fixture.ts';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { sameSameDifferent } from './same-same-different.ts';

describe('same-same-different', () => {
  it('finds one payment made under two references, with how far apart', () => {
    const twin = { party: 'XENON TWIN AG', amount: '-123.45', currency: 'EUR' };
    const table = tableOf([
      { ...twin, reference: 'R-1', date: '2024-01-10' },
      { ...twin, reference: 'R-2', date: '2024-01-12' },
      { ...twin, reference: 'R-2', date: '2024-03-01', amount: '123.45' },
      { ...twin, reference: '', date: '2024-02-01' },
    ]);
    const { findings, population } = resultOf(sameSameDifferent, table);
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([0, 1, 3]);
    expect(findings[0]!.severity).toBe('high');
    expect(findings[0]!.reason).toBe(
      'XENON TWIN AG: 3 rows of -123.45 EUR under 2 different references. The closest two are 2 days apart.',
    );
    expect(population.used).toBe(4);
  });

  it('leaves copies under one reference to duplicate-exact', () => {
    const copy = { party: 'A', amount: '1.00', reference: 'R' };
    expect(resultOf(sameSameDifferent, tableOf([copy, copy, { ...copy, reference: '' }])).findings).toEqual([]);
  });

  it('finds the closest pair across rows of the same reference and of none', () => {
    const of = (date: string, reference: string) => ({ party: 'A', amount: '1.00', date, reference });
    const rows = [of('2024-01-01', 'R1'), of('2024-01-09', 'R1'), of('2024-01-10', ''), of('2024-01-14', 'R2')];
    const [finding] = resultOf(sameSameDifferent, tableOf(rows)).findings;
    expect(finding!.reason).toContain('The closest two are 5 days apart.');
  });

  it('lists the rows of every party, currency and amount with two references (property, brute force)', () => {
    fc.assert(
      fc.property(randomRows(60), fc.constantFrom('0', '5.005', '9500'), (rows, minimum) => {
        const eligible = [...rows.keys()].filter(i => {
          const { amount = '', party } = rows[i]!;
          return amount !== '' && Number(amount) !== 0 && party !== '' && Math.abs(Number(amount)) >= Number(minimum);
        });
        const groups = Map.groupBy(eligible, i => `${rows[i]!.party}|${rows[i]!.currency}|${rows[i]!.amount}`);
        const expected = [...groups.values()]
          .filter(group => new Set(group.map(i => rows[i]!.reference).filter(text => text !== '')).size >= 2)
          .map(group => ({ rows: group }));
        const result = resultOf(sameSameDifferent, tableOf(rows), { minimum });
        expect(rowSets(result.findings)).toEqual(rowSets(expected));
        expect(result.population.used).toBe(eligible.length);
      }),
    );
  });
});
