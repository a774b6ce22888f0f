import { describe, expect, it } from 'vitest';
import { findTest } from './test-catalogue.ts';
import { resultOf, tableOf } from './transaction-table.fixture.ts';

// 2^53 is 9007199254740992: 16 digits and more before two decimals have no exact units.
const LARGE = '9999999999999999.00';
const WHY = 'amount has more digits than can be computed with exactly beside the others';
const ENTRY_WHY = 'amount of the entry has more digits than can be computed with exactly beside the others';

describe('an amount without exact units', () => {
  it('is not called unknown, and is named in the limits of every test that reads amounts', () => {
    const table = tableOf([
      { amount: '12.00', currency: 'EUR' },
      { amount: LARGE, currency: 'EUR' },
    ]);
    const { population, limits } = resultOf(findTest('stratification')!, table);
    expect(population).toEqual({ rows: 2, used: 1, excluded: [{ reason: WHY, count: 1 }] });
    expect(limits.at(-1)).toBe(
      `1 amount cannot be computed with exactly beside the others at 2 decimals (2^53 units): ${LARGE} EUR. Only digits were tested of them; examine files of such amounts in a case of their own.`,
    );
  });

  it('is told together with those that are unknown where a table has both', () => {
    const { population } = resultOf(findTest('stratification')!, tableOf([{ amount: '' }, { amount: LARGE }]));
    expect(population.excluded).toEqual([{ reason: `amount is unknown, or the ${WHY}`, count: 2 }]);
  });

  it('is told of the entry whose line it is', () => {
    const line = { ledgerAccount: '1000', date: '2024-01-01', entry: '1' };
    const table = tableOf([
      { ...line, amount: LARGE },
      { ...line, amount: '-1.00' },
    ]);
    const { population } = resultOf(findTest('journal-unbalanced')!, table);
    expect(population.excluded).toEqual([{ reason: `an ${ENTRY_WHY}`, count: 2 }]);
    const reversal = resultOf(findTest('journal-reversal')!, table).population.excluded.map(({ reason }) => reason);
    expect(reversal).toContain(
      `an amount, account or day of the entry is unknown, or it has more than 1,000 lines, or an ${WHY}`,
    );
  });

  it('is used by tests of leading digits and left out of sums, differences and repeats', () => {
    const table = tableOf([{ amount: '12.00' }, { amount: LARGE }, { amount: `-${LARGE}` }]);
    const populationOf = (id: string) => resultOf(findTest(id)!, table).population;
    const negative = { reason: 'amount is not positive', count: 1 };
    expect(populationOf('benford-first')).toEqual({ rows: 3, used: 2, excluded: [negative] });
    for (const id of ['benford-summation', 'benford-second-order', 'number-duplication'])
      expect([id, populationOf(id)]).toEqual([
        id,
        { rows: 3, used: 1, excluded: [negative, { reason: WHY, count: 1 }] },
      ]);
  });
});
