import { BalanceChain } from './mt940-controls.ts';
import { type DetailsKind, readDetails } from './mt940-details.ts';
import type { SwiftField, SwiftFieldListener } from './mt940-fields.ts';
import { bareHeader, institutionOfAccount, type MessageHeader, messageHeader } from './mt940-header.ts';
import { withFurther } from './mt940-information.ts';
import { SwiftMessage } from './mt940-message.ts';
import { readStatementLine, type StatementLine } from './mt940-statement-line.ts';
import { FileRefused, type RecordPlace, type StatementSink } from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

/** A field 61 with the fields that follow it. */
interface Entry {
  readonly line: SwiftField;
  readonly information: SwiftField[];
  readonly nonSwift: SwiftField[];
}

/** Fields that begin a message after the end of the one before, even where field 20 is missing. */
const OPENING_TAGS = new Set(['25', '25P', '28', '28C', '60', '60F', '60M']);
const REMARKS: Readonly<Record<StatementLine['remarks'][number], readonly [code: string, message: string]>> = {
  'decimal-point': ['mt940.decimal-point', 'An amount has a decimal point; the standard has a comma'],
  'no-entry-date': ['mt940.date-from-value-date', 'An entry states no entry date; its value date is used'],
  'value-date': [
    'mt940.value-date',
    'The value date of an entry is not a day of the calendar (such as 30 February) and counts as not stated',
  ],
};

/** Turns the fields of messages into statements, transactions, balances, rejected records and warnings. */
export class Mt940Statements implements SwiftFieldListener {
  /** Entries by the way their details are written. */
  readonly kinds = new Map<DetailsKind, number>();
  statements = 0;
  entries = 0;
  enveloped = false;
  private readonly sink: StatementSink;
  private readonly tally = new WarningTally();
  private readonly chain = new BalanceChain();
  private header: MessageHeader = { messageType: null, institution: null };
  private message: SwiftMessage | null = null;
  private entry: Entry | null = null;
  /** Fields outside any message. */
  private orphans: SwiftField[] = [];
  private orphanAccount = false;

  constructor(sink: StatementSink) {
    this.sink = sink;
  }

  headers(text: string): void {
    this.endMessage();
    this.enveloped = true;
    this.take(messageHeader(text));
  }

  outside(text: string, row: number): void {
    const header = bareHeader(text);
    if (header !== null) this.take(header);
    else this.tally.note('mt940.outside-message', row, 'A line belongs to no field of a message and was not read');
  }

  tagRepaired(tag: string, row: number): void {
    this.tally.note(
      'mt940.tag',
      row,
      `The tag of field ${tag} lacks its second colon; what follows is a balance and was read as one`,
    );
  }

  endMessage(): void {
    this.endEntry();
    if (this.message !== null) this.message.ended = true;
  }

  field(field: SwiftField): void {
    const { tag } = field;
    if (tag === '86' || tag === 'NS') {
      if (this.entry !== null) (tag === 'NS' ? this.entry.nonSwift : this.entry.information).push(field);
      else if (this.message !== null) this.message.information(field);
      else this.orphans.push(field);
      return;
    }
    this.endEntry();
    if (tag === '940' || tag === '942') {
      this.take({ messageType: tag, institution: null });
      return;
    }
    const message = this.messageOf(field);
    if (message === null) {
      this.orphans.push(field);
      if (tag.startsWith('25')) this.orphanAccount = true;
    } else if (tag === '61') this.entry = { line: field, information: [], nonSwift: [] };
    else message.set(field);
  }

  /** Ends the last message. Throws FileRefused `mt940.no-statement` when the file holds none. */
  end(): void {
    this.closeMessage();
    if (this.statements === 0) {
      const [first] = this.orphans;
      throw new FileRefused(
        'mt940.no-statement',
        first === undefined
          ? 'The file holds no message of MT940 or MT942 (no field 20).'
          : `The file is a fragment: field ${first.tag} at line ${first.row} stands in no message (no field 20), so account and currency of its entries are not known. Ask for the whole message.`,
        first?.row ?? null,
      );
    }
    for (const field of this.orphans)
      if (field.tag === '61') this.reject(field, [], 'the entry stands before the first message (no field 20)');
      else this.tally.note('mt940.outside-message', field.row, 'A field stands before the first message');
    this.tally.send(this.sink);
  }

  /** The message a field belongs to: field 20 begins one, and where it is missing an account with an opening balance does. */
  private messageOf(field: SwiftField): SwiftMessage | null {
    const { message } = this;
    if (field.tag === '20') this.begin(field);
    else if (message === null) {
      if (!field.tag.startsWith('60') || !this.orphanAccount) return null;
      this.beginWithoutReference(field);
      const orphans = this.orphans.filter(each => OPENING_TAGS.has(each.tag));
      this.orphans = this.orphans.filter(each => !OPENING_TAGS.has(each.tag));
      for (const orphan of orphans) this.message?.set(orphan);
    } else if (message.ended) {
      if (OPENING_TAGS.has(field.tag)) this.beginWithoutReference(field);
      else this.tally.note('mt940.after-end', field.row, `Field ${field.tag} stands after the end of its message`);
    }
    return this.message;
  }

  private begin(field: SwiftField): void {
    this.closeMessage();
    this.message = new SwiftMessage(field.row, this.header.messageType === '942', this.sink, this.tally);
  }

  private beginWithoutReference(field: SwiftField): void {
    this.begin(field);
    this.tally.note('mt940.no-reference', field.row, 'A message has no field 20, which the standard demands');
  }

  private endEntry(): void {
    const { entry, message } = this;
    this.entry = null;
    if (entry === null || message === null) return;
    this.entries++;
    const { line: field, information, nonSwift } = entry;
    const followers = [...information, ...nonSwift];
    const line = readStatementLine(field.lines);
    if ('reason' in line) {
      this.reject(field, followers, line.reason);
      return;
    }
    message.totals.add(line.amount, line.out);
    if (line.expected) {
      this.reject(field, followers, 'expected, not booked (mark EC or ED)');
      this.tally.note('mt940.not-booked', field.row, 'An entry is expected, not booked: it is no transaction');
      return;
    }
    for (const remark of line.remarks) this.tally.note(REMARKS[remark][0], field.row, REMARKS[remark][1]);
    const { information: details, kind } = readDetails(
      information.map(each => each.lines),
      nonSwift.flatMap(each => each.lines),
      line,
      message.account,
    );
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
    const counterpartyAccount = details.counterpartyAccount || line.counterpartyAccount;
    const ownerReference = line.ownerReference === counterpartyAccount ? '' : line.ownerReference;
    const [reference = '', ...others] = [line.bankReference, ownerReference, details.reference].filter(
      text => text !== '',
    );
    const counterparty = details.counterparty || line.counterparty;
    const party = `${counterpartyAccount} ${counterparty}`;
    this.sink.transaction({
      place: placeOf(field, followers),
      statement: this.open(message),
      bookingDate: line.bookingDate,
      valueDate: line.valueDate,
      amount: line.amount,
      currency: message.currency,
      description: withFurther(details.description, [
        party.includes(line.supplementary) ? '' : line.supplementary,
        ...others.filter(each => !details.description.includes(each)).map(each => `ref. ${each}`),
      ]),
      counterparty,
      reference,
      type: details.type || line.code,
      counterpartyAccount,
    });
  }

  private closeMessage(): void {
    this.endEntry();
    const { message } = this;
    this.message = null;
    if (message === null) return;
    this.sink.balances(this.open(message), message.balances);
    message.check();
    if (message.account !== null)
      this.chain.follow(
        `${message.account} ${message.currency}`,
        message.openingBalance,
        message.closingBalance,
        message.where,
        message.row,
        this.sink,
      );
  }

  private open(message: SwiftMessage): number {
    if (message.statement !== null) return message.statement;
    const { account, currency } = message;
    if (currency === null) this.tally.note('mt940.no-currency', message.row, 'A message states no currency');
    message.statement = this.sink.statement({
      accountId: account,
      currency,
      institution: this.header.institution ?? (account === null ? null : institutionOfAccount(account)),
      owner: message.owner,
      statementId: message.statementId,
    });
    this.statements++;
    return message.statement;
  }

  private take(header: MessageHeader): void {
    this.header = {
      messageType: header.messageType ?? this.header.messageType,
      institution: header.institution ?? this.header.institution,
    };
  }

  private reject(field: SwiftField, followers: readonly SwiftField[], reason: string): void {
    const raw = [field, ...followers].map(each => `:${each.tag}:${each.lines.join('\n')}`).join('\n');
    this.sink.reject({ place: placeOf(field, followers), reason, raw });
  }
}

/** A record is its field 61 with the information that follows. */
const placeOf = (field: SwiftField, followers: readonly SwiftField[]): RecordPlace => ({
  row: field.row,
  byteOffset: field.byteOffset,
  byteLength: (followers.at(-1) ?? field).byteEnd - field.byteOffset,
});
