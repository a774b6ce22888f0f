import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXPLANATIONS, type Explanation } from '../forensic-test.ts';
import { type FixtureRow, tableOf } from '../transaction-table.fixture.ts';
import { outcomeOf } from './checks/exculpatory-check.ts';
import { EXCULPATORY_CHECKS, findCheck } from './exculpatory-checks.ts';

// Expected outcomes follow from the rules in docs/specs/exculpatory-checks.md; each table is small enough to judge by eye.
const tried = (id: Explanation, rows: readonly FixtureRow[], of: readonly number[], materiality = '') => {
  const result = EXCULPATORY_CHECKS[id].run(tableOf(rows), Uint32Array.from(of), { materiality });
  return { ...result, rows: [...result.rows] };
};
const paid = (date: string, amount: string, party = 'ACME', more: FixtureRow = {}): FixtureRow => ({
  date,
  amount,
  party,
  account: 'A1',
  currency: 'EUR',
  ...more,
});

describe('the rule of outcomes', () => {
  it('asks for nine tenths to support, allows one tenth against, and cannot tell of fewer than half', () => {
    expect(outcomeOf(9, 10, 10)).toBe('supports');
    expect(outcomeOf(8, 10, 10)).toBe('unclear');
    expect(outcomeOf(1, 10, 10)).toBe('against');
    expect(outcomeOf(2, 10, 10)).toBe('unclear');
    expect(outcomeOf(4, 4, 9)).toBe('unclear');
    expect(outcomeOf(4, 4, 8)).toBe('supports');
    expect(outcomeOf(0, 0, 3)).toBe('unclear');
  });
});

describe('reversed', () => {
  const twice = [paid('2024-03-01', '-120.00'), paid('2024-03-01', '-120.00')];

  it('holds where the second of two equal payments came back', () => {
    const { outcome, rows, words } = tried('reversed', [...twice, paid('2024-03-09', '120.00')], [0, 1]);
    expect(outcome).toBe('supports');
    expect(rows).toEqual([0, 2]);
    expect(words).toContain('Of 2 equal payments, 1 was returned');
    expect(words).toContain('120.00 EUR, 2024-03-09, ACME');
  });

  it('does not where it came from another party, before, too late, to another account or in another currency', () => {
    for (const other of [
      paid('2024-03-09', '120.00', 'BOLT'),
      paid('2024-02-28', '120.00'),
      paid('2024-06-01', '120.00'),
      paid('2024-03-09', '120.00', 'ACME', { account: 'A2' }),
      paid('2024-03-09', '120.00', 'ACME', { currency: 'USD' }),
    ])
      expect(tried('reversed', [...twice, other], [0, 1]).outcome, JSON.stringify(other)).toBe('against');
  });

  it('uses each return once', () => {
    const three = [...twice, paid('2024-03-02', '-120.00'), paid('2024-03-09', '120.00')];
    expect(tried('reversed', three, [0, 1, 2])).toMatchObject({ outcome: 'unclear' });
    expect(tried('reversed', [...three, paid('2024-03-10', '120.00')], [0, 1, 2]).outcome).toBe('supports');
  });

  it('cannot tell without a party', () => {
    expect(tried('reversed', [{ date: '2024-03-01', amount: '5', party: '' }], [0]).outcome).toBe('unclear');
  });
});

describe('recurring', () => {
  const monthly = ['2024-01-31', '2024-02-29', '2024-03-29', '2024-04-30', '2024-05-31'].map(date =>
    paid(date, '-900.00', 'LESSOR'),
  );

  it('holds for a rent paid at the end of each month', () => {
    const { outcome, rows, words } = tried('recurring', monthly, [2, 3]);
    expect(outcome).toBe('supports');
    expect(rows).toEqual([0, 1, 2, 3, 4]);
    // Intervals 29, 29, 32 and 31 days: the lower median is 29.
    expect(words).toContain('5 payments about every 29 days');
  });

  it('does not for a second payment within the month', () => {
    const twice = [...monthly, paid('2024-04-30', '-900.00', 'LESSOR')];
    expect(tried('recurring', twice, [3, 5]).outcome).toBe('against');
  });

  it('does not for two payments a day apart, and cannot tell of two that are far apart', () => {
    expect(tried('recurring', [paid('2024-01-01', '5'), paid('2024-01-02', '5')], [0, 1]).outcome).toBe('against');
    expect(tried('recurring', [paid('2024-01-01', '5'), paid('2024-03-02', '5')], [0, 1]).outcome).toBe('unclear');
  });
});

describe('own-transfer', () => {
  it('holds where the other account is one of the examined', () => {
    const rows = [
      paid('2024-01-01', '-10', 'US', { counterpartyAccount: 'DE 12-34' }),
      paid('2024-01-02', '10', 'US', { account: 'DE1234', counterpartyAccount: 'A1' }),
    ];
    expect(tried('own-transfer', rows, [0])).toMatchObject({ outcome: 'supports', rows: [0, 1] });
  });

  it('does not for an account from outside', () => {
    expect(tried('own-transfer', [paid('2024-01-01', '-10', 'X', { counterpartyAccount: 'Z9' })], [0]).outcome).toBe(
      'against',
    );
  });

  it('finds the other side by its amount where no account is stated, and cannot tell with one account', () => {
    const rows = [
      paid('2024-01-01', '-10.00', ''),
      paid('2024-01-03', '10.00', '', { account: 'A2' }),
      paid('2024-01-09', '7.00', '', { account: 'A2' }),
    ];
    expect(tried('own-transfer', rows, [0])).toMatchObject({ outcome: 'supports', rows: [0, 1] });
    expect(tried('own-transfer', rows, [2]).outcome).toBe('against');
    expect(tried('own-transfer', [paid('2024-01-01', '-10')], [0]).outcome).toBe('unclear');
  });
});

describe('distinct-references', () => {
  it('holds for references of their own, does not for a shared one, cannot tell without', () => {
    const of = (...references: string[]) =>
      tried(
        'distinct-references',
        references.map(reference => ({ reference })),
        [...references.keys()],
      );
    expect(of('R1', 'R2', 'R3').outcome).toBe('supports');
    expect(of('R1', 'R1', 'R3')).toMatchObject({ outcome: 'against', rows: [0, 1] });
    expect(of('R1', '').outcome).toBe('unclear');
    expect(of('R1').outcome).toBe('unclear');
  });
});

describe('customary-amount', () => {
  // Twenty others of 100 to 119: nearest rank 5 % is the first (100.00), 95 % the nineteenth (118.00).
  const others = Array.from({ length: 20 }, (_, i) => paid('2024-01-01', `-${100 + i}`));
  it('compares with the middle nine tenths of the party’s other payments that way', () => {
    const with1 = (amount: string) => tried('customary-amount', [...others, paid('2024-02-01', amount)], [20]);
    expect(with1('-118.00')).toMatchObject({ outcome: 'supports', rows: [...others.keys()] });
    expect(with1('-118.01').outcome).toBe('against');
    expect(with1('-99.99').outcome).toBe('against');
    // Money in says nothing about money out.
    expect(with1('110').outcome).toBe('unclear');
    expect(with1('-118.00').words).toContain('100.00 EUR to 118.00 EUR');
  });
});

describe('customary-day', () => {
  it('holds where half of the other months have such a day', () => {
    // The fifteenth of each month, whatever the weekday.
    const rows = ['2024-01-15', '2024-02-15', '2024-03-15', '2024-04-15', '2024-05-11'].map(date => paid(date, '-5'));
    expect(tried('customary-day', rows, [0]).outcome).toBe('supports');
    // 11 May 2024 is the one Saturday; no other month has a row near the 11th.
    expect(tried('customary-day', rows, [4]).outcome).toBe('against');
    expect(tried('customary-day', rows.slice(0, 3), [0]).outcome).toBe('unclear');
  });

  it('asks for a day as busy by half', () => {
    const busy = Array.from({ length: 4 }, () => paid('2024-05-15', '-5'));
    const quiet = ['2024-01-15', '2024-02-15', '2024-03-15', '2024-04-15'].map(date => paid(date, '-5'));
    expect(tried('customary-day', [...quiet, ...busy], [4, 5, 6, 7]).outcome).toBe('against');
    expect(tried('customary-day', [...quiet, ...quiet, ...busy], [8, 9, 10, 11]).outcome).toBe('supports');
  });

  it('asks for the hour where it is known', () => {
    const at = (date: string, time: string) => paid(date, '-5', 'ACME', { time });
    const rows = [
      at('2024-01-15', '10:00'),
      at('2024-02-15', '11:30'),
      at('2024-03-15', '10:15'),
      at('2024-04-15', '03:00'),
    ];
    expect(tried('customary-day', rows, [0]).outcome).toBe('supports');
    expect(tried('customary-day', rows, [3]).outcome).toBe('against');
  });
});

describe('fixed-tariff', () => {
  it('holds where five other parties have the amount, outside the finding', () => {
    const rows = ['A', 'B', 'C', 'D', 'E', 'F'].map(party => paid('2024-01-01', '-49.00', party));
    expect(tried('fixed-tariff', rows, [0])).toMatchObject({ outcome: 'supports', rows: [1, 2, 3, 4, 5] });
    expect(tried('fixed-tariff', rows, [0, 1]).outcome).toBe('against');
    expect(tried('fixed-tariff', rows, [0]).words).toContain('49.00 EUR: 5 other parties');
  });
});

describe('immaterial', () => {
  it('compares the sum without signs with the materiality, exactly', () => {
    const rows = [paid('2024-01-01', '-60.00'), paid('2024-01-01', '39.99')];
    expect(tried('immaterial', rows, [0, 1], '100').outcome).toBe('supports');
    expect(tried('immaterial', rows, [0, 1], '99.99').outcome).toBe('against');
    expect(tried('immaterial', rows, [0, 1], '99.991').outcome).toBe('supports');
    expect(tried('immaterial', rows, [0, 1]).outcome).toBe('unclear');
  });

  it('adds no currencies and no unknown amounts', () => {
    const mixed = [paid('2024-01-01', '1'), paid('2024-01-01', '1', 'ACME', { currency: 'USD' })];
    expect(tried('immaterial', mixed, [0, 1], '100').outcome).toBe('unclear');
    expect(tried('immaterial', [paid('2024-01-01', '1'), paid('2024-01-01', '')], [0, 1], '100').outcome).toBe(
      'unclear',
    );
  });
});

describe('every check', () => {
  const row = fc.record({
    date: fc.constantFrom('', '2024-01-15', '2024-02-15', '2024-02-16', '2024-03-15', '2024-04-15'),
    amount: fc.constantFrom('', '-10.00', '10.00', '-20.00'),
    party: fc.constantFrom('', 'ACME', 'BOLT'),
    account: fc.constantFrom('', 'A1', 'A2', 'A3'),
    currency: fc.constantFrom('EUR', 'USD'),
    reference: fc.constantFrom('', 'R1', 'R2'),
    counterpartyAccount: fc.constantFrom('', 'A2', 'Z9'),
  });

  it('says the same of shuffled rows (property)', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 30 }).chain(rows =>
          fc.record({
            rows: fc.constant(rows),
            of: fc.subarray([...rows.keys()], { minLength: 1 }),
            order: fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }),
          }),
        ),
        fc.constantFrom(...EXPLANATIONS),
        ({ rows, of, order }, id) => {
          const shuffled = order.map(i => rows[i]!);
          const moved = of.map(i => order.indexOf(i)).sort((a, b) => a - b);
          const before = tried(id, rows, of, '25');
          const after = tried(id, shuffled, moved, '25');
          expect(after.outcome).toBe(before.outcome);
          expect(after.rows.length).toBe(before.rows.length);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('answers on a table without any column but does not claim to know', () => {
    for (const id of EXPLANATIONS)
      expect(tried(id, [{ description: 'x' }, { description: 'y' }], [0, 1], '5').outcome, id).toBe('unclear');
  });

  it('has a question and a version, and is found by its id', () => {
    for (const id of EXPLANATIONS) {
      expect(findCheck(id)).toMatchObject({ id, version: '1.0.0' });
      expect(findCheck(id)!.question).toMatch(/\?$/);
    }
    expect(findCheck('toString')).toBeNull();
  });
});
