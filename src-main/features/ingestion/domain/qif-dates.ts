import type { CivilDay } from '../../../kernel/civil-date.ts';
import { DATE_ORDERS, type DateOrder, dateParts, dayInOrder } from './csv-date.ts';
import { FileRefused } from './statement-sink.ts';

/**
 * A QIF date as ordinary text. Quicken pads numbers with blanks (`1/ 5/04`) and marks years from 2000 on with an
 * apostrophe (`6/21'01`, `6/21' 1`); other programs write full years after it.
 */
const plainDate = (text: string): string => {
  const trimmed = text.trim().replace(/\s*([-/.'])\s*/g, '$1');
  const marked = /^(.*\d)'(\d{1,4})$/.exec(trimmed);
  if (marked === null) return trimmed;
  const [, start, year] = marked as unknown as [string, string, string];
  return `${start}/${year.padStart(2, '0')}`.replace(/[-.]/g, '/');
};

/** Reads the dates of one file; each different text is taken apart once. */
export class QifDates {
  private readonly parts = new Map<string, ReturnType<typeof dateParts>>();

  /** A date to a day in an order; null where it is no date, or none of the calendar. */
  day(text: string, order: DateOrder): CivilDay | null {
    let parts = this.parts.get(text);
    if (parts === undefined) {
      parts = dateParts(plainDate(text));
      this.parts.set(text, parts);
    }
    return parts === null ? null : dayInOrder(parts, order);
  }
}

/** How dates of the file are read, and why. */
interface SettledDates {
  readonly order: DateOrder;
  readonly reason: string;
}

/** Below this number of different dates their sequence says nothing. */
const MIN_STEPS = 3;

const isSorted = (days: readonly (CivilDay | null)[]): boolean => {
  let rises = 0;
  let falls = 0;
  let before: CivilDay | null = null;
  for (const day of days) {
    if (day !== null && before !== null && day > before) rises++;
    if (day !== null && before !== null && day < before) falls++;
    before = day ?? before;
  }
  return rises + falls >= MIN_STEPS && Math.min(rises, falls) === 0;
};

/**
 * Settles the order of day, month and year over all dates of a file: the order that reads most of them; among equals,
 * any where they read the same days, the only one in which the records are sorted, or day first where dates have
 * points. Throws FileRefused `dialect.ambiguous` where the file does not say.
 */
export const settleDates = (texts: readonly string[], stated: DateOrder | null, dates: QifDates): SettledDates => {
  if (stated !== null) return { order: stated, reason: 'stated' };
  if (texts.length === 0) return { order: 'mdy', reason: 'no dates to read' };
  const readings = DATE_ORDERS.map(order => {
    const days = texts.map(text => dates.day(text, order));
    return { order, days, count: days.filter(day => day !== null).length };
  });
  const most = Math.max(...readings.map(each => each.count));
  if (most === 0) return { order: 'mdy', reason: 'no order reads any of the dates' };
  const best = readings.filter(each => each.count === most);
  // A year of two digits never comes first where another order reads the same dates.
  const possible = best.length > 1 ? best.filter(each => each.order !== 'ymd') : best;
  const [first, ...others] = possible as [(typeof readings)[number], ...typeof readings];
  if (others.length === 0)
    return { order: first.order, reason: `reads ${most} of ${texts.length} dates, more than any other` };
  if (others.every(other => other.days.every((day, i) => day === first.days[i])))
    return { order: first.order, reason: 'every order reads the same days' };
  const sorted = possible.filter(each => isSorted(each.days));
  if (sorted.length === 1)
    return { order: sorted[0]!.order, reason: 'only in this order are the records sorted by date' };
  if (texts.every(text => text.includes('.')))
    return { order: 'dmy', reason: 'dates with points are written day first' };
  throw new FileRefused(
    'dialect.ambiguous',
    `The dates can be read day first or month first (such as ${texts[0]!.trim()}), and nothing in the file says which. State it: --set dateOrder=dmy or --set dateOrder=mdy.`,
    null,
    { dateOrder: possible.map(each => each.order) },
  );
};
