import { civilDay, isoDate, parseIsoDate } from '../../../../kernel/civil-date.ts';
import type { CoverageGrid } from './coverage-grid.ts';

/** Days without a file between two statements of an account, and what they could hold. Days are ISO texts. */
export interface MissingDays {
  /** Index of the account in the grid. */
  readonly line: number;
  readonly account: string | null;
  readonly currency: string | null;
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** Opening balance after less closing balance before; null where one is not stated. */
  readonly difference: string | null;
  /** Transactions in as many days of the account's median month; null where it has no whole month. */
  readonly expectedTransactions: number | null;
  /** The days around: findings there would be the first to change. */
  readonly windowFrom: string;
  readonly windowTo: string;
}

/** Days before and after that are looked at: about a month, the distance of the near-duplicate and flow tests' windows. */
const AROUND = 30;

const daysOfMonth = (month: string): number => {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  const next = number === 12 ? civilDay(year + 1, 1, 1) : civilDay(year, number + 1, 1);
  return next! - civilDay(year, number, 1)!;
};

const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

/** Every gap between statements of a grid. A month counts towards the median only where a file covers all of it. */
export const missingStatements = ({ months, accounts }: CoverageGrid): MissingDays[] =>
  accounts.flatMap(({ account, currency, cells, breaks }, line) => {
    const whole = cells.flatMap(({ state, transactions }, at) =>
      state === 'balanced' || state === 'present' ? [transactions / daysOfMonth(months[at]!)] : [],
    );
    const aDay = median(whole);
    return breaks
      .filter(({ kind }) => kind === 'gap')
      .map(({ from, to, difference }): MissingDays => {
        const [first, last] = [parseIsoDate(from)!, parseIsoDate(to)!];
        const days = last - first + 1;
        return {
          line,
          account,
          currency,
          from,
          to,
          days,
          difference,
          expectedTransactions: aDay === null ? null : Math.round(aDay * days),
          windowFrom: isoDate(first - AROUND)!,
          windowTo: isoDate(last + AROUND)!,
        };
      });
  });
