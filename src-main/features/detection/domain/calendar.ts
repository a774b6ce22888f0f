import { type CivilDay, civilDay, civilParts, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { ParameterSpec, Parameters } from './forensic-test.ts';
import { FIRST_HOLIDAY_YEAR, HOLIDAY_WORDS, LAST_HOLIDAY_YEAR } from './holiday-table.generated.ts';
import { textParameter } from './parameters.ts';

/** What a day is for business. */
export const OPEN_DAY = 0;
export const WEEKEND_DAY = 1;
export const HOLIDAY_DAY = 2;

/** The case's calendar, as every test that knows business days declares it. */
export const CALENDAR_PARAMETERS: readonly ParameterSpec[] = [
  {
    name: 'country',
    kind: 'country',
    default: '',
    meaning: 'country whose national holidays count (ISO 3166 alpha-2, such as US); empty: no holidays',
  },
  {
    name: 'weekend',
    kind: 'choice',
    default: 'saturday-sunday',
    choices: ['saturday-sunday', 'friday-saturday', 'sunday', 'none'],
    meaning: 'days of the week on which there is no business',
  },
];

/** 0 is Sunday. */
const WEEKENDS: Readonly<Record<string, readonly number[]>> = {
  'saturday-sunday': [6, 0],
  'friday-saturday': [5, 6],
  sunday: [0],
  none: [],
};

const WEEKDAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** Day of the week of a civil day, 0 (Sunday) to 6: 1970-01-01 was a Thursday. */
export const weekday = (day: CivilDay): number => (((day + 4) % 7) + 7) % 7;

/** English name of the day of the week. */
export const weekdayName = (day: CivilDay): string => WEEKDAY_NAMES[weekday(day)]!;

/** The first and the last known day; null where none is known. */
export const knownDays = (days: Int32Array): { readonly first: CivilDay; readonly last: CivilDay } | null => {
  let first = Infinity;
  let last = -Infinity;
  for (let row = 0; row < days.length; row++) {
    const day = days[row]!;
    if (day === UNKNOWN_DAY) continue;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return first > last ? null : { first, last };
};

/** Business days of a country. National holidays only, from 1990 to 2050 (date-holidays; see docs/specs/weekend-holiday.md). */
export interface BusinessCalendar {
  /** OPEN_DAY, WEEKEND_DAY or HOLIDAY_DAY for each day from `first` to `last`; a holiday at a weekend is a weekend day. */
  kinds(first: CivilDay, last: CivilDay): Uint8Array;
  /** What it does not know about these days, in plain words. */
  limits(first: CivilDay, last: CivilDay): string[];
}

const markHolidays = (kinds: Uint8Array, first: CivilDay, words: readonly string[]): void => {
  const last = first + kinds.length - 1;
  const from = Math.max(civilParts(first).year, FIRST_HOLIDAY_YEAR);
  const to = Math.min(civilParts(last).year, LAST_HOLIDAY_YEAR);
  for (let year = from; year <= to; year++) {
    const word = words[year - FIRST_HOLIDAY_YEAR] ?? '';
    const newYear = civilDay(year, 1, 1)! - first;
    for (let at = 0; at < word.length; at += 2) {
      const index = newYear + Number.parseInt(word.slice(at, at + 2), 36);
      if (kinds[index] === OPEN_DAY) kinds[index] = HOLIDAY_DAY;
    }
  }
};

/** The calendar that the parameters `country` and `weekend` describe. */
export const businessCalendar = (parameters: Parameters): BusinessCalendar => {
  const country = textParameter(parameters, 'country').toUpperCase();
  const words = Object.hasOwn(HOLIDAY_WORDS, country) ? HOLIDAY_WORDS[country]!.split(' ') : null;
  const closed = new Set(WEEKENDS[textParameter(parameters, 'weekend')] ?? []);
  return {
    kinds(first, last) {
      const kinds = new Uint8Array(last - first + 1);
      for (let i = 0, day = weekday(first); i < kinds.length; i++, day = day === 6 ? 0 : day + 1)
        if (closed.has(day)) kinds[i] = WEEKEND_DAY;
      if (words !== null) markHolidays(kinds, first, words);
      return kinds;
    },
    limits(first, last) {
      if (country === '') return ['No country is given (parameter country): holidays were taken as business days.'];
      if (words === null)
        return [`No holidays are known for the country "${country}": they were taken as business days.`];
      const unknown = civilParts(first).year < FIRST_HOLIDAY_YEAR || civilParts(last).year > LAST_HOLIDAY_YEAR;
      return [
        `Holidays are those of ${country} as a whole; regional and local ones are not known.`,
        ...(unknown
          ? [`Holidays before ${FIRST_HOLIDAY_YEAR} and after ${LAST_HOLIDAY_YEAR} are not known and were not counted.`]
          : []),
      ];
    },
  };
};

/** Days after the last one in which the next business day is looked for: no country closes longer. */
const LONGEST_CLOSURE = 31;

/**
 * For each day from `first` to `last` + 1 the first business day that is not before it (element i belongs to first + i). A
 * day with no business day within a month stands for itself.
 */
export const nextBusinessDays = (calendar: BusinessCalendar, first: CivilDay, last: CivilDay): Int32Array => {
  const kinds = calendar.kinds(first, last + 1 + LONGEST_CLOSURE);
  const next = new Int32Array(last - first + 2);
  let open: CivilDay | null = null;
  for (let i = kinds.length - 1; i >= 0; i--) {
    if (kinds[i] === OPEN_DAY) open = first + i;
    if (i < next.length) next[i] = open === null || open - (first + i) > LONGEST_CLOSURE ? first + i : open;
  }
  return next;
};
