/**
 * A civil (calendar) day as an integer: days since 1970-01-01 in the proleptic Gregorian calendar.
 * No time zone, no clock. Method: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
export type CivilDay = number;

/** Marks a day that is not known. It is a value of its own: never 0, never today. */
export const UNKNOWN_DAY: CivilDay = -0x80000000;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);

/** Year (1–9999), month (1–12) and day (1–31) to a CivilDay; null when the calendar has no such day (2024-02-30). */
export const civilDay = (year: number, month: number, day: number): CivilDay | null => {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)))
    return null;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
};

/** A CivilDay to its year, month and day of the month. */
export const civilParts = (civil: CivilDay): { year: number; month: number; day: number } => {
  const z = civil + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp + (mp < 10 ? 3 : -9);
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 };
};

/** ISO 8601 text (YYYY-MM-DD) of a day; null for UNKNOWN_DAY. */
export const isoDate = (civil: CivilDay): string | null => {
  if (civil === UNKNOWN_DAY) return null;
  const { year, month, day } = civilParts(civil);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

/** YYYY-MM-DD (exactly) to a CivilDay; null for anything else, impossible days included. */
export const parseIsoDate = (text: string): CivilDay | null => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match ? civilDay(Number(match[1]), Number(match[2]), Number(match[3])) : null;
};
