import { describe, expect, it } from 'vitest';
import { parseIsoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { statedBalances, untoldAccounts } from './proof-of-cash-lines.ts';

const line = (
  account: string | null,
  from: string,
  opening: string | null,
  closing: string | null,
  currency = 'EUR',
) => ({
  source: 1,
  sourceName: 'bank.sta',
  account,
  currency,
  from: parseIsoDate(from) ?? UNKNOWN_DAY,
  to: (parseIsoDate(from) ?? 0) + 27,
  opening,
  openingDay: UNKNOWN_DAY,
  closing,
  closingDay: UNKNOWN_DAY,
  credits: '0',
  debits: '0',
  balanced: null,
});
/** Balances in whole units, whatever scale they come at. */
const whole = (balances: ReturnType<typeof statedBalances>) =>
  balances.map(({ currency, scale, opening, closing }) => {
    const units = (value: bigint | null): number | null => (value === null ? null : Number(value) / 10 ** scale);
    return [currency, units(opening), units(closing)];
  });

describe('statedBalances', () => {
  it('takes the first opening and the last closing balance of each account, summed by currency', () => {
    expect(
      whole(
        statedBalances(
          [
            line('A', '2025-02-01', '110.00', '120.00'),
            line('A', '2025-01-01', '100.00', '110.00'),
            line('B', '2025-01-01', '7.00', '9.00'),
            line('C', '2025-01-01', '1.00', '2.00', 'SEK'),
          ],
          null,
        ),
      ),
    ).toEqual([
      ['EUR', 107, 129],
      ['SEK', 1, 2],
    ]);
  });

  it('is unknown where one account does not state it: some accounts are no balance', () => {
    expect(
      whole(statedBalances([line('A', '2025-01-01', '1.00', '2.00'), line('B', '2025-01-01', null, '3.00')], null)),
    ).toEqual([['EUR', null, 5]]);
    expect(statedBalances([], null)).toEqual([]);
  });

  it('takes the opening balance of the statement that opens first, though its first row comes later', () => {
    const half = { ...line('A', '2024-02-15', '5.00', '9.00'), openingDay: parseIsoDate('2024-01-01') ?? 0 };
    const february = { ...line('A', '2024-02-15', '7.00', '8.00'), openingDay: parseIsoDate('2024-02-01') ?? 0 };
    expect(whole(statedBalances([february, { ...half, to: 20_000 }], null))).toEqual([['EUR', 5, 9]]);
  });

  // By hand: two files of January, 1000.00 → 1060.00 and 5000.00 → 5006.00, neither naming an account. Taken for one account
  // they gave 1000 and 1060; were they one account's, 6000 and 6066 would be wrong as well.
  it('is unknown, and says so, where two files name no account', () => {
    const first = { ...line(null, '2024-01-02', '1000.00', '1060.00'), sourceName: 'acc1.csv' };
    const second = { ...line(null, '2024-01-03', '5000.00', '5006.00'), source: 2, sourceName: 'acc2.csv' };
    expect(whole(statedBalances([first, second], null))).toEqual([['EUR', null, null]]);
    expect(untoldAccounts([first, second], null)).toEqual([
      expect.stringMatching(/^acc1\.csv, acc2\.csv: no account number, .*EUR are unknown/),
    ]);
    expect(whole(statedBalances([line('A', '2024-01-01', '1.00', '2.00'), second], null))).toEqual([
      ['EUR', null, null],
    ]);
    // Accounts that are named, or a file by itself, are told apart.
    const named = [
      { ...first, account: 'A' },
      { ...second, account: 'B' },
    ];
    expect(whole(statedBalances(named, null))).toEqual([['EUR', 6000, 6066]]);
    expect(whole(statedBalances([first], null))).toEqual([['EUR', 1000, 1060]]);
    expect([...untoldAccounts(named, null), ...untoldAccounts([first], null)]).toEqual([]);
    // Where no balance is stated, nothing is withheld.
    const without = { opening: null, closing: null };
    expect(
      untoldAccounts(
        [
          { ...first, ...without },
          { ...second, ...without },
        ],
        null,
      ),
    ).toEqual([]);
  });

  it('takes statements of one file that name no account together only where each carries on from the one before', () => {
    const january = line(null, '2025-01-01', '1.00', '2.00');
    const february = line(null, '2025-02-01', '2.00', '5.00');
    expect(whole(statedBalances([february, january], null))).toEqual([['EUR', 1, 5]]);
    const other = line(null, '2025-02-01', '70.00', '75.00');
    expect(whole(statedBalances([january, other], null))).toEqual([['EUR', null, null]]);
    expect(untoldAccounts([january, other], null)).toHaveLength(1);
  });
});
