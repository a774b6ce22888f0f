// Writes the national holidays of every country that date-holidays knows as days of the year, a year a word:
//   node scripts/write-holidays.mjs
// A table instead of the library at run time: loading the library takes 50 ms and 26 MB in each process and worker.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Holidays from 'date-holidays';

const FIRST_YEAR = 1990;
const LAST_YEAR = 2050;
const DAY_MS = 86_400_000;

/**
 * Days of the year (0 is 1 January) that are closed all day: public and bank holidays from midnight on. One that begins at
 * two in the afternoon is half a day, and open.
 * @param {Holidays} calendar
 * @param {number} year
 */
const closedDays = (calendar, year) => {
  const days = new Set();
  // A holiday of several days may begin in the year before.
  for (const from of [year - 1, year])
    for (const { date, start, end, type } of calendar.getHolidays(from)) {
      if ((type !== 'public' && type !== 'bank') || date.slice(11, 19) !== '00:00:00') continue;
      const first = Math.round((Date.parse(`${date.slice(0, 10)}T00:00:00Z`) - Date.UTC(year, 0, 1)) / DAY_MS);
      const count = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
      const yearDays = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY_MS;
      for (let day = first; day < first + count; day++) if (day >= 0 && day < yearDays) days.add(day);
    }
  return [...days].sort((a, b) => a - b);
};

/** @param {string} country */
export const holidayWords = country => {
  const calendar = new Holidays(country);
  const words = [];
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++)
    words.push(
      closedDays(calendar, year)
        .map(day => day.toString(36).padStart(2, '0'))
        .join(''),
    );
  return words.join(' ');
};

/** @param {string} path */
export const writeHolidays = path => {
  const countries = Object.keys(new Holidays().getCountries()).sort();
  const lines = countries.map(country => `  ${country}: '${holidayWords(country)}',`);
  writeFileSync(
    path,
    `// Written by scripts/write-holidays.mjs from date-holidays 3.37.0 (ISC and CC-BY-3.0); do not edit.

export const FIRST_HOLIDAY_YEAR = ${FIRST_YEAR};
export const LAST_HOLIDAY_YEAR = ${LAST_YEAR};

/** By country (ISO 3166 alpha-2): a word a year, in it two base-36 digits a closed day (days since 1 January). */
export const HOLIDAY_WORDS: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`,
  );
};

if (process.argv[1] === import.meta.filename)
  writeHolidays(join(import.meta.dirname, '../src-main/features/detection/domain/holiday-table.generated.ts'));
