import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { checkBalance, checkBalances, type StatementFigures } from './balance-check.ts';

const day = (text: string): number => parseIsoDate(text) ?? UNKNOWN_DAY;

const statement = (
  from: string,
  to: string,
  opening: number | null,
  closing: number | null,
  sum: number,
  accountId: string | null = 'A1',
): StatementFigures => ({
  accountId,
  currency: 'EUR',
  opening: opening === null ? null : { units: opening, scale: 2, date: day(from) },
  closing: closing === null ? null : { units: closing, scale: 2, date: day(to) },
  from: day(from),
  to: day(to),
  sumUnits: BigInt(sum),
  sumScale: 2,
});

// All figures made up; expected results by hand.
describe('checkBalance', () => {
  it('balances opening + in − out = closing exactly, across scales and beyond 2^53', () => {
    expect(checkBalance(statement('2024-01-01', '2024-01-31', 1000, 1250, 250))).toEqual({
      balanced: true,
      difference: { units: 0n, scale: 2 },
    });
    expect(checkBalance(statement('2024-01-01', '2024-01-31', 1000, 1251, 250))).toEqual({
      balanced: false,
      difference: { units: 1n, scale: 2 },
    });
    expect(
      checkBalance({
        ...statement('2024-01-01', '2024-01-31', 1000, 1250, 0),
        sumUnits: 25001n,
        sumScale: 4,
      }),
    ).toEqual({ balanced: false, difference: { units: -1n, scale: 4 } });
    const large = 2n ** 60n;
    expect(
      checkBalance({
        ...statement('2024-01-01', '2024-01-31', 0, 0, 0),
        opening: { units: large, scale: 2, date: 0 },
        closing: { units: large + 1n, scale: 2, date: 0 },
        sumUnits: 1n,
      }).balanced,
    ).toBe(true);
  });

  it('is unknown, not false and not zero, where a balance is not stated', () => {
    const unknown = { balanced: null, difference: null };
    expect(checkBalance(statement('2024-01-01', '2024-01-31', null, 100, 100))).toEqual(unknown);
    expect(checkBalance(statement('2024-01-01', '2024-01-31', 0, null, 100))).toEqual(unknown);
  });
});

describe('checkBalances', () => {
  it('chains statements by date whatever their order, per account and currency', () => {
    const statements = [
      statement('2024-02-01', '2024-02-29', 1250, 1200, -50),
      statement('2024-01-01', '2024-01-31', 1000, 1250, 250),
      statement('2024-01-01', '2024-01-31', 5, 6, 1, 'B2'),
      statement('2024-01-01', '2024-01-31', 5, 6, 1, null),
    ];
    const check = checkBalances(statements);
    expect(check.chains).toEqual([
      { accountId: 'A1', currency: 'EUR', statements: [1, 0], unbroken: true, problems: [] },
      { accountId: 'B2', currency: 'EUR', statements: [2], unbroken: true, problems: [] },
    ]);
    expect(check.unchained).toEqual([3]);
    expect(check.statements.every(({ balanced }) => balanced === true)).toBe(true);
  });

  it('names the break with its difference', () => {
    const { chains } = checkBalances([
      statement('2024-01-01', '2024-01-31', 1000, 1250, 250),
      statement('2024-02-01', '2024-02-29', 1240, 1240, 0),
    ]);
    expect(chains[0]).toMatchObject({
      unbroken: false,
      problems: [{ kind: 'break', before: 0, after: 1, days: null, difference: { units: -10n, scale: 2 } }],
    });
  });

  it('lists a gap in the days; balances that carry over it do not break the chain, others do', () => {
    const carried = checkBalances([
      statement('2024-01-01', '2024-01-05', 0, 10, 10),
      statement('2024-01-08', '2024-01-09', 10, 10, 0),
    ]).chains[0];
    expect(carried?.unbroken).toBe(true);
    expect(carried?.problems).toEqual([
      { kind: 'gap', before: 0, after: 1, days: 2, difference: { units: 0n, scale: 2 } },
    ]);
    const missing = checkBalances([
      statement('2024-01-01', '2024-01-31', 0, 10, 10),
      statement('2024-03-01', '2024-03-31', 25, 25, 0),
    ]).chains[0];
    expect(missing?.unbroken).toBe(false);
    expect(missing?.problems.map(({ kind, days }) => [kind, days])).toEqual([
      ['gap', 29],
      ['break', null],
    ]);
  });

  it('lists an overlap; one shared day with balances that agree is none', () => {
    const overlapping = checkBalances([
      statement('2024-01-01', '2024-01-31', 0, 10, 10),
      statement('2024-01-30', '2024-02-29', 10, 10, 0),
    ]).chains[0];
    expect(overlapping).toMatchObject({ unbroken: false, problems: [{ kind: 'overlap', days: 2 }] });
    const adjoining = checkBalances([
      statement('2024-01-01', '2024-01-31', 0, 10, 10),
      statement('2024-01-31', '2024-02-29', 10, 10, 0),
    ]).chains[0];
    expect(adjoining).toMatchObject({ unbroken: true, problems: [] });
  });

  // By hand: half a year 0 → 1.00, a month of it 0 → 0.40, and the month after it 1.00 → 1.30. Nothing is missing.
  it('lists a statement within another as an overlap only, and takes up the chain at the one that reaches furthest', () => {
    const half = statement('2024-01-01', '2024-06-30', 0, 100, 100);
    const february = statement('2024-02-01', '2024-02-28', 0, 40, 40);
    const july = statement('2024-07-01', '2024-07-31', 100, 130, 30);
    const [chain] = checkBalances([half, february, july]).chains;
    expect(chain?.problems).toEqual([{ kind: 'overlap', before: 0, after: 1, days: 28, difference: null }]);
    expect(chain?.unbroken).toBe(false);
    const january = statement('2024-01-01', '2024-01-31', 0, 0, 0);
    const june = statement('2024-06-01', '2024-06-30', 40, 100, 60);
    expect(
      checkBalances([half, june, january, july]).chains[0]?.problems.map(({ kind, before, after, days }) => [
        kind,
        before,
        after,
        days,
      ]),
    ).toEqual([
      ['overlap', 2, 0, 31],
      ['overlap', 0, 1, 30],
    ]);
    // The month after it opens with 0.90: that is a break with the half year, not with February.
    const broken = statement('2024-07-01', '2024-07-31', 90, 120, 30);
    expect(checkBalances([half, february, broken]).chains[0]?.problems[1]).toEqual({
      kind: 'break',
      before: 0,
      after: 2,
      days: null,
      difference: { units: -10n, scale: 2 },
    });
  });

  it('makes no break of the inner balances where periods overlap in part, or where a statement is there twice', () => {
    const kinds = (...statements: StatementFigures[]) =>
      checkBalances(statements).chains[0]?.problems.map(({ kind, days }) => [kind, days]);
    expect(
      kinds(statement('2024-01-01', '2024-01-31', 0, 10, 10), statement('2024-01-21', '2024-02-20', 4, 9, 5)),
    ).toEqual([['overlap', 11]]);
    const january = statement('2024-01-01', '2024-01-31', 0, 10, 10);
    expect(kinds(january, january, statement('2024-02-01', '2024-02-29', 10, 12, 2))).toEqual([['overlap', 31]]);
    // The last day of the month by itself lies within it; a second statement of one day carries on from the first.
    expect(kinds(january, statement('2024-01-31', '2024-01-31', 7, 10, 3))).toEqual([['overlap', 1]]);
    const day = (opening: number, closing: number) =>
      statement('2024-01-31', '2024-01-31', opening, closing, closing - opening);
    expect(kinds(day(0, 10), day(10, 20), statement('2024-02-01', '2024-02-29', 20, 20, 0))).toEqual([]);
    expect(kinds(day(0, 10), day(12, 20))).toEqual([['break', null]]);
  });

  it('cannot tell where a balance is not stated', () => {
    const { chains } = checkBalances([
      statement('2024-01-01', '2024-01-31', 0, null, 10),
      statement('2024-02-01', '2024-02-29', 10, 10, 0),
    ]);
    expect(chains[0]).toMatchObject({ unbroken: null, problems: [{ kind: 'unknown', difference: null }] });
  });

  it('orders by balance dates where no period is stated, and leaves out what has no date', () => {
    const periodless = (figures: StatementFigures): StatementFigures => ({
      ...figures,
      from: UNKNOWN_DAY,
      to: UNKNOWN_DAY,
    });
    const check = checkBalances([
      periodless(statement('2024-02-01', '2024-02-29', 10, 10, 0)),
      periodless(statement('2024-01-01', '2024-01-31', 0, 10, 10)),
      periodless(statement('2024-01-01', '2024-01-31', null, null, 10)),
    ]);
    expect(check.chains[0]?.statements).toEqual([1, 0]);
    expect(check.unchained).toEqual([2]);
  });

  it('accepts every chain made by adding up and finds any single changed balance', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(-(10n ** 20n), 10n ** 20n), { minLength: 2, maxLength: 12 }),
        fc.nat(),
        fc.bigInt(1n, 10n ** 6n),
        (sums, pick, error) => {
          let balance = 0n;
          const statements = sums.map((sum, i): StatementFigures => {
            const opening = balance;
            balance += sum;
            const period = { from: 100 + i, to: 100 + i };
            return {
              accountId: 'A',
              currency: null,
              opening: { units: opening, scale: 2, date: 100 + i },
              closing: { units: balance, scale: 2, date: 100 + i },
              ...period,
              sumUnits: sum,
              sumScale: 2,
            };
          });
          const sound = checkBalances(statements);
          expect(sound.chains[0]?.unbroken).toBe(true);
          expect(sound.statements.every(({ balanced }) => balanced === true)).toBe(true);
          const changed = pick % statements.length;
          const faulty = checkBalances(
            statements.map((figures, i) =>
              i === changed && figures.closing !== null
                ? { ...figures, closing: { ...figures.closing, units: BigInt(figures.closing.units) + error } }
                : figures,
            ),
          );
          expect(faulty.statements[changed]).toEqual({ balanced: false, difference: { units: error, scale: 2 } });
          expect(faulty.chains[0]?.unbroken).toBe(changed === statements.length - 1);
        },
      ),
    );
  });
});
