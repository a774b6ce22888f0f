import { describe, expect, it } from 'vitest';
import { parseIsoDate } from '../../../kernel/civil-date.ts';
import { converted, parseRates, rateOn, rateText } from './exchange-rates.ts';

const rates = (text: string) => {
  const parsed = parseRates(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};
const day = (text: string): number => parseIsoDate(text) ?? 0;

// Expected results by hand.
describe('exchange rates', () => {
  it('reads undated and dated rates and takes the latest not after the day', () => {
    const list = rates('EUR/SEK=11.42, EUR/SEK=11.20@2024-03-01; usd/sek=10.5');
    const on = (date: string) => rateOn(list, 'SEK', 'EUR', day(date));
    expect(on('2024-02-29')?.rate).toEqual({ units: 1142, scale: 2 });
    expect(on('2024-03-01')?.rate).toEqual({ units: 1120, scale: 2 });
    expect(rateOn(list, 'EUR', 'USD', day('2024-03-01'))).toBeNull();
    expect(rateText(list[1] ?? list[0]!)).toBe('1 EUR = 11.20 SEK (from 2024-03-01)');
  });

  it('knows no rate before the first dated one', () => {
    expect(rateOn(rates('EUR/SEK=11.20@2024-03-01'), 'EUR', 'SEK', day('2024-02-29'))).toBeNull();
  });

  it('converts exactly both ways and rounds half away from zero to the minor unit', () => {
    const [rate] = rates('EUR/SEK=11.42');
    expect(converted(10_000, 2, 'SEK', rate!)).toBe(114_200);
    // 114.25 SEK / 11.42 = 10.00437… EUR
    expect(converted(11_425, 2, 'EUR', rate!)).toBe(1000);
    const [half] = rates('EUR/SEK=0.5');
    expect(converted(1, 2, 'SEK', half!)).toBe(1);
    expect(converted(-1, 2, 'SEK', half!)).toBe(-1);
    const [yen] = rates('EUR/JPY=161.49');
    // 1.00 EUR is 161.49 JPY, 161 in its minor unit; at scale 2 that is 16,100 units.
    expect(converted(100, 2, 'JPY', yen!)).toBe(16_100);
    expect(converted(9_007_199_254_740_991, 2, 'JPY', yen!)).toBeNaN();
  });

  it.each([
    ['EUR/SEK', 'write EUR/SEK=11.42'],
    ['EUR/SEK=0', 'must be above 0'],
    ['EUR/EUR=1', 'names one currency twice'],
    ['EUR/SEK=11@2024-02-30', 'has no day'],
    ['EUR/SEK=11, SEK/EUR=0.09', 'have a rate for that day already'],
    ['EUR/SEK=11,42', 'write EUR/SEK=11.42'],
  ])('refuses %s', (text, message) => {
    const parsed = parseRates(text);
    expect(parsed.ok ? '' : parsed.error).toContain(message);
  });
});
