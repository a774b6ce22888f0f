import { isoDate } from '../../../../kernel/civil-date.ts';
import { formatUnits, parseDecimal, powerOfTen } from '../../../../kernel/decimal.ts';
import type { Period } from './coverage-input.ts';

/** Something that does not fit between two statements of an account. */
export interface CoverageBreak {
  readonly kind: 'gap' | 'overlap' | 'balance';
  /** First and last day it concerns, ISO. */
  readonly from: string;
  readonly to: string;
  /** Opening balance less the closing balance before it (zero where it carries over); null where one of them is not stated. */
  readonly difference: string | null;
  readonly message: string;
}

/** Where only transactions show what a file covers, so many days without one are nothing unusual. */
const QUIET_DAYS = 10;
/** Days at Easter (Friday to Monday): the longest usual row of bank holidays, over which there may be no statement. */
const BANK_HOLIDAYS = 4;

const iso = (day: number): string => isoDate(day) ?? '';

/** Breaks between consecutive periods of one account, which are given in day order. */
export const breaksOf = (periods: readonly Period[]): CoverageBreak[] => {
  let latest = periods[0];
  return periods.slice(1).flatMap((next): CoverageBreak[] => {
    const previous = latest!;
    if (next.to >= previous.to) latest = next;
    const found: CoverageBreak[] = [];
    const difference = balanceDifference(previous, next);
    const missing = next.from - previous.to - 1;
    if (missing > uncoveredDaysAllowed(previous, next, difference))
      found.push({
        kind: 'gap',
        from: iso(previous.to + 1),
        to: iso(next.from - 1),
        difference: difference?.text ?? null,
        message: `${missing} ${missing === 1 ? 'day is' : 'days are'} covered by no file${difference?.carriesOver === true ? '; in sum nothing moved, but what came in and went out meanwhile is in no file' : ''}`,
      });
    if (next.from <= previous.to && sharesDays(previous, next))
      found.push({
        kind: 'overlap',
        from: iso(next.from),
        to: iso(Math.min(next.to, previous.to)),
        difference: null,
        message: 'two statements cover the same days: their transactions may be there twice',
      });
    // Over days that no file covers a balance may move: the gap tells by how much, and neither statement is wrong.
    else if (found.length === 0 && difference?.carriesOver === false)
      found.push({
        kind: 'balance',
        from: iso(previous.to),
        to: iso(next.from),
        difference: difference.text,
        message: `the opening balance differs by ${difference.text} from the closing balance before it`,
      });
    return found;
  });
};

/** A closing day that is also the next opening day is no overlap; two statements that go on past it are. */
const sharesDays = (previous: Period, next: Period): boolean =>
  next.from < previous.to || (next.from === previous.to && !(previous.stated && next.stated));

/**
 * Days that no file covers, up to which nothing is said. A balance that moved over them leaves none between stated periods.
 * Over one that carries over they may be bank holidays; money that came in and went out again is not seen in it, so more are a gap.
 */
const uncoveredDaysAllowed = (previous: Period, next: Period, difference: BalanceDifference | null): number => {
  if (!previous.stated || !next.stated) return QUIET_DAYS;
  if (difference?.carriesOver !== true) return 0;
  return saysMoreThanRows(previous) && saysMoreThanRows(next) ? BANK_HOLIDAYS : QUIET_DAYS;
};

/** Balances dated by the first and the last row (a running balance, a statement of one day) tell no more of the days than the rows do. */
const saysMoreThanRows = ({ statement }: Period): boolean =>
  statement.openingDay !== statement.firstDay || statement.closingDay !== statement.lastDay;

interface BalanceDifference {
  /** Decimal text. */
  readonly text: string;
  readonly carriesOver: boolean;
}

/** Opening of the next less closing of the previous; null where one is not stated. */
const balanceDifference = (previous: Period, next: Period): BalanceDifference | null => {
  const closing = previous.statement.closing === null ? null : parseDecimal(previous.statement.closing);
  const opening = next.statement.opening === null ? null : parseDecimal(next.statement.opening);
  if (closing === null || opening === null) return null;
  const scale = Math.max(closing.scale, opening.scale);
  const units =
    BigInt(opening.units) * BigInt(powerOfTen(scale - opening.scale)) -
    BigInt(closing.units) * BigInt(powerOfTen(scale - closing.scale));
  return { text: formatUnits(units, scale), carriesOver: units === 0n };
};
