import { type CivilDay, civilDay } from '../../../kernel/civil-date.ts';
import { monthNamed } from './csv-month-names.ts';

/** Order of year, month and day. Names of months are understood in any order that the numbers allow. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';
export const DATE_ORDERS: readonly DateOrder[] = ['ymd', 'dmy', 'mdy'];

/** Day numbers of spreadsheets (ECMA-376 part 1, 18.17.4.1), read only where the examiner says that they are. */
export type SerialEpoch = 'excel1900' | 'excel1904';
export const SERIAL_EPOCHS: readonly SerialEpoch[] = ['excel1900', 'excel1904'];

/** How the dates of a column are read. */
export type DateReading = DateOrder | SerialEpoch;
export const DATE_READINGS: readonly DateReading[] = [...DATE_ORDERS, ...SERIAL_EPOCHS];

/** Two digits of a year: 69–99 are 1969–1999, 00–68 are 2000–2068 (POSIX strptime %y). */
const fullYear = (year: number, digits: number): number => (digits === 2 ? year + (year >= 69 ? 1900 : 2000) : year);

const WEEKDAY = /^(\p{L}{2,12})\.?,?\s+(?=\d|\p{L})/u;
const SEPARATED =
  /^(\d{1,4})(?:\.º|º|er|st|nd|rd|th)?(\s?[-/.]\s?|\s)(?:de\s)?(\d{1,2}|\p{L}[^\d\s./-]*)\.?(?:\s?[-/.,]\s?|\s)(?:de\s|del\s)?(\d{1,4})\.?(?![\d/-])(.*)$/su;
const COMPACT = /^(\d{8})(?:\d{6})?(?!\d)(.*)$/s;
const MONTH_FIRST = /^(\p{L}{3,12})\.?[\s-](\d{1,2})(?:st|nd|rd|th)?,?[\s-](\d{4})(?!\d)(.*)$/su;
/** What may follow a date: nothing, or a time of day with fraction, zone and half of the day. */
const TIME =
  /^\s*$|^(?:[T,]?\s*|\s*[-:/]\s*)(?:\p{L}{2,5}\s)?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[.,:]\d+)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[A-Z]{3,5}|[+-]\d{2}:?\d{2})?\s*$|^\s*\[[^\]]*\]$/u;

interface DateParts {
  /** The three numbers in the order written; a month's name stands as its number. */
  readonly numbers: readonly [number, number, number];
  /** How many digits each was written with (0 for a name). */
  readonly widths: readonly [number, number, number];
  readonly separator: string;
}

/** The text behind a day of the week (`Mon 01 Jan 2024`); the name of a month is none. */
const withoutWeekday = (text: string): string => {
  const weekday = WEEKDAY.exec(text);
  return weekday === null || monthNamed(weekday[1]!) !== 0 ? text : text.slice(weekday[0].length);
};

/** Splits the text of a date into three numbers; null when it has not the shape of one. */
export const dateParts = (text: string): DateParts | null => {
  const trimmed = withoutWeekday(text.trim());
  const separated = SEPARATED.exec(trimmed);
  if (separated && TIME.test(separated[5]!)) {
    const [, first, separator, middle, last] = separated as unknown as string[];
    const named = /\d/.test(middle!) ? 0 : monthNamed(middle!);
    if (named === 0 && !/\d/.test(middle!)) return null;
    return {
      numbers: [Number(first), named || Number(middle), Number(last)],
      widths: [first!.length, named === 0 ? middle!.length : 0, last!.length],
      separator: separator!.trim() || ' ',
    };
  }
  const compact = COMPACT.exec(trimmed);
  if (compact && TIME.test(compact[2]!)) {
    const digits = compact[1]!;
    const year = Number(digits.slice(0, 4));
    if (year >= 1900 && year <= 2199 && civilDay(year, Number(digits.slice(4, 6)), Number(digits.slice(6))) !== null)
      return { numbers: [year, Number(digits.slice(4, 6)), Number(digits.slice(6))], widths: [4, 2, 2], separator: '' };
    return {
      numbers: [Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4))],
      widths: [2, 2, 4],
      separator: '',
    };
  }
  const monthFirst = MONTH_FIRST.exec(trimmed);
  if (monthFirst && TIME.test(monthFirst[4]!)) {
    const month = monthNamed(monthFirst[1]!);
    if (month !== 0)
      return {
        numbers: [Number(monthFirst[2]), month, Number(monthFirst[3])],
        widths: [monthFirst[2]!.length, 0, 4],
        separator: ' ',
      };
  }
  return null;
};

/** The day that the parts of a date mean in an order; null where that order has no such day. */
export const dayInOrder = (parts: DateParts, order: DateOrder): CivilDay | null => {
  const [a, b, c] = parts.numbers;
  const [wa, wb, wc] = parts.widths;
  // A month's name settles its own place; beside it the day comes first unless the year is written with four digits.
  if (wb === 0) return wa === 4 ? yearMonthDay(a, wa, b, c, wc) : yearMonthDay(c, wc, b, a, wa);
  if (order === 'ymd') return yearMonthDay(a, wa, b, c, wc);
  return order === 'dmy' ? yearMonthDay(c, wc, b, a, wa) : yearMonthDay(c, wc, a, b, wb);
};

const yearMonthDay = (
  year: number,
  yearDigits: number,
  month: number,
  day: number,
  dayDigits: number,
): CivilDay | null =>
  (yearDigits === 4 || yearDigits === 2) && dayDigits <= 2 ? civilDay(fullYear(year, yearDigits), month, day) : null;

const SERIAL = /^(\d{1,6})(?:[.,]\d+)?$/;
/** Serial numbers that are days of 1970 to 2100 in the system of 1900. */
const FIRST_LIKELY_SERIAL = 25_569;
const LAST_LIKELY_SERIAL = 73_415;
/** The system of 1900 counts a 29 February 1900, number 60, that no calendar has. */
const NO_SUCH_DAY = 60;
const DAYS_1900_TO_1970 = 25_569;
const DAYS_1904_TO_1970 = 24_107;

/** True for a number that could be a spreadsheet's number of a day between 1970 and 2100. */
export const looksLikeSerial = (text: string): boolean => {
  const serial = SERIAL.exec(text.trim());
  return serial !== null && Number(serial[1]) >= FIRST_LIKELY_SERIAL && Number(serial[1]) <= LAST_LIKELY_SERIAL;
};

const serialDay = (text: string, epoch: SerialEpoch): CivilDay | null => {
  const serial = SERIAL.exec(text.trim());
  if (serial === null) return null;
  const number = Number(serial[1]);
  if (epoch === 'excel1904') return number - DAYS_1904_TO_1970;
  if (number === 0 || number === NO_SUCH_DAY) return null;
  return number - DAYS_1900_TO_1970 + (number < NO_SUCH_DAY ? 1 : 0);
};

/** Text to a day as its column is read; null when the text is no such date or the calendar has no such day. */
export const parseDate = (text: string, reading: DateReading): CivilDay | null => {
  if (reading === 'excel1900' || reading === 'excel1904') return serialDay(text, reading);
  const parts = dateParts(text);
  return parts === null ? null : dayInOrder(parts, reading);
};
