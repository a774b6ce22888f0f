import { type Decimal, formatUnits, MAX_SCALE, powerOfTen } from '../../../kernel/decimal.ts';
import type { EntryTotal, SwiftBalance } from './mt940-balance.ts';
import type { StatementSink } from './statement-sink.ts';

const nano = ({ units, scale }: Decimal): bigint => BigInt(units) * BigInt(powerOfTen(MAX_SCALE - scale));
const text = (units: bigint): string => formatUnits(units, MAX_SCALE, 2);

/** Counts and adds up the entries of one message by direction, to compare with what the message states. */
export class EntryTotals {
  private readonly count = { C: 0, D: 0 };
  private readonly sum = { C: 0n, D: 0n };

  add(amount: Decimal, out: boolean): void {
    const mark = out ? 'D' : 'C';
    this.count[mark]++;
    const units = nano(amount);
    this.sum[mark] += units < 0n ? -units : units;
  }

  /** Warns `control.count` and `control.total` where a message states other totals than its entries have. */
  compare(stated: EntryTotal, where: string, row: number, sink: StatementSink): void {
    const { mark } = stated;
    const kind = mark === 'C' ? 'credit' : 'debit';
    if (stated.count !== this.count[mark])
      sink.warn({
        row,
        code: 'control.count',
        message: `${stated.count} ${kind} entries are stated by ${where}, which has ${this.count[mark]}.`,
      });
    if (nano(stated.amount) !== this.sum[mark])
      sink.warn({
        row,
        code: 'control.total',
        message: `${kind === 'credit' ? 'Credit' : 'Debit'} entries of ${text(nano(stated.amount))} are stated by ${where}; those it has add up to ${text(this.sum[mark])}.`,
      });
  }
}

/** A balance of a message: final (60F, 62F) or of one page (60M, 62M). Null where it cannot be read. */
export interface MessageBalance {
  readonly balance: SwiftBalance | null;
  readonly intermediate: boolean;
}

interface Page {
  readonly closing: SwiftBalance | null;
  readonly final: boolean;
  readonly where: string;
}

/**
 * Statements sent in several messages: the intermediate opening balance (60M) must be the closing balance of the
 * account's message before it, and an intermediate closing balance (62M) must be carried on.
 */
export class BalanceChain {
  private readonly last = new Map<string, Page>();

  /** Compares one message with the account's message before it; warns `mt940.chain` where they do not chain. */
  follow(
    account: string,
    opening: MessageBalance,
    closing: MessageBalance,
    where: string,
    row: number,
    sink: StatementSink,
  ): void {
    const before = this.last.get(account);
    this.last.set(account, { closing: closing.balance, final: !closing.intermediate, where });
    if (!opening.intermediate && (before === undefined || before.final)) return;
    const message = this.difference(before, opening.balance, where);
    if (message !== null) sink.warn({ row, code: 'mt940.chain', message });
  }

  private difference(before: Page | undefined, opening: SwiftBalance | null, where: string): string | null {
    if (before === undefined)
      return `Pages are missing: ${where} opens with an intermediate balance, and the message before it is not in the file.`;
    if (before.closing === null || opening === null) return null;
    const [closes, opens] = [nano(before.closing.amount), nano(opening.amount)];
    return closes === opens
      ? null
      : `Balances do not chain: ${where} opens with ${text(opens)}, but ${before.where} closed with ${text(closes)}.`;
  }
}
