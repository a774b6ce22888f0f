import type { CivilDay } from '../../../kernel/civil-date.ts';
import { currencyExponent, isCurrencyCode } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { ControlLevel } from './bai2-controls.ts';
import { Bai2Fields, readSummaries, type Summary } from './bai2-fields.ts';
import type { Direction } from './bai2-type-codes.ts';
import type { StatedBalance, StatementBalances } from './statement-sink.ts';

/** Ledger balances, and the available balances that stand in for them where the account states no ledger balance. */
const LEDGER = { opening: '010', closing: '015' } as const;
const AVAILABLE = { opening: '040', closing: '045' } as const;

/** One account of a group: its record 03 and what its details add up to. */
export class Bai2Account {
  readonly row: number;
  readonly number: string;
  /** As record 03 or the group states it; USD where neither does (record 02, field 7). */
  readonly currency: string;
  readonly currencyStated: boolean;
  readonly summaries: readonly Summary[];
  /** What of the summaries could not be read; null where all was. */
  readonly unread: string | null;
  readonly level: ControlLevel;
  statement = -1;
  private readonly day: CivilDay | null;
  private readonly details = { credit: { count: 0, units: 0n }, debit: { count: 0, units: 0n } };

  constructor(pieces: readonly string[], row: number, groupCurrency: string, day: CivilDay | null) {
    const fields = new Bai2Fields(pieces);
    this.row = row;
    this.number = fields.next();
    const stated = [fields.next(), groupCurrency].map(text => text.toUpperCase()).find(isCurrencyCode);
    this.currency = stated ?? 'USD';
    this.currencyStated = stated !== undefined;
    this.day = day;
    const { summaries, unread } = readSummaries(fields.rest());
    this.summaries = summaries;
    this.unread = unread;
    this.level = new ControlLevel(`account ${this.number} (line ${row})`);
    for (const { amount } of summaries) this.level.total += BigInt(amount);
  }

  /** Decimals that amounts of the account imply (ISO 4217). */
  get scale(): number {
    return currencyExponent(this.currency);
  }

  add(direction: Direction, units: number): void {
    this.level.total += BigInt(units);
    this.details[direction].count++;
    this.details[direction].units += BigInt(units);
  }

  /** The account has no ledger balance and an available one is used. */
  get usesAvailable(): boolean {
    return !this.has(LEDGER) && this.has(AVAILABLE);
  }

  get balances(): StatementBalances {
    const codes = this.usesAvailable ? AVAILABLE : LEDGER;
    return { opening: this.balance(codes.opening), closing: this.balance(codes.closing) };
  }

  /** Where the account states total credits (100) or debits (400) other than its details have, in words. */
  notDetailed(): string[] {
    const totals: [code: string, direction: Direction, name: string][] = [
      ['100', 'credit', 'credits'],
      ['400', 'debit', 'debits'],
    ];
    return totals.flatMap(([code, direction, name]) => {
      const stated = this.summaries.find(each => each.code === code);
      const { count, units } = this.details[direction];
      if (stated === undefined || BigInt(stated.amount) === units) return [];
      const text = (value: number | bigint): string => formatUnits(value, this.scale);
      return `${this.level.what} states total ${name} of ${text(stated.amount)} (type code ${code}); its ${count} detail records add up to ${text(units)}`;
    });
  }

  private has({ opening, closing }: { readonly opening: string; readonly closing: string }): boolean {
    return this.summaries.some(each => each.code === opening || each.code === closing);
  }

  private balance(code: string): StatedBalance | null {
    const summary = this.summaries.find(each => each.code === code);
    if (summary === undefined || this.day === null) return null;
    return { amount: { units: summary.amount, scale: this.scale }, date: this.day };
  }
}
