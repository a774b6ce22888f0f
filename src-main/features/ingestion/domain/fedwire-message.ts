import { type CivilDay, civilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { FedwireTag } from './fedwire-tags.ts';
import type { ParsedTransaction, RecordPlace } from './statement-sink.ts';

/** A party or bank: identifier (account, routing number, BIC …) and name, '' where not given. */
export interface FedwireParty {
  readonly identifier: string;
  readonly name: string;
}

/** Subtypes of {1510} by which money moves: transfer, reversals of one, and a transfer that honours a request for credit. */
const TRANSFERS: Readonly<Record<string, string>> = {
  '00': '',
  '02': 'reversal',
  '08': 'reversal of a prior day',
  '32': 'honoring a request for credit',
};

/** Subtypes that only ask or answer. */
const REQUESTS: Readonly<Record<string, string>> = {
  '01': 'request for reversal',
  '07': 'request for reversal of a prior day transfer',
  '31': 'request for credit (drawdown)',
  '33': 'refusal of a request for credit',
  '90': 'service message',
};

/** The elements of a delimited text; the delimiter is `*`. */
const elements = (text: string): string[] => text.split('*').map(part => part.trim());

/** {4000}–{5200}: identification code 1, identifier 34, then name 35 and address, each ended by `*`, or all at fixed width. */
const party = (text: string): FedwireParty => {
  if (!text.includes('*')) return { identifier: text.slice(1, 35).trim(), name: text.slice(35, 70).trim() };
  const [first = '', name = ''] = elements(text);
  return { identifier: first.slice(1).trim(), name };
};

/** {5010}: party identifier, then lines that begin with a number and a slash; 1 is the name. */
const optionF = (text: string): FedwireParty => {
  const [identifier = '', ...lines] = elements(text);
  const name = lines.find(line => line.startsWith('1/')) ?? '';
  return { identifier: identifier.replace(/^[A-Z]{4}\//, ''), name: name.slice(2) };
};

/** {3100} and {3400}: routing number 9, short name 18. */
const institution = (text: string): FedwireParty => {
  const plain = text.replace(/\*.*$/, '');
  return { identifier: plain.slice(0, 9).trim(), name: plain.slice(9).trim() };
};

/** CCYYMMDD at the head of an accountability number; null where there is none. */
const cycleDay = (text: string): CivilDay | null =>
  /^\d{8}/.test(text) ? civilDay(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8))) : null;

/** One message: its tags, in the order of the file. */
export class FedwireMessage {
  private readonly tags = new Map<string, string>();
  private readonly first: FedwireTag;
  private last: FedwireTag;

  constructor(tag: FedwireTag) {
    this.first = this.last = tag;
    this.add(tag);
  }

  /** Adds a tag. Remittance tags may stand several times and are joined. */
  add(tag: FedwireTag): void {
    this.last = tag;
    const known = this.tags.get(tag.tag);
    this.tags.set(tag.tag, known === undefined ? tag.text : `${known}*${tag.text}`);
  }

  has(tag: string): boolean {
    return this.tags.has(tag);
  }

  get row(): number {
    return this.first.row;
  }

  get place(): RecordPlace {
    const { row, byteOffset } = this.first;
    return { row, byteOffset, byteLength: this.last.byteOffset + this.last.byteLength - byteOffset };
  }

  get raw(): string {
    return [...this.tags].map(([tag, text]) => `{${tag}}${text}`).join('\n');
  }

  get sender(): FedwireParty {
    return institution(this.text('3100'));
  }

  /** {1500}: version 2, correlation 8, T or P, P for a possible duplicate. */
  get isTest(): boolean {
    return this.text('1500').slice(10, 11) === 'T';
  }

  get isPossibleDuplicate(): boolean {
    return this.text('1500').slice(11, 12) === 'P';
  }

  /** Amount in cents; null where {2000} is not twelve digits. */
  get cents(): number | null {
    const text = this.text('2000').replace(/\*$/, '').trim();
    return /^\d{12}$/.test(text) ? Number(text) : null;
  }

  /** Why the message is no transaction; null where it is one. */
  get fault(): string | null {
    const type = this.text('1510').trim();
    const subtype = type.slice(2, 4);
    if (!/^1[056]\d\d/.test(type)) return `the message states no type and subtype that are known ({1510} is "${type}")`;
    const request = REQUESTS[subtype];
    if (request !== undefined) return `a ${request} (type ${type}): no money moves by it`;
    if (TRANSFERS[subtype] === undefined) return `the message's subtype "${subtype}" is not known`;
    if (this.cents === null) return `the amount {2000} "${this.text('2000')}" is not twelve digits`;
    if (!/^\d{9}$/.test(this.sender.identifier))
      return `the sender {3100} "${this.text('3100')}" has no routing number`;
    return null;
  }

  /** Day of the Fedwire cycle: of the input {1520}, else of the output {1120}. UNKNOWN_DAY where neither is stated. */
  get day(): CivilDay {
    return cycleDay(this.text('1520')) ?? cycleDay(this.text('1120')) ?? UNKNOWN_DAY;
  }

  /** The transfer as money out of the sender's account with its Federal Reserve Bank. Only without fault. */
  transaction(cents: number, statement: number): ParsedTransaction {
    const beneficiary = party(this.text('4200'));
    const beneficiaryBank = party(this.text('4100'));
    const receiver = institution(this.text('3400'));
    const type = this.text('1510').trim().slice(0, 4);
    const kind = TRANSFERS[type.slice(2)] ?? '';
    return {
      place: this.place,
      statement,
      bookingDate: this.day,
      valueDate: UNKNOWN_DAY,
      amount: { units: cents === 0 ? 0 : -cents, scale: 2 },
      currency: 'USD',
      description: this.description(),
      counterparty: beneficiary.name || beneficiaryBank.name || receiver.name,
      reference: this.text('1520').replace(/\*.*$/, '').trim() || this.reference('3320'),
      type: `${this.text('3600').slice(0, 3).trim()} ${type}${kind === '' ? '' : ` ${kind}`}`.trim(),
      counterpartyAccount: beneficiary.identifier || beneficiaryBank.identifier || receiver.identifier,
    };
  }

  private text(tag: string): string {
    return this.tags.get(tag) ?? '';
  }

  private reference(tag: string): string {
    return elements(this.text(tag))[0] ?? '';
  }

  private description(): string {
    const originator = this.has('5000') ? party(this.text('5000')) : optionF(this.text('5010'));
    const from = [originator.name, originator.identifier].filter(part => part !== '').join(' ');
    const instructed = this.reference('3710');
    const parts = [
      elements(this.text('6000')).join(' '),
      // {8200}: length 4, then text.
      this.text('8200').slice(4).replaceAll('*', ' '),
      this.reference('4320') === '' ? '' : `reference ${this.reference('4320')}`,
      this.reference('3320') === '' ? '' : `sender reference ${this.reference('3320')}`,
      from === '' ? '' : `from ${from}`,
      instructed === '' || instructed.startsWith('USD') ? '' : `instructed ${instructed}`,
    ];
    return parts
      .map(part => part.replace(/\s+/g, ' ').trim())
      .filter(part => part !== '')
      .join('; ');
  }
}
