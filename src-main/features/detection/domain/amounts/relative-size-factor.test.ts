import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomRows, rowSets } from '../random-rows.fixture.ts';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { relativeSizeFactor } from './relative-size-factor.ts';

const payments = (...amounts: string[]) => tableOf(amounts.map(amount => ({ amount, party: 'ACME', currency: 'EUR' })));

describe('relative-size-factor', () => {
  it('finds 8000 against 200 200 150: factor 40', () => {
    // The worked example of the project's requirements (Nigrini, Forensic Analytics, relative size factor test).
    const { findings, statistics } = resultOf(relativeSizeFactor, payments('200.00', '8000.00', '200.00', '150.00'));
    expect(findings.map(finding => [...finding.rows])).toEqual([[1]]);
    expect(findings[0]!.score).toBe(0.75);
    expect(findings[0]!.reason).toBe(
      'ACME: the largest amount, 8,000.00 EUR, is 40.00 times the second largest, 200.00 EUR (4 rows).',
    );
    expect(statistics).toEqual({ parties: 1, partiesWithOneRow: 0, flagged: 1 });
  });

  it('asks above the ratio, not at it', () => {
    expect(resultOf(relativeSizeFactor, payments('100.00', '10.00')).findings).toEqual([]);
    expect(resultOf(relativeSizeFactor, payments('-100.01', '10.00')).findings).toHaveLength(1);
    // 1.1 × 0.30 is 0.33000000000000002 in doubles.
    expect(resultOf(relativeSizeFactor, payments('0.33', '0.30'), { ratio: '1.1' }).findings).toEqual([]);
    expect(resultOf(relativeSizeFactor, payments('0.34', '0.30'), { ratio: '1.1' }).findings).toHaveLength(1);
  });

  it('names parties that it cannot compare', () => {
    const { findings, limits } = resultOf(relativeSizeFactor, payments('900.00', '0.00'));
    expect(findings).toEqual([]);
    expect(limits).toEqual(['1 party with one row only cannot be compared.']);
  });

  it('says that currencies are compared as they stand', () => {
    const table = tableOf([
      { amount: '8000.00', party: 'ACME', currency: 'JPY' },
      { amount: '200.00', party: 'ACME', currency: 'EUR' },
    ]);
    const { findings, limits } = resultOf(relativeSizeFactor, table);
    expect(findings[0]!.reason).toContain('The rows are in several currencies');
    expect(limits).toEqual(['1 flagged party with rows in several currencies: nothing is converted.']);
  });

  it('flags exactly the parties whose two largest amounts differ so (property, brute force)', () => {
    fc.assert(
      fc.property(randomRows(20), fc.constantFrom('1', '1.0526', '10', '1899.998'), (rows, ratio) => {
        const eligible = [...rows.keys()].filter(i => Number(rows[i]!.amount) !== 0 && rows[i]!.party !== '');
        const cents = (i: number): number => Math.round(Math.abs(Number(rows[i]!.amount)) * 100);
        const expected = [...Map.groupBy(eligible, i => rows[i]!.party).values()].flatMap(group => {
          const sorted = group.toSorted((a, b) => cents(b) - cents(a));
          const [first, second] = sorted;
          if (first === undefined || second === undefined) return [];
          return cents(first) * 1e4 > cents(second) * Math.round(Number(ratio) * 1e4) ? [{ rows: [first] }] : [];
        });
        expect(rowSets(resultOf(relativeSizeFactor, tableOf(rows), { ratio }).findings)).toEqual(rowSets(expected));
      }),
    );
  });
});
