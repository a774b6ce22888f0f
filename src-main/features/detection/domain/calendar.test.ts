import Holidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { isoDate, parseIsoDate } from '../../../kernel/civil-date.ts';
import { businessCalendar, HOLIDAY_DAY, nextBusinessDays, OPEN_DAY, WEEKEND_DAY, weekdayName } from './calendar.ts';

const day = (text: string): number => parseIsoDate(text)!;
const calendar = (country: string, weekend = 'saturday-sunday') => businessCalendar({ country, weekend });
const holidays = (country: string, first: string, last: string): (string | null)[] => {
  const kinds = calendar(country, 'none').kinds(day(first), day(last));
  return [...kinds.keys()].filter(i => kinds[i] === HOLIDAY_DAY).map(i => isoDate(day(first) + i));
};

describe('business calendar', () => {
  it('knows the days of the week', () => {
    expect(['1970-01-01', '2024-02-29', '1969-12-28', '2000-01-01'].map(text => weekdayName(day(text)))).toEqual([
      'Thursday',
      'Thursday',
      'Sunday',
      'Saturday',
    ]);
  });

  it('has the weekend that is asked for', () => {
    // 2024-03-01 is a Friday.
    const kinds = (weekend: string) => [...calendar('', weekend).kinds(day('2024-03-01'), day('2024-03-04'))];
    const [o, w] = [OPEN_DAY, WEEKEND_DAY];
    expect(kinds('saturday-sunday')).toEqual([o, w, w, o]);
    expect(kinds('friday-saturday')).toEqual([w, w, o, o]);
    expect(kinds('sunday')).toEqual([o, o, w, o]);
    expect(kinds('none')).toEqual([o, o, o, o]);
  });

  it('knows federal holidays of 2024 (U.S. Office of Personnel Management)', () => {
    expect(holidays('us', '2024-01-01', '2024-12-31')).toEqual([
      '2024-01-01',
      '2024-01-15',
      '2024-02-19',
      '2024-05-27',
      '2024-06-19',
      '2024-07-04',
      '2024-09-02',
      '2024-10-14',
      '2024-11-11',
      '2024-11-28',
      '2024-12-25',
    ]);
  });

  it('leaves half days open: 24 and 31 December in Germany close at two', () => {
    expect(holidays('DE', '2024-12-20', '2024-12-31')).toEqual(['2024-12-25', '2024-12-26']);
  });

  it('is the library’s table (public and bank holidays from midnight on)', () => {
    for (const country of ['US', 'GB', 'FR', 'PL', 'JP', 'BR'])
      for (const year of [1990, 2010, 2024, 2050]) {
        const expected = new Holidays(country)
          .getHolidays(year)
          .filter(({ type, date }) => (type === 'public' || type === 'bank') && date.endsWith(' 00:00:00'))
          .map(({ date }) => date.slice(0, 10));
        const own = holidays(country, `${year}-01-01`, `${year}-12-31`);
        expect(own).toEqual(expect.arrayContaining(expected.filter(date => date.startsWith(String(year)))));
        expect(own.length).toBeLessThanOrEqual(new Set(expected).size);
      }
  });

  it('finds the next business day over a holiday and a weekend', () => {
    // Good Friday 2024-03-29, Saturday, Sunday, Easter Monday 2024-04-01.
    const next = nextBusinessDays(calendar('GB'), day('2024-03-28'), day('2024-03-31'));
    expect([...next].map(isoDate)).toEqual(['2024-03-28', '2024-04-02', '2024-04-02', '2024-04-02', '2024-04-02']);
  });

  it('says what it does not know', () => {
    const limits = (country: string, first = '2024-01-01') => calendar(country).limits(day(first), day('2024-12-31'));
    expect(limits('')[0]).toContain('No country is given');
    expect(limits('XX')[0]).toBe('No holidays are known for the country "XX": they were taken as business days.');
    expect(limits('constructor')[0]).toContain('No holidays are known');
    expect(limits('US', '1989-12-31')[1]).toContain('before 1990');
  });
});
