import { type CivilDay, civilDay } from '../../../kernel/civil-date.ts';

/** Which of two numbers before a year is the day. */
export type DayOrder = 'dmy' | 'mdy';

/** A date as two records' dates are compared: eight digits even where the calendar has no such day, which is a slip of the pen. */
export interface LooseDate {
  /** YYYYMMDD. */
  readonly digits: string;
  /** Null for a day that does not exist. */
  readonly day: CivilDay | null;
}

const YEAR_FIRST = /^(\d{4})(?:([-/. ])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))(?:[T ]\d{1,2}:\d{2}.*)?$/;
const YEAR_LAST = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:[T ]\d{1,2}:\d{2}.*)?$/;
const MONTH_NAMED = /^(?:(\d{1,2})\.?[- ](\p{L}{3,9})\.?|(\p{L}{3,9})\.? (\d{1,2}))[,]?[- ](\d{4})$/u;
/** First letters of the months' names in English, German and French. */
const MONTHS = [
  'jan',
  'feb|fev|fév',
  'mar|mär|mrz',
  'apr|avr',
  'may|mai',
  'jun|juin',
  'jul|juil',
  'aug|aou|aoû',
  'sep',
  'oct|okt',
  'nov',
  'dec|dez|déc',
].map(names => new RegExp(`^(?:${names})`, 'i'));

const made = (year: number, month: number, day: number): LooseDate | null => {
  if (year < 1000 || year > 2999 || month > 99 || day > 99) return null;
  return {
    digits: `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`,
    day: civilDay(year, month, day),
  };
};

/** Two digits of a year: 69–99 are 1969–1999, 00–68 are 2000–2068 (POSIX strptime %y). */
const fullYear = (text: string): number => {
  const year = Number(text);
  return text.length === 4 ? year : year + (year >= 69 ? 1900 : 2000);
};

/** Reads a date for comparison only, never for a figure: null for a text that has not the shape of one. */
export const parseLooseDate = (text: string, order: DayOrder): LooseDate | null => {
  const trimmed = text.trim();
  const first = YEAR_FIRST.exec(trimmed);
  if (first !== null) return made(Number(first[1]), Number(first[3] ?? first[5]), Number(first[4] ?? first[6]));
  const last = YEAR_LAST.exec(trimmed);
  if (last !== null) {
    const [a, b, year] = [Number(last[1]), Number(last[3]), fullYear(last[4]!)];
    return order === 'dmy' ? made(year, b, a) : made(year, a, b);
  }
  const named = MONTH_NAMED.exec(trimmed);
  if (named === null) return null;
  const month = MONTHS.findIndex(name => name.test(named[2] ?? named[3]!)) + 1;
  return month === 0 ? null : made(Number(named[5]), month, Number(named[1] ?? named[4]));
};

/** The order of day and month that a column's values allow: a first number beyond 12 is a day; where none decides, day first. */
export const dayOrderOf = (values: readonly string[]): DayOrder => {
  for (const value of values) {
    const parts = YEAR_LAST.exec(value.trim());
    if (parts === null) continue;
    if (Number(parts[1]) > 12) return 'dmy';
    if (Number(parts[3]) > 12) return 'mdy';
  }
  return 'dmy';
};
