import { civilParts, isoDate, parseIsoDate } from '../../../../kernel/civil-date.ts';
import type { CoverageBreak } from './breaks.ts';
import { breaksOf } from './breaks.ts';
import type { CoveredStatement, Period } from './coverage-input.ts';
import { accountKey } from './coverage-input.ts';
import { inDayOrder, periodOf } from './periods.ts';

export type CoverageState = 'present' | 'balanced' | 'discrepant' | 'overlapping' | 'partial' | 'missing';

export interface CoverageCell {
  readonly state: CoverageState;
  readonly transactions: number;
  /** Indexes of the sources that cover days of the month, ascending. */
  readonly sources: readonly number[];
  readonly reason: string;
}

export interface AccountCoverage {
  readonly account: string | null;
  readonly currency: string | null;
  readonly institution: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** One a month of the grid; null outside the account's own days. */
  readonly cells: readonly CoverageCell[];
  readonly breaks: readonly CoverageBreak[];
}

export interface CoverageGrid {
  /** YYYY-MM, without a gap. */
  readonly months: readonly string[];
  readonly accounts: readonly AccountCoverage[];
}

/** Accounts by month, from what statements state and transactions show. Method: docs/specs/coverage.md. */
export const coverageGrid = (statements: readonly CoveredStatement[]): CoverageGrid => {
  const accounts = new Map<string, Period[]>();
  const described = new Map<string, CoveredStatement>();
  for (const statement of statements) {
    const key = accountKey(statement);
    const period = periodOf(statement);
    described.set(key, described.get(key) ?? statement);
    const list = accounts.get(key) ?? [];
    if (period !== null) list.push(period);
    accounts.set(key, list);
  }
  const all = [...accounts.values()].flat();
  const months =
    all.length === 0
      ? []
      : monthsBetween(
          all.reduce((first, period) => Math.min(first, period.from), Number.POSITIVE_INFINITY),
          all.reduce((last, period) => Math.max(last, period.to), Number.NEGATIVE_INFINITY),
        );
  return {
    months,
    accounts: [...accounts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, list]) => {
        const periods = inDayOrder(list);
        const { account, currency, institution } = described.get(key)!;
        const breaks = breaksOf(periods);
        const from = periods.length === 0 ? null : periods[0]!.from;
        const to = periods.length === 0 ? null : periods.reduce((last, period) => Math.max(last, period.to), from!);
        return {
          account,
          currency,
          institution,
          from: from === null ? null : isoDate(from),
          to: to === null ? null : isoDate(to),
          cells: cellsOf(months, periods, breaks, from, to),
          breaks,
        };
      }),
  };
};

const monthOf = (day: number): string => (isoDate(day) ?? '').slice(0, 7);

/** Months from one day to another, both included: counted as numbers, for texts of years before 1000 do not add up. */
const monthsBetween = (from: number, to: number): string[] => {
  const [first, last] = [civilParts(from), civilParts(to)];
  const count = (last.year - first.year) * 12 + last.month - first.month + 1;
  return Array.from({ length: count }, (_, i) => {
    const month = first.month - 1 + i;
    const year = first.year + Math.floor(month / 12);
    return `${String(year).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
};

/** What of an account concerns one month. */
interface AccountMonth {
  readonly covering: Period[];
  transactions: number;
  /** The first break of each kind that touches it. */
  readonly breaks: Map<CoverageBreak['kind'], CoverageBreak>;
}

/** Cells of an account: periods and breaks are laid into their months once, however many statements and months there are. */
const cellsOf = (
  months: readonly string[],
  periods: readonly Period[],
  breaks: readonly CoverageBreak[],
  from: number | null,
  to: number | null,
): CoverageCell[] => {
  const byMonth = new Map<string, AccountMonth>();
  const at = (month: string): AccountMonth => {
    const known = byMonth.get(month);
    if (known !== undefined) return known;
    const made: AccountMonth = { covering: [], transactions: 0, breaks: new Map() };
    byMonth.set(month, made);
    return made;
  };
  for (const period of periods) {
    for (const month of monthsBetween(period.from, period.to)) at(month).covering.push(period);
    for (const [month, count] of period.statement.months) at(month).transactions += count;
  }
  for (const found of breaks)
    for (const month of monthsBetween(parseIsoDate(found.from)!, parseIsoDate(found.to)!)) {
      const touching = at(month).breaks;
      if (!touching.has(found.kind)) touching.set(found.kind, found);
    }
  const outside: AccountMonth = { covering: [], transactions: 0, breaks: new Map() };
  return months.map(month => cellOf(month, byMonth.get(month) ?? outside, from, to));
};

const cellOf = (month: string, of: AccountMonth, from: number | null, to: number | null): CoverageCell => {
  const { covering, transactions } = of;
  const sources = [...new Set(covering.map(({ statement }) => statement.source))].sort((a, b) => a - b);
  const cell = (state: CoverageState, reason: string): CoverageCell => ({ state, transactions, sources, reason });
  const touching = (kind: CoverageBreak['kind']): CoverageBreak | undefined => of.breaks.get(kind);
  if (covering.length === 0)
    return cell(
      'missing',
      from === null || to === null || month < monthOf(from) || month > monthOf(to)
        ? 'outside the account’s files'
        : 'no file covers a day of this month',
    );
  const wrong = covering.find(({ statement }) => statement.balanced === false);
  if (wrong !== undefined)
    return cell(
      'discrepant',
      `opening ${wrong.statement.opening} and the transactions do not give closing ${wrong.statement.closing}`,
    );
  const balance = touching('balance');
  if (balance !== undefined) return cell('discrepant', balance.message);
  const overlap = touching('overlap');
  if (overlap !== undefined) return cell('overlapping', overlap.message);
  const gap = touching('gap');
  if (gap !== undefined) return cell('partial', `${gap.message} (${gap.from} to ${gap.to})`);
  if (covering.every(({ statement }) => statement.balanced === true))
    return cell('balanced', 'opening balance, transactions and closing balance agree');
  return transactions > 0
    ? cell('present', 'transactions are there; no balances are stated to prove them complete')
    : cell(
        'present',
        'a file spans this month and has no transaction in it; no balances are stated to prove that none is missing',
      );
};
