import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { coverageGrid } from './coverage-grid.ts';
import type { CoveredStatement } from './coverage-input.ts';

const day = (text: string | undefined): number => (text === undefined ? UNKNOWN_DAY : parseIsoDate(text)!);
interface Given {
  readonly first?: string;
  readonly last?: string;
  readonly opening?: readonly [amount: string, day: string];
  readonly closing?: readonly [amount: string, day: string];
  readonly balanced?: boolean;
  readonly account?: string;
}
const statements = (...given: readonly Given[]): CoveredStatement[] =>
  given.map((each, source) => ({
    source,
    account: each.account ?? 'A',
    currency: 'EUR',
    institution: null,
    firstDay: day(each.first),
    lastDay: day(each.last),
    opening: each.opening?.[0] ?? null,
    openingDay: day(each.opening?.[1]),
    closing: each.closing?.[0] ?? null,
    closingDay: day(each.closing?.[1]),
    balanced: each.balanced ?? null,
    months: new Map(each.first === undefined ? [] : [[each.first.slice(0, 7), 1]]),
  }));
const states = (...given: readonly Given[]): string[] =>
  coverageGrid(statements(...given)).accounts[0]!.cells.map(cell => cell.state);

/** A statement of the first ten days of January that closes at 900.00, and one that opens there. */
const TO_10_JANUARY: Given = {
  first: '2025-01-03',
  last: '2025-01-09',
  opening: ['1000.00', '2025-01-01'],
  closing: ['900.00', '2025-01-10'],
  balanced: true,
};
const fromDay = (from: string, to: string): Given => ({
  first: to,
  last: to,
  opening: ['900.00', from],
  closing: ['880.00', to],
  balanced: true,
});

describe('coverageGrid', () => {
  it('proves months whose balances chain', () => {
    const grid = coverageGrid(
      statements(
        {
          first: '2025-01-03',
          last: '2025-01-30',
          opening: ['100.00', '2024-12-31'],
          closing: ['90.00', '2025-01-31'],
          balanced: true,
        },
        {
          first: '2025-02-02',
          last: '2025-02-20',
          opening: ['90.00', '2025-01-31'],
          closing: ['80.00', '2025-02-28'],
          balanced: true,
        },
      ),
    );
    expect(grid.months).toEqual(['2025-01', '2025-02']);
    expect(grid.accounts[0]).toMatchObject({ from: '2025-01-01', to: '2025-02-28', breaks: [] });
    expect(grid.accounts[0]!.cells.map(cell => cell.state)).toEqual(['balanced', 'balanced']);
  });

  it('finds a missing month between two statements, with what it moved', () => {
    const grid = coverageGrid(
      statements(
        {
          first: '2025-01-03',
          last: '2025-01-30',
          opening: ['100.00', '2025-01-01'],
          closing: ['90.00', '2025-01-31'],
          balanced: true,
        },
        {
          first: '2025-03-02',
          last: '2025-03-20',
          opening: ['70.00', '2025-03-01'],
          closing: ['60.00', '2025-03-31'],
          balanced: true,
        },
      ),
    );
    // January and March are proved by their own balances; what moved between them is the gap's.
    expect(grid.accounts[0]!.cells.map(cell => cell.state)).toEqual(['balanced', 'missing', 'balanced']);
    expect(grid.accounts[0]!.breaks).toMatchObject([
      { kind: 'gap', from: '2025-02-01', to: '2025-02-28', difference: '-20.00' },
    ]);
    expect(grid.accounts[0]!.breaks).toHaveLength(1);
  });

  // 21 days of January after the 10th and 19 of February before the 20th: 40 days in no file, though 900.00 is 900.00.
  it('finds the days that no file covers also where the balance carries over them', () => {
    const [account] = coverageGrid(statements(TO_10_JANUARY, fromDay('2025-02-20', '2025-02-28'))).accounts;
    expect(account!.breaks).toEqual([
      {
        kind: 'gap',
        from: '2025-01-11',
        to: '2025-02-19',
        difference: '0.00',
        message:
          '40 days are covered by no file; in sum nothing moved, but what came in and went out meanwhile is in no file',
      },
    ]);
    expect(account!.cells.map(({ state }) => state)).toEqual(['partial', 'partial']);
  });

  // docs/specs/coverage.md: four days of bank holidays over a balance that carries over, none over one that moved.
  it.each([
    ['2025-01-15', '900.00', 0],
    ['2025-01-16', '900.00', 1],
    ['2025-01-12', '850.00', 1],
  ] as const)('takes no more than bank holidays between stated periods: from %s with %s', (from, opening, gaps) => {
    const next = { ...fromDay(from, '2025-01-31'), opening: [opening, from] as const };
    const [account] = coverageGrid(statements(TO_10_JANUARY, next)).accounts;
    expect(account!.breaks.filter(({ kind }) => kind === 'gap')).toHaveLength(gaps);
  });

  // Running balances are dated by rows: 10 days without one say no more than in a file without balances.
  it.each([
    ['2025-01-21', 0],
    ['2025-01-22', 1],
  ] as const)(
    'takes ten quiet days where rows alone show the days and the balance carries over: from %s',
    (from, gaps) => {
      const rowsOnly = (first: string, last: string, opening: string): Given => ({
        first,
        last,
        opening: [opening, first],
        closing: ['900.00', last],
        balanced: true,
      });
      const [account] = coverageGrid(
        statements(rowsOnly('2025-01-02', '2025-01-10', '1000.00'), rowsOnly(from, '2025-01-31', '900.00')),
      ).accounts;
      expect(account!.breaks.map(({ kind }) => kind)).toEqual(Array.from({ length: gaps }, () => 'gap'));
    },
  );

  it('finds a balance that is not carried over from one day to the next, in both months', () => {
    const grid = coverageGrid(
      statements(
        {
          first: '2025-01-03',
          last: '2025-01-30',
          opening: ['100.00', '2025-01-01'],
          closing: ['90.00', '2025-01-31'],
          balanced: true,
        },
        {
          first: '2025-02-02',
          last: '2025-02-20',
          opening: ['70.00', '2025-02-01'],
          closing: ['60.00', '2025-02-28'],
          balanced: true,
        },
      ),
    );
    expect(grid.accounts[0]!.cells.map(cell => cell.state)).toEqual(['discrepant', 'discrepant']);
    expect(grid.accounts[0]!.breaks).toMatchObject([{ kind: 'balance', difference: '-20.00' }]);
    expect(grid.accounts[0]!.breaks).toHaveLength(1);
  });

  it('tells overlapping files, discrepant balances and files that only show transactions', () => {
    expect(states({ first: '2025-01-01', last: '2025-01-31' }, { first: '2025-01-15', last: '2025-02-10' })).toEqual([
      'overlapping',
      'present',
    ]);
    expect(
      states({
        first: '2025-01-01',
        last: '2025-01-31',
        opening: ['1', '2025-01-01'],
        closing: ['9', '2025-01-31'],
        balanced: false,
      }),
    ).toEqual(['discrepant']);
    expect(states({ first: '2025-01-02', last: '2025-01-20' })).toEqual(['present']);
  });

  it('says so where a file spans a month without a transaction and no balance proves that none is missing', () => {
    const [, february] = coverageGrid(statements({ first: '2025-01-02', last: '2025-03-20' })).accounts[0]!.cells;
    expect(february).toMatchObject({ state: 'present', transactions: 0 });
    expect(february!.reason).toContain('no transaction in it');
  });

  it('takes a few days without a transaction for quiet, a month for missing', () => {
    expect(states({ first: '2025-01-01', last: '2025-01-28' }, { first: '2025-02-03', last: '2025-02-20' })).toEqual([
      'present',
      'present',
    ]);
    expect(states({ first: '2025-01-01', last: '2025-01-10' }, { first: '2025-03-03', last: '2025-03-20' })).toEqual([
      'partial',
      'missing',
      'partial',
    ]);
  });

  it('takes one account for one however its IBAN is written', () => {
    const grid = coverageGrid(
      statements(
        { account: 'DE89 3704 0044 0532 0130 00', first: '2025-01-02', last: '2025-01-30' },
        { account: 'DE89370400440532013000', first: '2025-02-01', last: '2025-02-20' },
      ),
    );
    expect(grid.accounts.map(({ cells }) => cells.map(({ state }) => state))).toEqual([['present', 'present']]);
  });

  it('takes 150,000 statements of one account, in seconds', () => {
    const [one] = statements({ first: '2025-01-01', last: '2025-01-01' });
    const many = Array.from({ length: 150_000 }, (_, i) => ({ ...one!, source: i, firstDay: i, lastDay: i }));
    const started = performance.now();
    const grid = coverageGrid(many);
    expect(grid.accounts[0]!.breaks).toEqual([]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('ends for the first and the last days of the calendar', () => {
    // Inclusive months from 0202-11 to 0203-02, and of the last two months that four digits of a year can tell.
    const months = (first: string, last: string) => coverageGrid(statements({ first, last })).months;
    expect(months('0202-11-03', '0203-02-01')).toEqual(['0202-11', '0202-12', '0203-01', '0203-02']);
    expect(months('9999-11-03', '9999-12-31')).toEqual(['9999-11', '9999-12']);
  });

  it('keeps accounts and currencies apart, and one without days in the list', () => {
    const grid = coverageGrid(statements({ account: 'B' }, { account: 'A', first: '2025-01-01', last: '2025-01-02' }));
    expect(grid.accounts.map(({ account, from }) => [account, from])).toEqual([
      ['A', '2025-01-01'],
      ['B', null],
    ]);
    expect(coverageGrid([])).toEqual({ months: [], accounts: [] });
  });

  it('does not depend on the order of files (property)', () => {
    const given = fc.record({ from: fc.integer({ min: 0, max: 300 }), length: fc.integer({ min: 0, max: 60 }) });
    fc.assert(
      fc.property(
        fc.uniqueArray(given, { minLength: 1, maxLength: 6, selector: each => JSON.stringify(each) }),
        list => {
          const make = (order: typeof list) =>
            order.map(
              ({ from, length }): CoveredStatement => ({
                ...statements({})[0]!,
                source: list.findIndex(each => each.from === from && each.length === length),
                firstDay: 20_000 + from,
                lastDay: 20_000 + from + length,
              }),
            );
          expect(coverageGrid(make([...list].reverse()))).toEqual(coverageGrid(make(list)));
        },
      ),
    );
  });
});
