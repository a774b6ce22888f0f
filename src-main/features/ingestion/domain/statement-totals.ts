import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { UnitSum } from '../../../kernel/decimal.ts';
import type { StatementBalances, StatementHeader } from './statement-sink.ts';

/** What is known of one statement after its transactions were added. Sums are exact. */
export interface StatementTotals {
  readonly header: StatementHeader;
  readonly balances: StatementBalances;
  readonly count: number;
  /** Journal entries or vouchers of a ledger; null for a statement of an account. */
  readonly entries: number | null;
  /** Decimals of `credits` and `debits`. */
  readonly scale: number;
  /** Sum of the positive amounts, in units. */
  readonly credits: bigint;
  /** Sum of the negative amounts, as a positive number of units. */
  readonly debits: bigint;
  /** Earliest and latest booking day; UNKNOWN_DAY when there is no transaction. */
  readonly firstDay: CivilDay;
  readonly lastDay: CivilDay;
}

/** Adds up one statement while its transactions pass. */
export class StatementAccumulator {
  readonly header: StatementHeader;
  balances: StatementBalances = { opening: null, closing: null };
  entries: number | null = null;
  private count = 0;
  private firstDay = Number.MAX_SAFE_INTEGER;
  private lastDay = Number.MIN_SAFE_INTEGER;
  private credits = new UnitSum();
  private debits = new UnitSum();
  private earlierCredits = 0n;
  private earlierDebits = 0n;
  constructor(header: StatementHeader) {
    this.header = header;
  }

  add(units: number, bookingDay: CivilDay): void {
    this.count++;
    if (units > 0) this.credits.add(units);
    else if (units < 0) this.debits.add(-units);
    if (bookingDay === UNKNOWN_DAY) return;
    if (bookingDay < this.firstDay) this.firstDay = bookingDay;
    if (bookingDay > this.lastDay) this.lastDay = bookingDay;
  }

  /** From now on units are `digits` decimals finer: what was summed so far is multiplied by 10^digits. */
  refine(digits: number): void {
    const factor = 10n ** BigInt(digits);
    this.earlierCredits = (this.earlierCredits + this.credits.value) * factor;
    this.earlierDebits = (this.earlierDebits + this.debits.value) * factor;
    this.credits = new UnitSum();
    this.debits = new UnitSum();
  }

  totals(scale: number): StatementTotals {
    const dated = this.firstDay <= this.lastDay;
    return {
      header: this.header,
      balances: this.balances,
      count: this.count,
      entries: this.entries,
      scale,
      credits: this.earlierCredits + this.credits.value,
      debits: this.earlierDebits + this.debits.value,
      firstDay: dated ? this.firstDay : UNKNOWN_DAY,
      lastDay: dated ? this.lastDay : UNKNOWN_DAY,
    };
  }
}
