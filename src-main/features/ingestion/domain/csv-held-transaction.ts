import type { CivilDay } from '../../../kernel/civil-date.ts';
import type { TransactionColumnBuilder } from './transaction-column-builder.ts';

/** A transaction whose reference and description were given to the builder, as `append` takes it. */
export interface ReadTransaction {
  readonly row: number;
  readonly offset: number;
  readonly length: number;
  readonly statement: number;
  readonly bookingDay: CivilDay;
  readonly valueDay: CivilDay;
  readonly units: number;
  readonly currency: number;
  readonly counterparty: number;
  readonly counterpartyAccount: number;
  readonly type: number;
  readonly category: number;
  readonly ledgerAccount: number;
  readonly entry: number;
  readonly poster: number;
  readonly enteredDay: CivilDay;
  readonly minute: number;
  readonly high: number;
  readonly low: number;
}

/** Keeps a transaction back until it is known whether the next record goes on with its description. */
export class HeldTransaction {
  /** Records that went on with the transaction above them. */
  continuations = 0;
  private readonly builder: TransactionColumnBuilder;
  private held: ReadTransaction | null = null;
  private end = 0;
  private high = 0;
  private low = 0;

  constructor(builder: TransactionColumnBuilder) {
    this.builder = builder;
  }

  get isHolding(): boolean {
    return this.held !== null;
  }

  hold(transaction: ReadTransaction): void {
    this.held = transaction;
    this.end = transaction.offset + transaction.length;
    this.high = transaction.high;
    this.low = transaction.low;
  }

  /** The record that ends at byte `end` belongs to the transaction; its text was added to the description. */
  extend(end: number, high: number, low: number): void {
    this.continuations++;
    this.end = end;
    this.high = (Math.imul(this.high, 31) ^ high) >>> 0;
    this.low = (Math.imul(this.low, 31) ^ low) >>> 0;
  }

  /** Hands the transaction on, if there is one. */
  release(): void {
    const { held, builder } = this;
    if (held === null) return;
    this.held = null;
    builder.endDescription();
    builder.enteredBy(held.poster, held.enteredDay, held.minute);
    builder.append(
      held.row,
      held.offset,
      this.end - held.offset,
      held.statement,
      held.bookingDay,
      held.valueDay,
      held.units,
      held.currency,
      held.counterparty,
      held.counterpartyAccount,
      held.type,
      held.category,
      held.ledgerAccount,
      held.entry,
      this.high,
      this.low,
    );
  }
}
