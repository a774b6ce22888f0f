import { describe, expect, it } from 'vitest';
import { missingStatements } from './missing-statements.ts';
import { testCell } from './test-coverage.ts';

describe('a test on an account in a month', () => {
  // Values: 1 = amount, 2 = date, 4 = party.
  const rows = new Map([
    [7, 5],
    [3, 2],
  ]);
  it.each([
    [3, ['amount', 'date'], null, 'tested', 7],
    [5, ['amount', 'party'], null, 'partly', 5],
    [8, ['entry'], null, 'untestable', 0],
    [3, ['amount', 'date'], 'no ledger', 'not-run', 7],
  ] as const)('mask %i', (mask, needs, notRun, state, usable) => {
    expect(testCell(rows, mask, needs, notRun)).toMatchObject({ state, usable, rows: 7 });
  });
  it('is empty where there is no row, whether it ran or not', () => {
    expect(testCell(undefined, 1, ['amount'], 'not run').state).toBe('empty');
  });
});

describe('days without a file', () => {
  const grid = {
    months: ['2024-01', '2024-02', '2024-03', '2024-04'],
    accounts: [
      {
        account: 'A1',
        currency: 'EUR',
        institution: null,
        from: '2024-01-01',
        to: '2024-04-30',
        // 31 + 31 + 30 days with 62, 93 and 30 transactions: 2, 3 and 1 a day; the median is 2.
        cells: [62, 0, 93, 30].map(transactions => ({
          state: transactions === 0 ? ('missing' as const) : ('balanced' as const),
          transactions,
          sources: [0],
          reason: '',
        })),
        breaks: [
          { kind: 'gap' as const, from: '2024-02-01', to: '2024-02-29', difference: '-50.00', message: '' },
          { kind: 'balance' as const, from: '2024-03-31', to: '2024-04-01', difference: '1.00', message: '' },
        ],
      },
    ],
  };
  it('are told with what they could hold and the days around them', () => {
    expect(missingStatements(grid)).toEqual([
      {
        line: 0,
        account: 'A1',
        currency: 'EUR',
        from: '2024-02-01',
        to: '2024-02-29',
        days: 29,
        difference: '-50.00',
        expectedTransactions: 58,
        windowFrom: '2024-01-02',
        windowTo: '2024-03-30',
      },
    ]);
  });
  it('say nothing of transactions where no month is whole', () => {
    const [line] = grid.accounts;
    const partial = { ...line!, cells: line!.cells.map(cell => ({ ...cell, state: 'partial' as const })) };
    expect(missingStatements({ ...grid, accounts: [partial] })[0]!.expectedTransactions).toBeNull();
  });
});
