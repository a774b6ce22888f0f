import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { TextLine } from './line-reader.ts';
import { norma43ConceptName } from './norma43-concepts.ts';
import { currencyOfNumber } from './norma43-currency.ts';
import { at, norma43Cents, norma43SignedCents } from './norma43-fields.ts';
import { dayOfYymmdd } from './short-date.ts';
import type { ParsedTransaction, RecordPlace } from './statement-sink.ts';

/** A reference of nothing but zeros or blanks is none. */
const stated = (text: string): string => (/^[0\s]*$/.test(text) ? '' : text.trim());

/** The two references; text that runs over both (`ORDEN PAGO R` and `ECIBO`), as some banks write it, is one. */
const referencesOf = (first: string, second: string): readonly string[] =>
  /^\S.* .*\p{L}$/u.test(first) && /^\p{L}/u.test(second) ? [first + second] : [first, second];

/** One movement: record 22 with its complements 23 (concepts) and 24 (amount in the original currency). */
export class Norma43Movement {
  readonly row: number;
  /** Signed cents; null where unreadable. */
  readonly cents: number | null;
  private readonly operationDay: CivilDay | null;
  private readonly valueDay: CivilDay | null;
  private readonly type: string;
  private readonly references: readonly string[];
  private readonly concepts: string[] = [];
  private original = '';
  private readonly first: TextLine;
  private last: TextLine;
  private text: string;

  constructor(line: TextLine, padded: string) {
    this.first = this.last = line;
    this.text = line.text;
    this.row = line.row;
    this.operationDay = dayOfYymmdd(at(padded, 11, 16));
    this.valueDay = dayOfYymmdd(at(padded, 17, 22));
    this.type = norma43ConceptName(at(padded, 23, 24), at(padded, 25, 27));
    this.cents = norma43SignedCents(at(padded, 28, 28), at(padded, 29, 42));
    this.references = [...referencesOf(at(padded, 53, 64), at(padded, 65, 80)), at(padded, 43, 52)]
      .map(stated)
      .filter(text => text !== '');
  }

  addConcept(line: TextLine, padded: string): void {
    this.extend(line);
    this.concepts.push(at(padded, 5, 80).replace(/\s+/g, ' ').trim());
  }

  /** Adds record 24; false where its amount or currency is unreadable. */
  addOriginalAmount(line: TextLine, padded: string): boolean {
    this.extend(line);
    const cents = norma43Cents(at(padded, 8, 21));
    const currency = currencyOfNumber(at(padded, 5, 7));
    if (cents === null || currency === null) return false;
    this.original = `[original amount ${formatUnits(cents, 2)} ${currency}]`;
    return true;
  }

  /** Why the movement cannot be a transaction; null where it can. */
  get fault(): string | null {
    if (this.cents === null) return 'its amount is not 1 or 2 (debit or credit) and 14 digits';
    if (this.operationDay === null)
      return `its operation date "${this.first.text.slice(10, 16)}" is not a day of the calendar (YYMMDD)`;
    return null;
  }

  get hasUnreadableValueDate(): boolean {
    return this.valueDay === null;
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

  /** The movement as a transaction of `cents`, an amount with two decimals as the standard prescribes. */
  transaction(cents: number, statement: number, currency: string | null): ParsedTransaction {
    const [reference = '', ...others] = this.references;
    return {
      place: this.place,
      statement,
      bookingDate: this.operationDay ?? UNKNOWN_DAY,
      valueDate: this.valueDay ?? UNKNOWN_DAY,
      amount: { units: cents, scale: 2 },
      currency,
      description: [...this.concepts, ...others.map(text => `ref. ${text}`), this.original]
        .filter(text => text !== '')
        .join(' '),
      counterparty: '',
      reference,
      type: this.type,
      counterpartyAccount: '',
    };
  }

  private extend(line: TextLine): void {
    this.last = line;
    this.text += `\n${line.text}`;
  }
}
