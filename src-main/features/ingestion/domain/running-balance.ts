import type { CivilDay } from '../../../kernel/civil-date.ts';
import { powerOfTen } from '../../../kernel/decimal.ts';
import type { StatementBalances } from './statement-sink.ts';

/**
 * Follows a running-balance column through a file, in file order (oldest first) and in reverse (newest first) at once.
 * Rows may leave the balance empty. Opening and closing balances are given only when every stated balance agrees with
 * the amounts between them, so a missing or unreadable row leaves them unknown.
 */
export class RunningBalance {
  private scale = 2;
  private stated = 0;
  private first = 0;
  private last = 0;
  /** Sum of amounts up to and including the row of the first balance. */
  private beforeFirst = 0;
  /** Amount of the row of the first balance. */
  private firstAmount = 0;
  /** Sum of amounts after the row of the last balance, and the amount of that row. */
  private afterLast = 0;
  private lastAmount = 0;
  private forward = true;
  private reverse = true;
  private firstRowDay: CivilDay = 0;
  private lastRowDay: CivilDay = 0;
  private rows = 0;

  /** `balance` NaN: the row states none. Both in units of `scale`. */
  add(amount: number, balance: number, scale: number, day: CivilDay): void {
    if (scale !== this.scale) this.refine(scale);
    if (this.rows++ === 0) this.firstRowDay = day;
    this.lastRowDay = day;
    if (Number.isNaN(balance)) {
      if (this.stated === 0) this.beforeFirst += amount;
      else this.afterLast += amount;
      return;
    }
    if (this.stated === 0) {
      this.first = balance;
      this.firstAmount = amount;
      this.beforeFirst += amount;
    } else {
      if (balance !== this.last + this.afterLast + amount) this.forward = false;
      if (balance !== this.last - this.lastAmount - this.afterLast) this.reverse = false;
    }
    this.stated++;
    this.last = balance;
    this.lastAmount = amount;
    this.afterLast = 0;
  }

  /** A row between the others could not be read: what stands before and after it no longer proves anything. */
  breakOff(): void {
    this.forward = false;
    this.reverse = false;
  }

  /** The balances before the earliest and after the latest transaction; null where the column does not prove them. */
  balances(): StatementBalances {
    if (this.stated === 0) return { opening: null, closing: null };
    if (this.forward)
      return this.result(this.first - this.beforeFirst, this.firstRowDay, this.last + this.afterLast, this.lastRowDay);
    if (this.reverse)
      return this.result(
        this.last - this.lastAmount - this.afterLast,
        this.lastRowDay,
        this.first + this.beforeFirst - this.firstAmount,
        this.firstRowDay,
      );
    return { opening: null, closing: null };
  }

  private result(opening: number, openingDay: CivilDay, closing: number, closingDay: CivilDay): StatementBalances {
    if (!Number.isSafeInteger(opening) || !Number.isSafeInteger(closing)) return { opening: null, closing: null };
    return {
      opening: { amount: { units: opening, scale: this.scale }, date: openingDay },
      closing: { amount: { units: closing, scale: this.scale }, date: closingDay },
    };
  }

  private refine(scale: number): void {
    const factor = powerOfTen(scale - this.scale);
    this.first *= factor;
    this.last *= factor;
    this.beforeFirst *= factor;
    this.firstAmount *= factor;
    this.afterLast *= factor;
    this.lastAmount *= factor;
    this.scale = scale;
  }
}
