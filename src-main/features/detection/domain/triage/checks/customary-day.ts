import { civilParts, UNKNOWN_DAY } from '../../../../../kernel/civil-date.ts';
import { countOf } from '../../figures.ts';
import type { TransactionTable } from '../../transaction-table.ts';
import type { CheckResult, ExculpatoryCheck, Reader } from './exculpatory-check.ts';
import { dayText, outcomeOf, reader, rowSet, said } from './exculpatory-check.ts';

/** Other months in which an account moved that make a habit, at least, and the share of them that must show it. */
const LEAST_MONTHS = 3;
const HABIT_SHARE = 0.5;
const DAYS_OF_WEEK = 7;
const HOUR_MINUTES = 60;

interface Month {
  /** Rows by day of the month. */
  readonly byDate: Map<number, number>;
  /** The most rows on one day, by day of the week. */
  readonly byWeekday: Map<number, number>;
  readonly hours: Set<number>;
}
interface Day {
  readonly rows: number[];
}
interface Account {
  readonly months: Map<number, Month>;
  readonly days: Map<number, Day>;
}

const monthOf = (day: number): number => {
  const { year, month } = civilParts(day);
  return year * 12 + month;
};
const weekdayOf = (day: number): number => ((day % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK;
const hourOf = (table: TransactionTable, row: number): number => {
  const minute = table.minute?.[row] ?? -1;
  return minute < 0 ? -1 : Math.floor(minute / HOUR_MINUTES);
};

/** The days on which the accounts of these rows moved, and how often. */
const accountsOf = (table: TransactionTable, read: Reader, rows: readonly number[]): Map<number, Account> => {
  const accounts = new Map(
    rows.map((row): [number, Account] => [
      read.account(row),
      { months: new Map<number, Month>(), days: new Map<number, Day>() },
    ]),
  );
  for (let row = 0; row < table.rowCount; row++) {
    const day = read.day(row);
    const account = day === UNKNOWN_DAY ? undefined : accounts.get(read.account(row));
    if (account === undefined) continue;
    const own = account.days.get(day);
    if (own === undefined) account.days.set(day, { rows: [row] });
    else own.rows.push(row);
  }
  for (const { months, days } of accounts.values())
    for (const [day, { rows: own }] of days) {
      const at = monthOf(day);
      const month: Month = months.get(at) ?? { byDate: new Map(), byWeekday: new Map(), hours: new Set() };
      months.set(at, month);
      month.byDate.set(civilParts(day).day, own.length);
      const weekday = weekdayOf(day);
      month.byWeekday.set(weekday, Math.max(own.length, month.byWeekday.get(weekday) ?? 0));
      for (const row of own) month.hours.add(hourOf(table, row));
    }
  return accounts;
};

/** Whether another month has a day like this one: as busy by half at least, on that weekday or next to that date, in that hour. */
const isAlike = (month: Month, day: number, busy: number, hour: number): boolean => {
  const date = civilParts(day).day;
  const enough = (count: number | undefined): boolean => (count ?? 0) * 2 >= busy;
  const sameDay =
    enough(month.byWeekday.get(weekdayOf(day))) || [date - 1, date, date + 1].some(at => enough(month.byDate.get(at)));
  return sameDay && (hour < 0 || [hour - 1, hour, hour + 1].some(at => month.hours.has((at + 24) % 24)));
};

const run = (table: TransactionTable, rows: Uint32Array): CheckResult => {
  const read = reader(table);
  const dated = [...rows].filter(row => read.day(row) !== UNKNOWN_DAY);
  const accounts = accountsOf(table, read, dated);
  const own = new Map<string, number>();
  const keyOf = (row: number): string => `${read.account(row)} ${read.day(row)}`;
  for (const row of dated) own.set(keyOf(row), (own.get(keyOf(row)) ?? 0) + 1);
  const usual: number[] = [];
  let tested = 0;
  let example = '';
  const judged = new Map<string, boolean | null>();
  for (const row of dated) {
    const hour = hourOf(table, row);
    const key = `${keyOf(row)} ${hour}`;
    let verdict = judged.get(key);
    if (verdict === undefined) {
      const day = read.day(row);
      const others = [...accounts.get(read.account(row))!.months].filter(([month]) => month !== monthOf(day));
      const alike = others.filter(([, month]) => isAlike(month, day, own.get(keyOf(row))!, hour)).length;
      verdict = others.length < LEAST_MONTHS ? null : alike >= others.length * HABIT_SHARE;
      judged.set(key, verdict);
      if (example === '' && verdict !== null)
        example = ` For ${dayText(day)}: ${alike} of ${others.length} other months have such a day.`;
    }
    if (verdict !== null) tested += 1;
    if (verdict === true) usual.push(row);
  }
  return {
    outcome: outcomeOf(usual.length, tested, rows.length),
    words: said(
      `${countOf(usual.length, 'row')} of ${tested} ${usual.length === 1 ? 'falls' : 'fall'} on a day that is usual on its account: that weekday or day of the month, as busy by half at least${table.minute === null ? '' : ', and that hour'}, in half of the other months.${example}`,
      tested,
      rows.length,
      `the date is unknown or the account moved in fewer than ${LEAST_MONTHS} other months`,
    ),
    rows: rowSet(usual.length > 0 ? usual : dated),
  };
};

export const customaryDay: ExculpatoryCheck = {
  id: 'customary-day',
  version: '1.0.0',
  question: 'Is that weekday, hour or day of the month usual on this account?',
  run,
};
