import { type CivilDay, civilDay, civilParts } from '../../../../kernel/civil-date.ts';

/** Calendar months as integers: year × 12 + month − 1. */
export type MonthNumber = number;

/** For each day from `first` to `last`: its month, and how many days of the month are left with it (the last day has 1). */
export interface MonthDays {
  readonly month: Int32Array;
  readonly daysLeft: Uint8Array;
}

export const firstDayOf = (month: MonthNumber): CivilDay =>
  civilDay(Math.floor(month / 12), (month % 12) + 1, 1) ?? Number.NaN;

export const monthText = (month: MonthNumber): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;

const monthLength = (month: MonthNumber): number => {
  const next = firstDayOf(month + 1);
  return Number.isNaN(next) ? 31 : next - firstDayOf(month);
};

/** The months of a span of days, one step a day and no calendar arithmetic within a month. */
export const monthDays = (first: CivilDay, last: CivilDay): MonthDays => {
  const length = last - first + 1;
  const month = new Int32Array(length);
  const daysLeft = new Uint8Array(length);
  const start = civilParts(first);
  let current = start.year * 12 + start.month - 1;
  let left = monthLength(current) - start.day + 1;
  for (let i = 0; i < length; i++) {
    month[i] = current;
    daysLeft[i] = left;
    left--;
    if (left === 0) left = monthLength(++current);
  }
  return { month, daysLeft };
};
