import type { Decimal } from '../../../kernel/decimal.ts';
import { nanoText, nanoUnits, parseSieAmount } from './sie-amount.ts';
import { type SieField, textAt } from './sie-fields.ts';
import type { StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** Balance items and where their amount stands (SIE 4B, 9): year, account, amount; with an object list or a period before. */
const AMOUNT_AT: Readonly<Record<string, number>> = { IB: 2, UB: 2, RES: 2, OIB: 3, OUB: 3, PSALDO: 4, PBUDGET: 4 };
/** Accounts named in a warning. */
const NAMED_ACCOUNTS = 5;

/** Balances are not transactions: they are counted and added up, and the vouchers of a full file are checked against them. */
export class SieBalances {
  readonly counts = new Map<string, number>();
  private readonly opening = new Map<string, bigint>();
  private readonly closing = new Map<string, bigint>();
  private readonly result = new Map<string, bigint>();
  private readonly booked = new Map<string, bigint>();
  private readonly tally: WarningTally;

  constructor(tally: WarningTally) {
    this.tally = tally;
  }

  /** Takes a balance item in; false where the label is none. */
  item(label: string, fields: readonly SieField[], row: number): boolean {
    const at = AMOUNT_AT[label];
    if (at === undefined) return false;
    this.counts.set(label, (this.counts.get(label) ?? 0) + 1);
    const amount = parseSieAmount(textAt(fields, at));
    if (amount === null) {
      this.tally.note('sie.balance', row, `A balance (#${label}) has no readable amount`);
      return true;
    }
    if (textAt(fields, 0) !== '0') return true;
    const account = textAt(fields, 1);
    const sums = label === 'IB' ? this.opening : label === 'UB' ? this.closing : label === 'RES' ? this.result : null;
    sums?.set(account, (sums.get(account) ?? 0n) + nanoUnits(amount.value));
    return true;
  }

  /** Adds a transaction of the current financial year to its account. */
  book(account: string, amount: Decimal): void {
    this.booked.set(account, (this.booked.get(account) ?? 0n) + nanoUnits(amount));
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Sums over all accounts of the current year, as decimal text; null where the file states none. */
  sum(kind: 'opening' | 'closing' | 'result'): string | null {
    const values = this[kind];
    return values.size === 0 ? null : nanoText([...values.values()].reduce((sum, value) => sum + value, 0n));
  }

  /**
   * Checks opening balance + transactions = closing balance, and transactions = result, of each account that states the
   * latter (`control.balance`). Only of a file that holds all vouchers of its year.
   */
  check(sink: StatementSink): void {
    const wrong: string[] = [];
    for (const [account, closing] of this.closing) {
      const reached = (this.opening.get(account) ?? 0n) + (this.booked.get(account) ?? 0n);
      if (reached !== closing) wrong.push(`${account}: ${nanoText(reached)} instead of ${nanoText(closing)}`);
    }
    for (const [account, result] of this.result) {
      const reached = this.booked.get(account) ?? 0n;
      if (reached !== result) wrong.push(`${account}: ${nanoText(reached)} instead of ${nanoText(result)}`);
    }
    if (wrong.length === 0) return;
    sink.warn({
      row: null,
      code: 'control.balance',
      message: `The vouchers do not lead to the stated balances of ${wrong.length} of ${this.closing.size + this.result.size} accounts (${wrong.slice(0, NAMED_ACCOUNTS).join('; ')}${wrong.length > NAMED_ACCOUNTS ? '; …' : ''}).`,
    });
  }
}
