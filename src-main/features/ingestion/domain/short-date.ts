import { type CivilDay, civilDay } from '../../../kernel/civil-date.ts';

/** The year of two digits as POSIX reads `%y`, moved by one: 70–99 are 1970–1999, 00–69 are 2000–2069. */
const fullYear = (year: number): number => (year >= 70 ? 1900 + year : 2000 + year);

const dayOf = (text: string, year: number, month: number, day: number): CivilDay | null => {
  if (!/^\d{6}$/.test(text)) return null;
  const part = (at: number): number => Number(text.slice(at, at + 2));
  return civilDay(fullYear(part(year)), part(month), part(day));
};

/** The day of a DDMMYY field; null when the calendar has no such day. */
export const dayOfDdmmyy = (text: string): CivilDay | null => dayOf(text, 4, 2, 0);

/** The day of a YYMMDD field; null when the calendar has no such day. */
export const dayOfYymmdd = (text: string): CivilDay | null => dayOf(text, 0, 2, 4);
