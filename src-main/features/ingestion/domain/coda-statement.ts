import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { at, codaAccount, codaAmount, codaDay, codaThousandths } from './coda-fields.ts';
import { bookingPlace, type CodaBooking, codaBookings } from './coda-globalisation.ts';
import { CodaMovement } from './coda-movement.ts';
import type { TextLine } from './line-reader.ts';
import { FileRefused, type StatedBalance, type StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** Records that the trailer counts: 1, 2.1–2.3, 3.1–3.3 and 8. */
const COUNTED = /^[1238]/;
const money = (thousandths: bigint): string => formatUnits(thousandths, 3, 2);

const balanceOf = (sign: string, digits: string, date: string): StatedBalance | null => {
  const amount = codaAmount(sign, digits);
  const day = codaDay(date);
  return amount === null || day === null ? null : { amount, date: day };
};

const thousandthsOf = ({ amount }: StatedBalance): bigint => BigInt(amount.units * (amount.scale === 2 ? 10 : 1));

/** One statement of a CODA file: its records 0 to 9 in order. */
export class CodaStatement {
  readonly version: string;
  /** Code of a separate application, `00000` for an ordinary statement. */
  readonly separateApplication: string;
  readonly messages: string[] = [];
  transactions = 0;
  isComplete = false;
  /** Line of the trailer that announces another file, where it does. */
  anotherFollows: number | null = null;
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;
  private readonly institution: string;
  private readonly addressee: string;
  private statement: number | null = null;
  private accountStructure = '0';
  private account = '';
  private currency: string | null = null;
  private opening: StatedBalance | null = null;
  private closing: StatedBalance | null = null;
  private hasClosing = false;
  private group: CodaMovement[] = [];
  private records = 0;
  private booked = 0n;
  private debits = 0n;
  private credits = 0n;
  private lastTopSequence: string | null = null;
  private paperNumber = '';

  constructor(header: string, row: number, sink: StatementSink, tally: WarningTally) {
    this.sink = sink;
    this.tally = tally;
    this.version = at(header, 128, 128);
    if (this.version !== '1' && this.version !== '2')
      throw new FileRefused(
        'coda.version',
        `The header record on line ${row} states version "${this.version}" of CODA; versions 1 and 2 are known. Ask the bank for a file in version 2.`,
        row,
      );
    this.institution = at(header, 61, 71).trim() || at(header, 12, 14).trim();
    this.addressee = at(header, 35, 60).trim();
    this.separateApplication = at(header, 84, 88).trim();
    if (at(header, 17, 17) === 'D')
      tally.note('coda.duplicate', row, 'The bank marks the file as a duplicate of one it sent before');
    if (this.isSeparate)
      tally.note(
        'coda.separate-application',
        row,
        `The file is a separate application (code ${this.separateApplication}): its movements are details of totals in the ordinary statement, and counting both would count them twice`,
      );
  }

  /** Reads a record of the statement; the reason where it has no place there. */
  record(line: TextLine, padded: string): string | null {
    if (COUNTED.test(padded)) this.records++;
    switch (padded.slice(0, 1)) {
      case '1':
        return this.oldBalance(line, padded);
      case '2':
      case '3':
        return this.movement(line, padded);
      case '4':
        this.messages.push(at(padded, 33, 112).trim());
        return null;
      case '8':
        return this.newBalance(line, padded);
      case '9':
        this.trailer(line, padded);
        return null;
      default:
        return `CODA has no record type "${padded.slice(0, 1)}"`;
    }
  }

  private get isSeparate(): boolean {
    return !/^0*$/.test(this.separateApplication);
  }

  private oldBalance(line: TextLine, padded: string): string | null {
    if (this.statement !== null) return 'a second record 1 (old balance) in one statement';
    this.accountStructure = this.version === '1' ? '0' : at(padded, 2, 2);
    const account = codaAccount(this.accountStructure, at(padded, 6, 42));
    this.account = account.number;
    this.currency = /^[A-Z]{3}$/.test(account.currency) ? account.currency : null;
    this.opening = balanceOf(at(padded, 43, 43), at(padded, 44, 58), at(padded, 59, 64));
    if (this.opening === null) this.unreadableBalance(line, 'old');
    this.paperNumber = at(padded, 3, 5);
    const number = at(padded, 126, 128).trim();
    this.statement = this.sink.statement({
      accountId: this.account || null,
      currency: this.currency,
      institution: this.institution || null,
      owner: at(padded, 65, 90).trim() || this.addressee || null,
      statementId: /^0*$/.test(number) ? null : number,
    });
    return null;
  }

  private movement(line: TextLine, padded: string): string | null {
    if (this.statement === null)
      throw new FileRefused(
        'coda.structure',
        `Line ${line.row} is a movement before record 1 (old balance) said to which account it belongs. Ask the bank for an unaltered file.`,
        line.row,
      );
    if (this.hasClosing) return 'a movement or information record after record 8 (new balance)';
    const kind = padded.slice(0, 2);
    if (!/^(2[123]|3[123])$/.test(kind)) return `CODA has no record type "${kind}"`;
    const sequence = at(padded, 3, 6);
    if (kind === '21') {
      const movement = new CodaMovement(line, padded);
      if (movement.sequence !== this.group[0]?.sequence || movement.detail === '0000') this.endGroup();
      this.group.push(movement);
      this.noteMovement(movement);
      return null;
    }
    const current = this.group.at(-1);
    if (current === undefined || current.sequence !== sequence || !current.continueWith(line, padded, this.version))
      return `a record ${kind.slice(0, 1)}.${kind.slice(1)} that continues no movement with the sequence number ${sequence}`;
    return null;
  }

  private noteMovement(movement: CodaMovement): void {
    if (movement.hasUnreadableValueDate)
      this.tally.note(
        'coda.value-date',
        movement.row,
        'A value date is no day of the calendar and counts as not stated',
      );
    if (movement.paperNumber !== this.paperNumber && !/^[0 ]*$/.test(movement.paperNumber))
      this.tally.note(
        'coda.statement-number',
        movement.row,
        `A movement states the statement number ${movement.paperNumber}, the old balance ${this.paperNumber}`,
      );
    if (movement.detail !== '0000' || movement.amount === null) return;
    const thousandths = BigInt(movement.amount.units * (movement.amount.scale === 2 ? 10 : 1));
    if (thousandths < 0n) this.debits -= thousandths;
    else this.credits += thousandths;
    const expected = this.lastTopSequence === null ? null : Number(this.lastTopSequence) + 1;
    // The sequence begins at 0001 and goes from 9999 to 0000 and 0001.
    if (expected !== null && Number(movement.sequence) !== expected % 10_000)
      this.tally.note(
        'coda.sequence',
        movement.row,
        'The continuous sequence number skips: movements may be missing or out of order',
      );
    this.lastTopSequence = movement.sequence;
  }

  private endGroup(): void {
    const { bookings, rejected, unequal } = codaBookings(this.group, this.isSeparate);
    const total = this.group[0];
    this.group = [];
    for (const { movement, reason } of rejected) this.sink.reject({ place: movement.place, reason, raw: movement.raw });
    if (unequal !== null)
      this.tally.note(
        'coda.details-total',
        unequal.row,
        'The details of a movement do not add up to it; the movement itself is the transaction',
      );
    for (const booking of bookings) this.send(booking, total);
  }

  private send(booking: CodaBooking, total: CodaMovement | undefined): void {
    const { movement, amount, details } = booking;
    const texts = [movement, ...details].map(each => each.communication());
    if (!texts.every(each => each.isValid))
      this.tally.note(
        'coda.communication-check',
        movement.row,
        'A structured communication fails its check digits (modulo 97) and is given as its digits',
      );
    if (movement.hasDoubtfulAccount)
      this.tally.note(
        'coda.counterparty-account',
        movement.row,
        'An account of a counterparty has blanks in it: its record 2.3 may be out of column, and name and account may be wrong',
      );
    const own = texts.map(each => each.text).filter(text => text !== '');
    const description = own.length > 0 ? own.join(' ') : (total?.communication().text ?? '');
    this.booked += BigInt(amount.units * (amount.scale === 2 ? 10 : 1));
    this.transactions++;
    const transaction = movement.transaction(
      amount,
      this.statement ?? 0,
      this.currency,
      description,
      bookingPlace(booking),
    );
    if (transaction.bookingDate === UNKNOWN_DAY)
      this.tally.note('coda.entry-date', movement.row, 'A movement states no entry date');
    this.sink.transaction(transaction);
  }

  private newBalance(line: TextLine, padded: string): string | null {
    if (this.hasClosing) return 'a second record 8 (new balance) in one statement';
    this.endGroup();
    this.hasClosing = true;
    this.closing = balanceOf(at(padded, 42, 42), at(padded, 43, 57), at(padded, 58, 63));
    if (this.closing === null) this.unreadableBalance(line, 'new');
    const account = codaAccount(this.accountStructure, at(padded, 5, 41)).number;
    if (account !== this.account)
      this.tally.note(
        'coda.account-differs',
        line.row,
        `The new balance names the account "${account}", the old balance "${this.account}", which is used`,
      );
    return null;
  }

  private unreadableBalance(line: TextLine, which: string): void {
    this.tally.note(
      'coda.balance-unreadable',
      line.row,
      `The ${which} balance is not a sign, 15 digits and a day, and counts as not stated`,
    );
  }

  private trailer(line: TextLine, padded: string): void {
    this.endGroup();
    this.isComplete = true;
    if (this.statement === null)
      throw new FileRefused(
        'coda.structure',
        `The statement that ends on line ${line.row} has no record 1 (old balance). Ask the bank for an unaltered file.`,
        line.row,
      );
    const { opening, closing } = this;
    this.sink.balances(this.statement, { opening, closing });
    if (!this.hasClosing) this.tally.note('coda.no-new-balance', line.row, 'A statement has no record 8 (new balance)');
    if (opening !== null && closing !== null) {
      const reached = thousandthsOf(opening) + this.booked;
      // The details of a separate application were booked elsewhere: its balances may be zero.
      const isBlank = this.isSeparate && opening.amount.units === 0 && closing.amount.units === 0;
      if (reached !== thousandthsOf(closing) && !isBlank)
        this.tally.note(
          'control.balance',
          line.row,
          `The old balance and the movements give ${money(reached)}, the new balance is ${money(thousandthsOf(closing))}`,
        );
    }
    this.controlTotals(line, padded);
    if (at(padded, 128, 128) === '1') this.anotherFollows = line.row;
  }

  private controlTotals(line: TextLine, padded: string): void {
    const count = at(padded, 17, 22);
    if (!/^\d{6}$/.test(count) || Number(count) !== this.records)
      this.tally.note(
        'control.count',
        line.row,
        `The trailer counts "${count}" records (1, 2, 3 and 8), the statement has ${this.records}`,
      );
    for (const [name, digits, sum] of [
      ['debit', at(padded, 23, 37), this.debits],
      ['credit', at(padded, 38, 52), this.credits],
    ] as const) {
      const stated = codaThousandths(digits);
      if (stated === null || BigInt(stated) !== sum)
        this.tally.note(
          'control.total',
          line.row,
          `The trailer states a ${name} total of ${stated === null ? `"${digits}"` : money(BigInt(stated))}, the movements add up to ${money(sum)}`,
        );
    }
  }
}
