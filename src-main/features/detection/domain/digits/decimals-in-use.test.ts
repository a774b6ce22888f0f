import { describe, expect, it } from 'vitest';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { decimalsInUse } from './decimals-in-use.ts';
import { lastTwoDigits } from './last-two-digits.ts';
import { roundNumbers } from './round-numbers.ts';

/** Numbers that look random: a linear congruence (Numerical Recipes) from a fixed start, as shares of one. */
const shares = (start: number): (() => number) => {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
const amounts = (count: number, currency: string, amount: (share: number) => string): FixtureRow[] => {
  const next = shares(count);
  return Array.from({ length: count }, () => ({ amount: amount(next()), currency }));
};
const dollars = amounts(1500, 'USD', share => (10 + share * 5000).toFixed(2));
const dinars = amounts(60, 'KWD', share => (10 + share * 500).toFixed(3));
const yen = amounts(400, 'JPY', share => String(1000 + Math.floor(share * 500_000)));

describe('decimals in use', () => {
  const inUse = (rows: readonly FixtureRow[], scale: number) => {
    const table = tableOf(rows, scale);
    return decimalsInUse(table, Float64Array.from(table.amountUnits!, Math.abs)).groups;
  };

  // ISO 4217 list one: USD and EUR 2 decimals, KWD 3, JPY none.
  it('are those of each currency, whatever another one needs', () => {
    const rows = [
      { amount: '1.25', currency: 'USD' },
      { amount: '7.00', currency: 'EUR' },
      { amount: '1.125', currency: 'KWD' },
      { amount: '99', currency: 'JPY' },
      { amount: '3.5', currency: '' },
      { amount: '', currency: 'GBP' },
    ];
    expect(inUse(rows, 4)).toEqual([
      { decimals: 3, currencies: ['KWD'], rows: 1 },
      { decimals: 2, currencies: ['USD'], rows: 1 },
      { decimals: 1, currencies: [''], rows: 1 },
      { decimals: 0, currencies: ['EUR', 'JPY'], rows: 2 },
    ]);
  });

  it('are at most those of the currency: a rate of four decimals does not make cents finer', () => {
    const rows = [
      { amount: '12.99', currency: 'EUR' },
      { amount: '0.1234', currency: 'EUR' },
    ];
    expect(inUse(rows, 4)).toEqual([{ decimals: 2, currencies: ['EUR'], rows: 2 }]);
    expect(inUse([{ amount: '0.1234' }], 4)).toEqual([{ decimals: 2, currencies: [''], rows: 1 }]);
  });
});

describe('last-two-digits over several currencies', () => {
  // By construction the cents of the dollars are spread evenly: chi-square stays below 148.2, the 99.9 % point of 99 degrees of freedom.
  it('draws no finding from dollars that stand beside dinars or yen', () => {
    const alone = resultOf(lastTwoDigits, tableOf(dollars));
    expect(alone.findings).toEqual([]);
    for (const [others, decimals, scale] of [
      [dinars, '3, 2', 3],
      [yen, '2, 0', 2],
    ] as const) {
      const { statistics, findings, limits, bins } = resultOf(lastTwoDigits, tableOf([...dollars, ...others], scale));
      expect(findings).toEqual([]);
      expect(statistics).toMatchObject({
        observations: 1500 + others.length,
        decimals,
        observationsAt2Decimals: 1500,
        chiSquareAt2Decimals: alone.statistics.chiSquare,
      });
      expect(statistics.chiSquareAt2Decimals).toBeLessThan(148.2);
      expect(bins).toHaveLength(200);
      expect(limits.join(' ')).toContain("each amount's ending is taken at those of its own currency");
      expect(limits.join(' ')).toContain(`${others.length} `);
    }
  });

  it('finds the ending that is too frequent in one of them, with the rows of that one', () => {
    const bent = Array.from({ length: 90 }, () => ({ amount: '10.37', currency: 'USD' }));
    const whole = Array.from({ length: 90 }, () => ({ amount: '1037', currency: 'JPY' }));
    const table = tableOf([...dollars, ...bent, ...whole, ...yen]);
    const { findings, bins } = resultOf(lastTwoDigits, table);
    expect(findings.map(({ key }) => key)).toEqual(['37 (2 decimals)']);
    const named = [...findings[0]!.rows].map(row => [...dollars, ...bent, ...whole, ...yen][row]!);
    expect(named.every(({ amount, currency }) => currency === 'USD' && amount!.endsWith('37'))).toBe(true);
    expect(findings[0]!.reason).toContain('of 1,590 amounts of 2 decimals (USD) end in 37');
    for (const { key, count } of bins)
      expect(lastTwoDigits.rowsOfBin!(table, { sign: 'positive', minimum: '0' }, key)).toHaveLength(count);
  });
});

describe('round-numbers over several currencies', () => {
  // By hand: 1 in 1,000 amounts of cents is a multiple of 10, and 1 in 10 whole amounts: 1,500 / 1,000 + 400 / 10 = 41.5;
  // the variances 1.5 × 0.999 and 40 × 0.9 add up to 37.4985.
  it('expects multiples by the decimals of each currency', () => {
    const { bins } = resultOf(roundNumbers, tableOf([...dollars, ...yen]));
    const ten = bins.find(({ key }) => key === '10')!;
    expect(ten.expected).toBeCloseTo(41.5, 9);
    expect(ten.z).toBeCloseTo(Math.abs(ten.count - 41.5) / Math.sqrt(37.4985), 9);
    expect(ten.z).toBeLessThan(3.3);
  });

  it('compares a party with those whose amounts have the same decimals', () => {
    // 1 in 10 of these yen is a multiple of 1,000, at every party alike; cents hardly ever are. Against all parties together a
    // party in yen would have 20 of 200 where 2.5 % could be expected: far below 0.05 / 12.
    const inYen = Array.from({ length: 400 }, (_, i) => ({
      party: `Y${i % 2}`,
      currency: 'JPY',
      amount: String(i % 20 < 2 ? (i + 1) * 1000 : 1001 + i * 13),
    }));
    const inDollars = dollars.map((row, i) => ({ ...row, party: `D${i % 10}` }));
    const options = { multiple: '1000' };
    expect(resultOf(roundNumbers, tableOf([...inYen, ...inDollars]), options).findings).toEqual([]);
    const own = Array.from({ length: 20 }, (_, i) => ({ party: 'Z', currency: 'JPY', amount: `${i + 1}000` }));
    const found = resultOf(roundNumbers, tableOf([...inYen, ...own, ...inDollars]), options).findings;
    expect(found.map(({ key }) => key)).toEqual(['["Z",0]']);
    expect(found[0]!.reason).toContain('Z: 20 of 20 whole amounts (JPY) (100 %) are round');
  });
});
