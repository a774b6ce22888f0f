import { describe, expect, it } from 'vitest';
import { parseIsoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { statedBalances } from './proof-of-cash-lines.ts';

const line = (account: string, from: string, opening: string | null, closing: string | null, currency = 'EUR') => ({
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
});
