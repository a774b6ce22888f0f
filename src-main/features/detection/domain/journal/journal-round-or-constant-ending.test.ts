import { describe, expect, it } from 'vitest';
import { type FixtureRow, resultOf, tableOf } from '../transaction-table.fixture.ts';
import { entryOf, expectOrderIndependent, foundEntries, sales } from './journal.fixture.ts';
import { journalRoundOrConstantEnding } from './journal-round-or-constant-ending.ts';

const entry = (name: string, amount: string, shared = {}) =>
  entryOf(
    name,
    [
      ['6000 Cost', amount],
      ['3300 Payables', `-${amount}`],
    ],
    shared,
  );
const control = sales(20, { poster: 'anna' });

describe('journal-round-or-constant-ending', () => {
  it('finds the round entry and none of those with ordinary amounts', () => {
    const { findings, statistics } = resultOf(
      journalRoundOrConstantEnding,
      tableOf([...control, ...entry('R', '50000.00')]),
    );
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([40, 41]);
    expect(findings[0]!.reason).toBe(
      'Entry R of 2024-03-01 (2 lines, 50,000.00 EUR): its largest line is a whole multiple of 10,000.00.',
    );
    expect(statistics).toEqual({ entries: 21, round: 1, roundShare: 0.0476 });
  });

  it('takes the step as stated, exactly', () => {
    const at = (amount: string, round: string) =>
      foundEntries(journalRoundOrConstantEnding, entry('R', amount), { round });
    expect(at('1500.00', '1000')).toEqual([]);
    expect(at('1500.00', '500')).toEqual(['R']);
    expect(at('999.99', '1000')).toEqual([]);
    expect(at('1500.00', '0')).toEqual([]);
  });

  it('finds amounts of a poster that end alike: 12 different ones of 12 end in .99', () => {
    // Binomial: 12 of 12 at 1/100 has mean 0.12 and standard deviation √(12 · 0.01 · 0.99) = 0.3447: z = 11.88 / 0.3447 = 34.47.
    const alike = Array.from({ length: 12 }, (_, i) => entry(`N${i}`, `${(i + 1) * 31}.99`, { poster: 'zoe' })).flat();
    const { findings } = resultOf(journalRoundOrConstantEnding, tableOf([...control, ...alike]));
    const poster = findings.find(({ key }) => key.includes('Poster'))!;
    expect(poster.rows).toHaveLength(24);
    expect(poster.reason).toBe(
      'Poster zoe: 12 of 12 different amounts end in 0.99, where 1.0 % could be expected (z 34.5; 24 rows).',
    );
    expect(findings.map(({ key }) => key).toSorted()).toEqual([
      '["Account","3300 Payables","0.99"]',
      '["Account","6000 Cost","0.99"]',
      '["Poster","zoe","0.99"]',
    ]);
  });

  // The same binomial as above: 12 of 12 at 1/100, z = 34.5, whatever unit the amounts are kept in.
  describe('takes the ending in the smallest unit in use', () => {
    const reasons = (amounts: readonly string[], currency: string, others: readonly FixtureRow[], scale = 2) => {
      const alike = amounts.flatMap((amount, i) => entry(`N${i}`, amount, { poster: 'zoe', currency }));
      return resultOf(journalRoundOrConstantEnding, tableOf([...others, ...alike], scale))
        .findings.filter(({ key }) => key.startsWith('["Poster"'))
        .map(({ reason }) => reason);
    };
    const whole = Array.from({ length: 12 }, (_, i) => `${i * 7 + 10}99`);
    const cents = Array.from({ length: 12 }, (_, i) => `${(i + 1) * 31}.99`);
    const rate = { amount: '0.1234', currency: 'EUR', ledgerAccount: '9999 Rates', entry: 'X', date: '2024-03-01' };
    const alike = (ending: string) =>
      `Poster zoe: 12 of 12 different amounts end in ${ending}, where 1.0 % could be expected (z 34.5; 24 rows).`;

    it('of whole amounts, alone and beside a currency that is kept in cents', () => {
      expect(reasons(whole, 'EUR', [])).toEqual([alike('99')]);
      expect(reasons(whole, 'JPY', control)).toEqual([alike('99')]);
    });

    it('of cents, though one line of the ledger has four decimals', () => {
      expect(reasons(cents, 'EUR', [...control, rate], 4)).toEqual([alike('0.99')]);
    });

    it('of thousandths, where the currency has them', () => {
      const fils = Array.from({ length: 12 }, (_, i) => `${(i + 1) * 31}.${i % 9}05`);
      expect(reasons(fils, 'KWD', control, 3)).toEqual([alike('0.005')]);
    });
  });

  it('counts an amount that comes every month once', () => {
    const rent = Array.from({ length: 12 }, (_, i) => entry(`M${i}`, '812.37')).flat();
    expect(foundEntries(journalRoundOrConstantEnding, [...control, ...rent])).toEqual([]);
  });

  it('puts many round entries together by account, against the share of the ledger', () => {
    const round = Array.from({ length: 60 }, (_, i) => entry(`R${i}`, `${i + 1}000.00`)).flat();
    const { findings, limits } = resultOf(journalRoundOrConstantEnding, tableOf([...sales(200), ...round]));
    // 60 of 260 entries are round; account 6000 has 60 of 60: z = (60 − 13.85) / √(60 · 0.2308 · 0.7692) = 14.14.
    expect(findings.map(({ reason }) => reason)).toEqual([
      'Account 6000 Cost: 60 entries of 60 are whole multiples of 1,000.00, where the ledger has 23.1 % (z 14.1).',
    ]);
    expect(limits[0]).toContain('60 of 260 entries are round');
  });

  it('leaves entries with an unknown amount out', () => {
    const { population } = resultOf(journalRoundOrConstantEnding, tableOf([...control, ...entryOf('U', [['1', '']])]));
    expect(population.excluded).toEqual([{ reason: 'an amount of the entry is unknown', count: 1 }]);
  });

  it('does not depend on the order of the rows', () => {
    expectOrderIndependent(journalRoundOrConstantEnding, [...control, ...entry('R', '50000.00')]);
  });
});
