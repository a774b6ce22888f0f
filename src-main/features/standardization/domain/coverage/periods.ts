import { civilParts, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import type { CoveredStatement, Period } from './coverage-input.ts';

/**
 * The days a statement covers: from the day of its opening to the day of its closing balance where it states them, widened by
 * its transactions; else from its first to its last transaction. Null for a statement that says nothing of days.
 */
export const periodOf = (statement: CoveredStatement): Period | null => {
  const { openingDay, closingDay, firstDay, lastDay, opening, closing } = statement;
  const stated = opening !== null && closing !== null && openingDay !== UNKNOWN_DAY && closingDay !== UNKNOWN_DAY;
  const days = [firstDay, lastDay, ...(stated ? [openingDay, closingDay] : [])].filter(day => day !== UNKNOWN_DAY);
  if (days.length === 0) return null;
  const from = Math.min(...days);
  const to = Math.max(...days);
  // An opening balance of the last day of a month is the closing balance of the month before: that day is not covered.
  const dayBefore = stated && from === openingDay && from < to && civilParts(from + 1).day === 1;
  return { from: dayBefore ? from + 1 : from, to, stated, statement };
};

/** Periods in the order of their days; equal ones in the order of the sources. */
export const inDayOrder = (periods: readonly Period[]): Period[] =>
  [...periods].sort((a, b) => a.from - b.from || a.to - b.to || a.statement.source - b.statement.source);
