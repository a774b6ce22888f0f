import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { TextLine } from './line-reader.ts';
import { currencyOfNumber } from './norma43-currency.ts';
import { at, norma43Cents, norma43SignedCents } from './norma43-fields.ts';
import { Norma43Movement } from './norma43-movement.ts';
import { dayOfYymmdd } from './short-date.ts';
import type { StatedBalance, StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

const money = (cents: number | bigint): string => formatUnits(cents, 2);

/** Movements of one direction: how many and how much. */
interface Side {
  count: number;
  cents: bigint;
}

/** One account of a Norma 43 file: record 11, its movements and record 33. */
export class Norma43Statement {
  readonly account: string;
  readonly mode: string;
  isComplete = false;
  transactions = 0;
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;
  private readonly statement: number;
  private readonly currency: string | null;
  private readonly currencyNumber: string;
  private readonly opening: StatedBalance | null;
  private readonly openingCents: number | null;
  private readonly lastDay: number | null;
  private readonly debits: Side = { count: 0, cents: 0n };
  private readonly credits: Side = { count: 0, cents: 0n };
  private movement: Norma43Movement | null = null;

  constructor(line: TextLine, padded: string, sink: StatementSink, tally: WarningTally) {
    this.sink = sink;
    this.tally = tally;
    this.account = at(padded, 3, 20);
    this.mode = at(padded, 51, 51);
    this.currencyNumber = at(padded, 48, 50);
    this.currency = currencyOfNumber(this.currencyNumber);
    this.openingCents = norma43SignedCents(at(padded, 33, 33), at(padded, 34, 47));
    const firstDay = dayOfYymmdd(at(padded, 21, 26));
    this.lastDay = dayOfYymmdd(at(padded, 27, 32));
    this.opening =
      this.openingCents === null || firstDay === null
        ? null
        : { amount: { units: this.openingCents, scale: 2 }, date: firstDay };
    this.statement = sink.statement({
      accountId: this.account.trim() || null,
      currency: this.currency,
      institution: at(padded, 3, 6).trim() || null,
      owner: at(padded, 52, 77).trim() || null,
      statementId: null,
    });
    if (this.opening === null)
      tally.note(
        'norma43.balance-unreadable',
        line.row,
        'An opening balance (record 11) is unreadable and counts as not stated',
      );
    if (this.currency === null)
      tally.note(
        'norma43.currency',
        line.row,
        `The currency number "${this.currencyNumber}" is none of ISO 4217 and counts as not stated`,
      );
    else if (currencyExponent(this.currency) !== 2)
      tally.note(
        'norma43.exponent',
        line.row,
        `Norma 43 prescribes two decimals, ${this.currency} has ${currencyExponent(this.currency)} in ISO 4217: check the amounts with the bank`,
      );
  }

  /** Reads record 22, 23, 24 or 33; the reason where it has no place here. */
  record(line: TextLine, padded: string): string | null {
    switch (padded.slice(0, 2)) {
      case '22':
        this.endMovement();
        this.movement = new Norma43Movement(line, padded);
        return null;
      case '23':
        if (this.movement === null) return 'a complement (record 23) without a movement (record 22)';
        this.movement.addConcept(line, padded);
        return null;
      case '24':
        if (this.movement === null) return 'an original amount (record 24) without a movement (record 22)';
        if (!this.movement.addOriginalAmount(line, padded))
          this.tally.note(
            'norma43.original-amount',
            line.row,
            'An amount in the original currency (record 24) is unreadable',
          );
        return null;
      default:
        this.end(line, padded);
        return null;
    }
  }

  private endMovement(): void {
    const { movement } = this;
    this.movement = null;
    if (movement === null) return;
    const { fault, cents } = movement;
    if (fault !== null || cents === null) {
      this.sink.reject({ place: movement.place, reason: `a movement cannot be read: ${fault}`, raw: movement.raw });
      return;
    }
    const side = cents < 0 ? this.debits : this.credits;
    side.count++;
    side.cents += BigInt(Math.abs(cents));
    if (movement.hasUnreadableValueDate)
      this.tally.note(
        'norma43.value-date',
        movement.row,
        'A value date is no day of the calendar and counts as not stated',
      );
    this.transactions++;
    this.sink.transaction(movement.transaction(cents, this.statement, this.currency));
  }

  private end(line: TextLine, padded: string): void {
    this.endMovement();
    this.isComplete = true;
    const cents = this.closingCents(line.row, at(padded, 59, 59), at(padded, 60, 73));
    const closing: StatedBalance | null =
      cents === null || this.lastDay === null ? null : { amount: { units: cents, scale: 2 }, date: this.lastDay };
    this.sink.balances(this.statement, { opening: this.opening, closing });
    if (closing === null)
      this.tally.note(
        'norma43.balance-unreadable',
        line.row,
        'A closing balance (record 33) is unreadable (its key is not 1 or 2, or its amount is not 14 digits) and counts as not stated',
      );
    if (at(padded, 3, 20) !== this.account)
      this.tally.note(
        'norma43.account-differs',
        line.row,
        `Record 33 closes the account "${at(padded, 3, 20)}", record 11 opened "${this.account}", which is used`,
      );
    if (at(padded, 74, 76) !== this.currencyNumber)
      this.tally.note(
        'norma43.currency-differs',
        line.row,
        `Record 33 states the currency number "${at(padded, 74, 76)}", record 11 "${this.currencyNumber}", which is used`,
      );
    this.check(line.row, 'debit', at(padded, 21, 25), at(padded, 26, 39), this.debits);
    this.check(line.row, 'credit', at(padded, 40, 44), at(padded, 45, 58), this.credits);
    if (this.openingCents === null || cents === null) return;
    const reached = this.reached(this.openingCents);
    if (reached !== BigInt(cents))
      this.tally.note(
        'control.balance',
        line.row,
        `The opening balance and the movements give ${money(reached)}, the closing balance is ${money(cents)}`,
      );
  }

  private reached(openingCents: number): bigint {
    return BigInt(openingCents) + this.credits.cents - this.debits.cents;
  }

  /** The closing balance. Without a debit or credit key its sign is what opening balance and movements give, where they give its amount. */
  private closingCents(row: number, key: string, digits: string): number | null {
    const cents = norma43SignedCents(key, digits);
    const unsigned = norma43Cents(digits);
    if (cents !== null || unsigned === null || this.openingCents === null) return cents;
    const sign = [1, -1].find(each => BigInt(each * unsigned) === this.reached(this.openingCents ?? 0));
    if (sign === undefined) return null;
    this.tally.note(
      'norma43.balance-key',
      row,
      `Record 33 has the key "${key}" for its balance, neither 1 (debit) nor 2 (credit); the sign is that of opening balance and movements, which give the amount`,
    );
    return sign * unsigned;
  }

  private check(row: number, name: string, count: string, digits: string, side: Side): void {
    if (!/^\d{5}$/.test(count) || Number(count) !== side.count)
      this.tally.note(
        'control.count',
        row,
        `Record 33 counts "${count}" ${name} movements, the account has ${side.count}`,
      );
    const cents = norma43Cents(digits);
    if (cents === null || BigInt(cents) !== side.cents)
      this.tally.note(
        'control.total',
        row,
        `Record 33 states a ${name} total of ${cents === null ? `"${digits}"` : money(cents)}, the movements add up to ${money(side.cents)}`,
      );
  }
}
