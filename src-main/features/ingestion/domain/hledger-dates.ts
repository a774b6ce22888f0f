import { type CivilDay, civilDay } from '../../../kernel/civil-date.ts';

/** How dates that do not begin with a year of four digits are written. */
export type JournalDateOrder = 'ymd' | 'dmy' | 'mdy';

/** A date as written, with the year in force (`Y` directive) where it states none. */
export interface WrittenDate {
  readonly text: string;
  readonly defaultYear: number | null;
}

/** A simple date: year, month and day between `-`, `/` or `.`; the year may be missing or have two digits. */
export const DATE = /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}(?:[-/.](?:\d{4}|\d{2}))?/y;

const partsOf = (text: string): readonly number[] => text.split(/[-/.]/).map(Number);
const isYearFirst = (text: string): boolean => /^\d{4}/.test(text);
const isYearLast = (text: string): boolean => /^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$/.test(text);
/** POSIX strptime %y: 69–99 are of the 20th century. */
const fullYear = (year: number): number => (year < 100 ? year + (year < 69 ? 2000 : 1900) : year);

/** Reads the dates of a journal. Dates with the year in front need nothing; others need the file's order. */
export class JournalDates {
  private readonly possible = {
    four: new Set<JournalDateOrder>(['dmy', 'mdy']),
    two: new Set<JournalDateOrder>(['ymd', 'dmy', 'mdy']),
  };
  private readonly answer: JournalDateOrder | null;
  private firstRow: { four: number | null; two: number | null } = { four: null, two: null };

  constructor(answer: JournalDateOrder | null) {
    this.answer = answer;
  }

  /** Takes note of a date, so that its parts can settle the order. */
  observe(text: string, row: number): void {
    if (isYearFirst(text)) return;
    const parts = partsOf(text);
    if (parts.length < 3) return;
    const kind = isYearLast(text) ? 'four' : 'two';
    this.firstRow[kind] ??= row;
    for (const order of [...this.possible[kind]]) if (ordered(parts, order) === null) this.possible[kind].delete(order);
  }

  /** What the examiner must be asked: the orders left and where; null where every date has one reading. */
  question(): { readonly row: number; readonly orders: JournalDateOrder[] } | null {
    if (this.answer !== null) return null;
    for (const kind of ['four', 'two'] as const) {
      const row = this.firstRow[kind];
      if (row !== null && this.possible[kind].size > 1) return { row, orders: [...this.possible[kind]] };
    }
    return null;
  }

  /** Whether some year has two digits. */
  get hasShortYears(): boolean {
    return this.firstRow.two !== null;
  }

  /** The day, or the reason why the text is none. `base` gives the year to a secondary date without one. */
  day({ text, defaultYear }: WrittenDate, base: number | null = null): CivilDay | string {
    const parts = partsOf(text);
    if (parts.length === 2) {
      const year = base ?? defaultYear;
      if (year === null) return `the date "${text}" has no year, and no Y directive gives one`;
      return civilDay(year, parts[0]!, parts[1]!) ?? noDay(text);
    }
    if (isYearFirst(text)) return civilDay(parts[0]!, parts[1]!, parts[2]!) ?? noDay(text);
    const order = this.answer ?? [...this.possible[isYearLast(text) ? 'four' : 'two']][0];
    return (order === undefined ? null : ordered(parts, order)) ?? noDay(text);
  }
}

const noDay = (text: string): string => `the date "${text}" is not a day of the calendar`;

const ordered = (parts: readonly number[], order: JournalDateOrder): CivilDay | null => {
  const [a = 0, b = 0, c = 0] = parts;
  if (order === 'ymd') return civilDay(fullYear(a), b, c);
  return order === 'dmy' ? civilDay(fullYear(c), b, a) : civilDay(fullYear(c), a, b);
};
