import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { Decimal } from '../../../kernel/decimal.ts';
import { codaReturnName, codaTransactionName } from './coda-codes.ts';
import { readCodaCommunication } from './coda-communication.ts';
import { at, codaAmount, codaCounterpartyAccount, codaDay } from './coda-fields.ts';
import type { TextLine } from './line-reader.ts';
import type { ParsedTransaction, RecordPlace } from './statement-sink.ts';

/** Placeholders for a reference that was not given (EPC: "NOTPROVIDED"). */
const isReference = (text: string): boolean => text !== '' && !/^not ?provided$/i.test(text);

/** An information record 3.1 with its continuations. */
interface Information {
  readonly isStructured: boolean;
  zone: string;
}

/** One movement: record 2.1 with the records 2.2, 2.3, 3.1, 3.2 and 3.3 that follow it. */
export class CodaMovement {
  readonly row: number;
  readonly sequence: string;
  readonly detail: string;
  /** First digit of the transaction code: 0–3 amounts of the account, 5–9 details of them. */
  readonly type: string;
  /** Null where sign or digits are unreadable. */
  readonly amount: Decimal | null;
  readonly paperNumber: string;
  private readonly code: string;
  private readonly bankReference: string;
  private readonly valueDay: CivilDay | null;
  private readonly entryDay: CivilDay | null;
  private readonly isStructured: boolean;
  private zone: string;
  private readonly information: Information[] = [];
  private customerReference = '';
  private bic = '';
  private returned = '';
  private name = '';
  private account = '';
  private readonly first: TextLine;
  private last: TextLine;
  private text: string;

  constructor(line: TextLine, padded: string) {
    this.first = this.last = line;
    this.text = line.text;
    this.row = line.row;
    this.sequence = at(padded, 3, 6);
    this.detail = at(padded, 7, 10);
    this.bankReference = at(padded, 11, 31).trim();
    this.amount = codaAmount(at(padded, 32, 32), at(padded, 33, 47));
    this.valueDay = codaDay(at(padded, 48, 53));
    this.code = at(padded, 54, 61);
    this.type = this.code.slice(0, 1);
    this.isStructured = at(padded, 62, 62) === '1';
    this.zone = at(padded, 63, 115);
    this.entryDay = codaDay(at(padded, 116, 121));
    this.paperNumber = at(padded, 122, 124);
  }

  /** Adds record 2.2, 2.3, 3.1, 3.2 or 3.3; false where it does not continue what is there. */
  continueWith(line: TextLine, padded: string, version: string): boolean {
    const kind = padded.slice(0, 2);
    const information = this.information.at(-1);
    if ((kind === '32' || kind === '33') && information === undefined) return false;
    this.last = line;
    this.text += `\n${line.text}`;
    if (kind === '22') {
      this.zone += at(padded, 11, 63);
      this.customerReference = at(padded, 64, 98).trim();
      this.bic = at(padded, 99, 109).trim();
      this.returned = codaReturnName(at(padded, 113, 113), at(padded, 114, 117).trim());
    } else if (kind === '23') this.addCounterparty(padded, version);
    else if (kind === '31')
      this.information.push({ isStructured: at(padded, 40, 40) === '1', zone: at(padded, 41, 113) });
    else if (information !== undefined) information.zone += kind === '32' ? at(padded, 11, 115) : at(padded, 11, 100);
    return true;
  }

  /** Why the movement cannot be a transaction; null where it can. */
  get fault(): string | null {
    if (this.amount === null) return 'its amount is not a sign (0 or 1) and 15 digits';
    if (this.entryDay === null)
      return `its entry date "${this.first.text.slice(115, 121)}" is not a day of the calendar`;
    if (!/^\d{8}$/.test(this.code)) return `its transaction code "${this.code}" is not eight digits`;
    return null;
  }

  get place(): RecordPlace {
    return {
      row: this.row,
      byteOffset: this.first.byteOffset,
      byteLength: this.last.byteOffset + this.last.byteLength - this.first.byteOffset,
    };
  }

  get raw(): string {
    return this.text;
  }

  /** Blanks within the account or a half of it: the record's fields may not stand in their columns. */
  get hasDoubtfulAccount(): boolean {
    return /\s/.test(this.account);
  }

  get hasUnreadableValueDate(): boolean {
    return this.valueDay === null;
  }

  /** The communication in plain words, with whether its check digits are right. */
  communication(): { readonly text: string; readonly isValid: boolean } {
    const own = readCodaCommunication(this.zone, this.isStructured);
    const parts = [own.text];
    for (const { zone, isStructured } of this.information) {
      const { text } = readCodaCommunication(zone, isStructured);
      if (text !== '' && !parts.some(part => part.includes(text))) parts.push(text);
    }
    if (this.returned !== '') parts.push(`[${this.returned}]`);
    return { text: parts.filter(part => part !== '').join(' '), isValid: own.isValid };
  }

  /** The movement as a transaction of `amount`; `description` may hold the communication of its details too. */
  transaction(
    amount: Decimal,
    statement: number,
    currency: string | null,
    description: string,
    place: RecordPlace,
  ): ParsedTransaction {
    const named = this.information.map(each => readCodaCommunication(each.zone, each.isStructured).counterparty);
    const counterparty = this.name || (named.find(name => name !== '') ?? '');
    return {
      place,
      statement,
      bookingDate: this.entryDay ?? UNKNOWN_DAY,
      valueDate: this.valueDay ?? UNKNOWN_DAY,
      amount,
      currency,
      // A BIC names the counterparty's bank, not the counterparty.
      description: counterparty === '' && this.bic !== '' ? `${description} [BIC ${this.bic}]`.trim() : description,
      counterparty,
      reference: [this.customerReference, this.bankReference].find(isReference) ?? '',
      type: codaTransactionName(this.code),
      counterpartyAccount: this.account,
    };
  }

  private addCounterparty(padded: string, version: string): void {
    if (version === '1') {
      // Version 1: Belgian account 12, name 26, then address.
      this.account = at(padded, 11, 22).trim();
      this.name = at(padded, 48, 73).trim();
      return;
    }
    this.account = codaCounterpartyAccount(at(padded, 11, 47)).number;
    this.name = at(padded, 48, 82).trim();
    this.zone += at(padded, 83, 125);
  }
}
