import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { formatUnits, powerOfTen } from '../../../kernel/decimal.ts';
import type { BalanceLine } from './csv-balance-lines.ts';
import { RunningBalance } from './running-balance.ts';
import type { StatedBalance, StatementBalances } from './statement-sink.ts';
import type { StatementTotals } from './statement-totals.ts';
import type { TransactionColumnBuilder } from './transaction-column-builder.ts';

interface PlacedLine {
  readonly line: BalanceLine;
  readonly section: number;
}

/** Collects the balances that a table states, in a column and in lines of their own, and compares them. */
export class RowBalances {
  private readonly builder: TransactionColumnBuilder;
  private readonly running: RunningBalance[] = [];
  private readonly lines: PlacedLine[] = [];
  private broken = false;

  constructor(builder: TransactionColumnBuilder) {
    this.builder = builder;
  }

  /** The balance after a transaction; NaN where the row states none. Both in units of the builder's scale. */
  follow(statement: number, units: number, balance: number, day: number): void {
    this.running[statement] ??= new RunningBalance();
    this.running[statement].add(units, balance, this.builder.scale, day);
  }

  /** A record could not be read: balances cannot be followed across it. */
  breakOff(): void {
    this.broken = true;
  }

  line(line: BalanceLine, section: number): void {
    if (line.amount !== null && line.label !== 'turnover') this.lines.push({ line, section });
  }

  /** States the balances of each statement that they can be told of. `sections`: the section of each statement. */
  finish(statements: readonly { readonly statement: number; readonly section: number }[], column: string | null): void {
    const totals = this.builder.statements();
    let unproved = 0;
    for (const { statement, section } of statements) {
      const total = totals[statement]!;
      const followed = this.followed(statement);
      if (column !== null && followed.opening === null) unproved++;
      const alone = statements.filter(other => other.section === section).length === 1;
      const stated = alone ? this.stated(section, total) : { opening: null, closing: null };
      const opening = followed.opening ?? stated.opening;
      const closing = followed.closing ?? stated.closing;
      if (opening === null && closing === null) continue;
      this.builder.balances(statement, { opening, closing });
      this.compare(total, followed, stated);
    }
    if (unproved > 0)
      this.builder.warn({
        row: null,
        code: 'csv.balance',
        message: `the balances in ${column} do not follow from the amounts${unproved === statements.length ? '' : ` in ${unproved} of ${statements.length} statements`}; opening and closing balance are left unknown unless a line states them`,
      });
  }

  private followed(statement: number): StatementBalances {
    const running = this.running[statement];
    if (running === undefined || this.broken) return { opening: null, closing: null };
    const { opening, closing } = running.balances();
    return { opening: dated(opening), closing: dated(closing) };
  }

  /** Balances that lines of their own state: by their label, or by their day. */
  private stated(section: number, total: StatementTotals): StatementBalances {
    let opening: StatedBalance | null = null;
    let closing: StatedBalance | null = null;
    const { firstDay, lastDay } = total;
    for (const { line } of this.lines.filter(each => each.section === section)) {
      const { label, amount, day } = line;
      if (amount === null) continue;
      if (label === 'opening') opening ??= { amount, date: day ?? firstDay };
      else if (label === 'closing') closing = { amount, date: day ?? lastDay };
      else if (day !== null && lastDay !== UNKNOWN_DAY) {
        if (day >= lastDay) closing ??= { amount, date: day };
        else if (day < firstDay) opening ??= { amount, date: day };
      }
    }
    return { opening: dated(opening), closing: dated(closing) };
  }

  /** Tells where the lines, the column and the sum of the amounts disagree. */
  private compare(total: StatementTotals, followed: StatementBalances, stated: StatementBalances): void {
    for (const side of ['opening', 'closing'] as const) {
      const line = stated[side];
      const column = followed[side];
      if (line === null || column === null || unitsAt(line, 9) === unitsAt(column, 9)) continue;
      this.tell(
        `the file states the ${side} balance as ${text(line)} and its column of balances gives ${text(column)}`,
      );
    }
    const opening = followed.opening ?? stated.opening;
    const closing = followed.closing ?? stated.closing;
    if (opening === null || closing === null) return;
    const scale = Math.max(total.scale, opening.amount.scale, closing.amount.scale);
    const sum = (total.credits - total.debits) * BigInt(powerOfTen(scale - total.scale));
    const difference = unitsAt(closing, scale) - unitsAt(opening, scale) - sum;
    if (difference !== 0n)
      this.tell(
        `opening balance ${text(opening)} and the transactions do not add up to the closing balance ${text(closing)}: ${formatUnits(difference, scale, 2)} apart`,
      );
  }

  private tell(message: string): void {
    this.builder.warn({ row: null, code: 'control.balance', message });
  }
}

/** A balance must have a day: that of a table without dates is not stated. */
const dated = (balance: StatedBalance | null): StatedBalance | null =>
  balance === null || balance.date === UNKNOWN_DAY ? null : balance;

const unitsAt = ({ amount }: StatedBalance, scale: number): bigint =>
  BigInt(amount.units) * BigInt(powerOfTen(scale - amount.scale));

const text = ({ amount, date }: StatedBalance): string =>
  `${formatUnits(amount.units, amount.scale)} of ${isoDate(date) ?? 'an unknown day'}`;
