import { type BusinessCalendar, OPEN_DAY } from '../calendar.ts';
import { firstDayOf, type MonthNumber } from './month-days.ts';

/**
 * For each month from `first` to `last` the share of its business days that lie in its last `endDays` calendar days; the
 * share of the calendar days where a month has no business day.
 */
export const openShares = (
  calendar: BusinessCalendar,
  first: MonthNumber,
  last: MonthNumber,
  endDays: number,
): Float64Array => {
  const shares = new Float64Array(last - first + 1);
  for (let month = first; month <= last; month++) {
    const start = firstDayOf(month);
    const next = firstDayOf(month + 1);
    const end = (Number.isNaN(next) ? start + 31 : next) - 1;
    let open = 0;
    let openAtEnd = 0;
    const kinds = calendar.kinds(start, end);
    for (let i = 0; i < kinds.length; i++) {
      if (kinds[i] !== OPEN_DAY) continue;
      open++;
      if (kinds.length - i <= endDays) openAtEnd++;
    }
    shares[month - first] = open === 0 ? endDays / kinds.length : openAtEnd / open;
  }
  return shares;
};
