import { describe, expect, it } from 'vitest';
import { parseIsoDate } from '../../../kernel/civil-date.ts';
import { matchDifference } from './match-difference.ts';

const row = (units: number, currency: string | null = 'EUR', source_scale = 2, day = '2025-03-10') => ({
  amount_units: units,
  source_scale,
  currency,
  booking_day: parseIsoDate(day) ?? 0,
});
const rate = (base: string, quote: string, value: string, day = '2025-03-01') => ({
  seq: 1,
  base,
  quote,
  rate: value,
  day,
  source: 'central bank',
  actor: 'Ada',
});

describe('matchDifference', () => {
  // By hand: 1,240.00 − 1,000.00 − 250.00 = −10.00; 1.0001 − 1.00 = 0.0001.
  it('is the exact sum of one side less that of the other, at any scale', () => {
    expect(matchDifference([row(124000)], [row(100000), row(25000)], false, [])).toEqual({
      differences: [{ currency: 'EUR', amount: '-10.00' }],
      rates: [],
    });
    expect(matchDifference([row(10001, 'EUR', 4)], [row(100)], false, []).differences).toEqual([
      { currency: 'EUR', amount: '0.0001' },
    ]);
    // 0.1 + 0.2 is 0.3.
    expect(matchDifference([row(10), row(20)], [row(30)], false, []).differences).toEqual([]);
  });

  it('turns the second side where both sign a movement oppositely', () => {
    expect(matchDifference([row(-5000)], [row(5000)], true, []).differences).toEqual([]);
    expect(matchDifference([row(-5000)], [row(5000)], false, []).differences).toEqual([
      { currency: 'EUR', amount: '-100.00' },
    ]);
  });

  it('of a transfer between own accounts is what the rows of one side leave', () => {
    expect(matchDifference([row(-5000), row(5000)], [], false, []).differences).toEqual([]);
  });

  it('takes rows without a currency for the only stated one', () => {
    expect(matchDifference([row(100, null)], [row(100)], false, []).differences).toEqual([]);
    expect(matchDifference([row(100, null)], [row(90, null)], false, []).differences).toEqual([
      { currency: null, amount: '0.10' },
    ]);
  });

  it('never crosses currencies without a rate, and says which one is missing', () => {
    const across = () => matchDifference([row(114200, 'SEK')], [row(10000)], false, []);
    expect(across).toThrow(/no exchange rate from SEK to EUR on 2025-03-10/);
    expect(() => matchDifference([row(100, 'SEK')], [row(100)], false, [rate('EUR', 'USD', '1.1')])).toThrow(
      /SEK to EUR/,
    );
    // A rate that is not yet in force is none.
    expect(() =>
      matchDifference([row(114200, 'SEK')], [row(10000)], false, [rate('EUR', 'SEK', '11.42', '2025-03-11')]),
    ).toThrow(/no exchange rate/);
  });

  it('refuses two rates of one pair and day in words, as a person can mend it', () => {
    const two = [rate('EUR', 'SEK', '11.42'), rate('EUR', 'SEK', '11.50')];
    expect(() => matchDifference([row(114200, 'SEK')], [row(10000)], false, two)).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'reconciliation.rate-invalid' }) }),
    );
  });

  it('converts with the rate of the day, exactly, and says which it used', () => {
    // 1,142.00 SEK at 11.42 SEK for 1 EUR is 100.00 EUR.
    expect(matchDifference([row(114200, 'SEK')], [row(10000)], false, [rate('EUR', 'SEK', '11.42')])).toEqual({
      differences: [],
      rates: ['1 EUR = 11.42 SEK (from 2025-03-01)'],
    });
    expect(
      matchDifference([row(114200, 'SEK')], [row(10050)], false, [
        rate('EUR', 'SEK', '11.42'),
        rate('EUR', 'SEK', '10', '2024-01-01'),
      ]).differences,
    ).toEqual([{ currency: 'EUR', amount: '-0.50' }]);
  });
});
