import { type CivilDay, civilParts } from '../../../kernel/civil-date.ts';
import { type DateOrder, dateParts, dayInOrder } from './csv-date.ts';
import { monthNamed } from './csv-month-names.ts';
import type { PdfWord } from './pdf-lines.ts';

/** A date as text, complete or without its year. */
export interface PdfDate {
  /** As `csv-date` reads it; without a year: day and month in the order written, or day and month's name. */
  readonly text: string;
  readonly hasYear: boolean;
  /** Words it is made of. */
  readonly words: number;
}

/** The days a statement covers; `from` null where only its end is stated. */
export interface StatementPeriod {
  readonly from: CivilDay | null;
  readonly to: CivilDay;
}

const LONGEST_WORDS = 6;
const LEAP_YEAR = 2024;
const NUMERIC_SHORT = /^(\d{1,2})([./-])(\d{1,2})\.?$/;
const DAY_MONTH = /^(\d{1,2})(?:\.?º|er|st|nd|rd|th|\.)?[\s./-]*(?:(?:de|of|di)\s*)?(\p{L}{3,12})\.?$/u;
const MONTH_DAY = /^(\p{L}{3,12})\.?[\s./-]*(\d{1,2})(?:st|nd|rd|th)?,?$/u;
const CLOSED_UP = /(\bde)(?=\p{Lu}|\d)/gu;

/** Names of the days of the week as statements shorten them, in en de fr es pt it nl. */
const WEEKDAY =
  /^(?:mon|tues?|wed|thur?s?|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mi[eé]|jue|vie|s[aá]b|dom|seg|ter|qua|qui|sex|gio|ma|wo|vr|za|zo)(?:day)?\.?,?$/i;

/** The text with blanks where sets of type lose them: `10 deDiciembre`, `10DEC25`. */
const spaced = (text: string): string =>
  text
    .replace(CLOSED_UP, '$1 ')
    .replace(/^(\d{1,2})(\p{L}{3,9})\.?(\d{2,4})$/u, '$1 $2 $3')
    .replace(/^(\p{L}{3,9}\.?) (\d{1,2}) ?, ?(\d{4})$/u, '$1 $2, $3')
    .replace(/^(\d{1,2})\.\s+(?=\p{L})/u, '$1 ')
    .replace(/(\d)(?:ST|ND|RD|TH)\b/g, '$1')
    .replace(/[,;:]$/, '');

const shortDate = (text: string): string | null => {
  const numeric = NUMERIC_SHORT.exec(text);
  if (numeric !== null) return `${numeric[1]}${numeric[2]}${numeric[3]}`;
  const dayFirst = DAY_MONTH.exec(text);
  if (dayFirst !== null && monthNamed(dayFirst[2]!) !== 0) return `${dayFirst[1]} ${dayFirst[2]}`;
  const monthFirst = MONTH_DAY.exec(text);
  return monthFirst !== null && monthNamed(monthFirst[1]!) !== 0 ? `${monthFirst[2]} ${monthFirst[1]}` : null;
};

/** A short date with a year put behind it. */
const completed = (text: string, year: number): string => {
  const numeric = NUMERIC_SHORT.exec(text);
  return numeric === null ? `${text} ${year}` : `${numeric[1]}${numeric[2]}${numeric[3]}${numeric[2]}${year}`;
};

const ORDERS: readonly DateOrder[] = ['dmy', 'mdy', 'ymd'];

const isDate = (text: string): boolean => {
  const parts = dateParts(text);
  if (parts === null || parts.separator === '') return false;
  // Two-digit years only behind a name or two numbers: `12 05 10` in a text is no date.
  if (parts.separator === ' ' && parts.widths[1] !== 0) return false;
  return ORDERS.some(order => dayInOrder(parts, order) !== null);
};

/**
 * The date that begins at words[at]: the longest that reads, complete before short; null where none does.
 * `yearsApart`: two digits that a blank sets apart (`10 Dec 24`) are a year; otherwise they begin the text.
 */
export const dateAt = (words: readonly PdfWord[], at: number, yearsApart = true): PdfDate | null => {
  const first = words[at]?.text;
  if (first === undefined || first.length > 24 || !/^\d{1,4}|^\p{L}{3,12}\.?$/u.test(first)) return null;
  if (!/^\d/.test(first) && monthNamed(first.replace(/\.$/, '')) === 0 && !WEEKDAY.test(first)) return null;
  let short: PdfDate | null = null;
  let text = '';
  for (let count = 1; count <= LONGEST_WORDS && at + count <= words.length; count++) {
    const word = words[at + count - 1]!;
    text = text === '' ? word.text : `${text} ${word.text}`;
    if (text.length > 32) break;
    const plain = spaced(text);
    if (isDate(plain)) {
      // `20 Dec 21 Dec …` are two dates, `10 Dec 15 MAIN ST` is a date and an address.
      const apart = short !== null && /^\d{2}$/.test(word.text) && / \d{2}$/.test(plain);
      const next = words[at + count]?.text.replace(/[.,]$/, '') ?? '';
      if (apart && (!yearsApart || monthNamed(next) !== 0)) return short;
      return { text: plain, hasYear: true, words: count };
    }
    if (short === null) {
      const found = shortDate(plain);
      if (found !== null && isDate(completed(found, LEAP_YEAR))) short = { text: found, hasYear: false, words: count };
    }
  }
  return short;
};

const SLACK_BEFORE = 70;
const SLACK_AFTER = 20;

/** The day a date means. Without a year: the one nearest the period, so that December of a Dec–Jan statement is the earlier year's. */
export const dayOf = (date: PdfDate, order: DateOrder, period: StatementPeriod | null): CivilDay | null => {
  if (date.hasYear) {
    const parts = dateParts(date.text);
    return parts === null ? null : dayInOrder(parts, parts.widths[0] === 4 ? 'ymd' : order);
  }
  if (period === null) return null;
  const { year } = civilParts(period.to);
  const from = period.from ?? period.to - 31;
  let best: CivilDay | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of [year - 1, year, year + 1]) {
    const parts = dateParts(completed(date.text, candidate));
    const day = parts === null ? null : dayInOrder(parts, order === 'ymd' ? 'mdy' : order);
    if (day === null) continue;
    const distance = day < from ? from - day : day > period.to ? day - period.to : 0;
    if (distance < bestDistance) {
      best = day;
      bestDistance = distance;
    }
  }
  return best;
};

/** True for a day that a statement of the period may list. */
export const isNear = (day: CivilDay, period: StatementPeriod): boolean =>
  day >= (period.from ?? period.to - 31) - SLACK_BEFORE && day <= period.to + SLACK_AFTER;

/** The text of a date to settle the order of day and month with. */
export const sampleText = (date: PdfDate): string => (date.hasYear ? date.text : completed(date.text, LEAP_YEAR));

/** Two digits behind a day and a month, set apart by a blank, where words[0] begins a date; null for other dates. */
export const yearApart = (words: readonly PdfWord[]): number | null => {
  const date = dateAt(words, 0);
  if (date === null) return null;
  const short = dateAt(words, 0, false);
  return short === null || short.hasYear || !date.hasYear ? null : Number(date.text.slice(-2));
};
