import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import type { ParameterSpec } from './forensic-test.ts';
import { monthDayParameter, resolveParameters } from './parameters.ts';

const YEAR_END: ParameterSpec = { name: 'year-end', kind: 'month-day', default: '12-31', meaning: 'close' };
const COUNTRY: ParameterSpec = { name: 'country', kind: 'country', default: '', meaning: 'holidays' };
const resolved = (spec: ParameterSpec, value: string) => {
  const outcome = resolveParameters([spec], { [spec.name]: value });
  return outcome.ok ? outcome.value[spec.name] : outcome.error.message;
};

describe('a day of the year', () => {
  // The Gregorian calendar: June has 30 days, February 29 in a leap year.
  it.each(['12-31', '06-30', '02-29', '02-28', '01-01', ' 03-31 '])('takes %s', value => {
    expect(resolved(YEAR_END, value)).toBe(value.trim());
  });

  it.each(['31-12', '06-31', '02-30', '00-10', '13-01', '04-00', '6-30', '12-31-2024', 'Dezember', '31.12.', ''])(
    'refuses "%s" and says what is wanted',
    value => {
      expect(resolved(YEAR_END, value)).toBe(
        `parameter "year-end" cannot be "${value}": allowed is a day of the year MM-DD, the month first, such as 12-31 or 06-30`,
      );
    },
  );

  it('falls on a day in each year, 02-29 on the last day of February', () => {
    const leap = monthDayParameter({ 'year-end': '02-29' }, 'year-end');
    expect([2023, 2024, 2100].map(year => isoDate(leap(year)!))).toEqual(['2023-02-28', '2024-02-29', '2100-02-28']);
    const june = monthDayParameter({ 'year-end': '06-30' }, 'year-end');
    expect([june(2024)].map(day => isoDate(day!))).toEqual(['2024-06-30']);
    expect(june(10_000)).toBeNull();
  });
});

describe('a country', () => {
  it('is two letters in one spelling, or nothing', () => {
    expect(['de', ' DE ', ''].map(value => resolved(COUNTRY, value))).toEqual(['DE', 'DE', '']);
  });

  it.each(['Germany', 'D', 'DEU', 'D1'])('refuses %s and says what is wanted', value => {
    expect(resolved(COUNTRY, value)).toBe(
      `parameter "country" cannot be "${value}": allowed is two letters such as DE (ISO 3166), or nothing`,
    );
  });
});
