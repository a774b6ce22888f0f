import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilDay, isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { type DateOrder, parseDate } from './csv-date.ts';
import { DateReader } from './csv-date-reader.ts';
import { monthNamed } from './csv-month-names.ts';

const iso = (text: string, order: DateOrder): string | null => {
  const day = parseDate(text, order);
  return day === null ? null : isoDate(day);
};

// Forms found in the real statements under shared/data, and those the issue names.
const READ: readonly [string, DateOrder, string][] = [
  ['2018-03-01', 'ymd', '2018-03-01'],
  ['2014/02/10', 'ymd', '2014-02-10'],
  ['2019.04.19.', 'ymd', '2019-04-19'],
  ['20121231', 'ymd', '2012-12-31'],
  ['20091224120000[0:GMT]', 'ymd', '2009-12-24'],
  ['2018-02-25 12:34:56 +0000', 'ymd', '2018-02-25'],
  ['2002-09-10T23:00:04', 'ymd', '2002-09-10'],
  ['2024-05-01T10:00:00.123Z', 'ymd', '2024-05-01'],
  ['22.02.18', 'dmy', '2018-02-22'],
  ['27.05.2018', 'dmy', '2018-05-27'],
  ['1.2.2024', 'dmy', '2024-02-01'],
  ['16-11-2012', 'dmy', '2012-11-16'],
  ['5/19/2006 0:00:00', 'mdy', '2006-05-19'],
  ['10/31/2012', 'mdy', '2012-10-31'],
  ['12-Dec-2019', 'dmy', '2019-12-12'],
  ['12-Dec-2019', 'mdy', '2019-12-12'],
  ['27 Feb 2018', 'dmy', '2018-02-27'],
  ['10 Feb 18', 'ymd', '2018-02-10'],
  ['2024-Mar-05', 'dmy', '2024-03-05'],
  ['March 5, 2024', 'dmy', '2024-03-05'],
  ['5. März 2024', 'dmy', '2024-03-05'],
  ['1 août 2023', 'dmy', '2023-08-01'],
  ['31 grudnia 2023', 'dmy', '2023-12-31'],
  ['31/12/69', 'dmy', '1969-12-31'],
  ['31/12/68', 'dmy', '2068-12-31'],
];

const REFUSED: readonly [string, DateOrder][] = [
  ['2024-02-30', 'ymd'],
  ['31.04.2024', 'dmy'],
  ['13/13/2024', 'dmy'],
  ['2024-01-02', 'dmy'],
  ['10-Nov-9', 'dmy'],
  ['Pending', 'dmy'],
  ['00:00:00', 'ymd'],
  ['1.2', 'dmy'],
  ['1.2.3.4', 'dmy'],
  ['5 Foo 2024', 'dmy'],
  ['2024-02-03 xyz', 'ymd'],
  ['', 'ymd'],
];

describe('parseDate', () => {
  it.each(READ)('reads %j as %s: %s', (text, order, expected) => {
    expect(iso(text, order)).toBe(expected);
  });
  it.each(REFUSED)('does not read %j as %s', (text, order) => {
    expect(parseDate(text, order)).toBeNull();
  });
  it('knows the months of the languages it names', () => {
    expect(
      ['Jänner', 'février', 'MÄR', 'kwi', 'května', 'giugno', 'heinäkuu', 'ago', 'września', 'out', 'lis', 'dez'].map(
        monthNamed,
      ),
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});

describe('DateReader', () => {
  it('reads from bytes what parseDate reads from text, or leaves it to parseDate', () => {
    const two = (n: number): string => String(n).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.integer({ min: 1890, max: 2170 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        fc.constantFrom('-', '/', '.', ''),
        fc.constantFrom<DateOrder>('ymd', 'dmy', 'mdy'),
        (year, month, day, separator, order) => {
          const parts = {
            ymd: [String(year), two(month), two(day)],
            dmy: [two(day), two(month), String(year)],
            mdy: [two(month), two(day), String(year)],
          };
          const text = parts[order].join(separator);
          const bytes = new TextEncoder().encode(text);
          const reader = new DateReader(order);
          for (const _ of [1, 2]) {
            const found = reader.read(bytes, 0, bytes.length);
            if (found !== UNKNOWN_DAY) expect(found).toBe(civilDay(year, month, day));
            else if (separator !== '' && year >= 1900 && year <= 2155) expect(civilDay(year, month, day)).toBeNull();
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
