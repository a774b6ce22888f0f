import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { benfordFirst } from './benford-first.ts';
import { benfordFirstThree } from './benford-first-three.ts';
import { benfordFirstTwo } from './benford-first-two.ts';
import { benfordSecond } from './benford-second.ts';

/** A set that follows Benford's law by construction: whole amounts at even steps of the logarithm, rounded down. */
const benfordSet = (count: number, from: number, to: number): string[] =>
  Array.from({ length: count }, (_, i) => String(Math.floor(from * (to / from) ** ((i + 0.5) / count))));
const yen = (amounts: readonly string[]) => tableOf(amounts.map(amount => ({ amount, currency: 'JPY' })));
const leftOut = (digits: number, count: number) => ({
  reason: `amount has fewer than ${digits} digits at the decimals its currency is kept in`,
  count,
});

describe('amounts with fewer digits than are tested', () => {
  // By construction the set conforms. A third of it lies from 10 to 99 and has no third digit.
  it('are left out of the first three digits: a Benford set of whole amounts conforms', () => {
    const set = benfordSet(9000, 10, 10_000);
    for (const minimum of ['0', '10']) {
      const { statistics, findings, population } = resultOf(benfordFirstThree, yen(set), { minimum });
      expect(population).toEqual({ rows: 9000, used: 6000, excluded: [leftOut(3, 3000)] });
      expect(statistics.observations).toBe(6000);
      expect(statistics.conformity).toBe('close');
      expect(findings).toEqual([]);
    }
  });

  it('count at the decimals of their currency: 7 yen have one digit, 7.00 dollars three', () => {
    const table = tableOf([
      { amount: '7', currency: 'JPY' },
      { amount: '7.00', currency: 'USD' },
      { amount: '71.25', currency: 'USD' },
      { amount: '0.05', currency: 'USD' },
    ]);
    const used = (test: typeof benfordFirst) => resultOf(test, table).population;
    expect(used(benfordFirst)).toEqual({ rows: 4, used: 4, excluded: [] });
    expect(used(benfordSecond)).toEqual({ rows: 4, used: 2, excluded: [leftOut(2, 2)] });
    expect(used(benfordFirstThree)).toEqual({ rows: 4, used: 2, excluded: [leftOut(3, 2)] });
  });

  it('are not those finer than their currency: 0.0123 has three digits, 0.0050 one', () => {
    const table = tableOf([{ amount: '0.0123' }, { amount: '0.0050' }, { amount: '10.25' }], 4);
    const { bins, population } = resultOf(benfordFirstThree, table);
    expect(bins.filter(({ count }) => count > 0).map(({ key }) => key)).toEqual(['102', '123']);
    expect(population.excluded).toEqual([leftOut(3, 1)]);
  });

  it('are left out of the moments of the mantissas too', () => {
    // log10(1.25) = 0.09691 is the only mantissa left of 125 and 5.
    expect(resultOf(benfordFirstThree, yen(['125', '5'])).statistics.mantissaMean).toBeCloseTo(0.09691, 5);
  });

  // benford.analysis 0.1.5 fills 5 up to 50; with a minimum of 10 (Nigrini 2012) such amounts are not tested.
  it('bend no finding of the first two digits, which fill them up without a minimum and say so', () => {
    const set = benfordSet(6000, 1, 1000);
    const whole = resultOf(benfordFirstTwo, yen(set));
    expect(whole.population.used).toBe(6000);
    expect(whole.findings).toEqual([]);
    expect(whole.limits.join(' ')).toContain('2,000 amounts have fewer than 2 digits; with minimum 0');
    const { statistics, limits } = resultOf(benfordFirstTwo, yen(set), { minimum: '10' });
    expect([statistics.observations, statistics.conformity]).toEqual([4000, 'close']);
    expect(limits.join(' ')).not.toContain('fewer than 2 digits');
  });
});
