import { isCurrencyCode } from '../../../kernel/currency.ts';
import { CamtBalances } from './camt-balances.ts';
import { CamtDetails } from './camt-details.ts';
import { type EntrySurroundings, readEntry } from './camt-entry.ts';
import {
  type BalanceField,
  type CamtFormat,
  type EntryField,
  JOINED_ENTRY_FIELDS,
  type StatementField,
} from './camt-fields.ts';
import { statementDay } from './camt-statement-day.ts';
import { CamtSummary, hasSummary } from './camt-summary.ts';
import { UnbookedEntries } from './camt-unbooked.ts';
import { directionSign, signedAmount } from './camt-values.ts';
import { FileRefused, type RecordPlace, type StatementHeader, type StatementSink } from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';
import { XmlFields } from './xml-paths.ts';
import { unitsOf } from './xml-values.ts';

/** ISO 20022 CopyDuplicate1Code. */
const COPIES: Readonly<Record<string, string>> = {
  COPY: 'a copy for another party',
  DUPL: 'a duplicate of a statement that was sent before',
  CODU: 'a copy of a duplicate',
};

/** Turns the aggregates of a message into statements, transactions, balances, rejected records and warnings. */
export class CamtStatements {
  readonly tally = new WarningTally();
  readonly statement = new XmlFields<StatementField>();
  readonly balance = new XmlFields<BalanceField>();
  readonly entry = new XmlFields<EntryField>(JOINED_ENTRY_FIELDS);
  readonly details = new CamtDetails();
  /** Balances that are no booked ones, as the file states them. */
  readonly otherBalances: string[] = [];
  statements = 0;
  entries = 0;
  booked = 0;
  /** TxDtls of all entries. */
  transactionDetails = 0;
  private readonly sink: StatementSink;
  private readonly unbooked = new UnbookedEntries();
  private balances = new CamtBalances(this.tally, this.otherBalances);
  /** Null where the statement does not sum up its entries. */
  private summary: CamtSummary | null = null;
  private header: StatementHeader | null = null;
  private around: EntrySurroundings | null = null;
  /** Statements of the account in other currencies than that of its entries, which do not add up with them. */
  private readonly others = new Map<string, number>();
  private entriesCurrency = '';
  private intraday = false;

  constructor(sink: StatementSink) {
    this.sink = sink;
  }

  beginMessage(format: CamtFormat): void {
    this.intraday = format === 'camt.052';
  }

  beginStatement(): void {
    this.statement.clear();
    this.balances = new CamtBalances(this.tally, this.otherBalances);
    this.summary = null;
    this.around = null;
    this.others.clear();
    this.entriesCurrency = '';
  }

  /** The schema puts the account before the entries; read any other way, entries would be given to no account. */
  statementField(field: StatementField, text: string): void {
    if (this.around && (field === 'iban' || field === 'otherAccount' || field === 'currency'))
      throw new FileRefused(
        'camt.account-after-entries',
        `Statement ${this.statements} names its account after its entries, against the schema of camt. Ask the bank for a valid file.`,
        this.entries,
      );
    this.statement.add(field, text);
  }

  endBalance(): void {
    this.balances.add(this.balance);
  }

  endStatement(): void {
    const { statement } = this.open();
    const page = this.statement.get('page');
    const last = this.statement.get('isLastPage');
    const hasPageBefore = /^\d+$/.test(page) && Number(page) > 1;
    const hasPageAfter = /^(?:false|0)$/.test(last);
    const currency = this.header?.currency ?? null;
    this.sink.balances(
      statement,
      this.balances.pick({ intraday: this.intraday, hasPageBefore, hasPageAfter, currency }),
    );
    if (hasPageBefore || hasPageAfter)
      this.tally.note(
        'camt.page',
        null,
        `A statement is page ${page} of several${hasPageAfter ? ', and more follow' : ''}: the other pages must be here too for it to be whole`,
      );
    const copy = COPIES[this.statement.get('copy')];
    if (copy !== undefined)
      this.tally.note('camt.copy', null, `A statement is ${copy} (CpyDplctInd): its entries may be imported already`);
    this.summary?.check(this.statement, this.sink);
  }

  endEntry(byteOffset: number, byteLength: number, raw: () => string): void {
    const around = this.open();
    const place: RecordPlace = { row: ++this.entries, byteOffset, byteLength };
    const { entry, details } = this;
    this.transactionDetails += details.count;
    const status = entry.get('status');
    const isBooked = status === '' || status === 'BOOK';
    if (this.summary !== null) this.addToSummary(this.summary, isBooked);
    if (status === '')
      this.tally.note('camt.status', place.row, 'An entry states no booking status (Sts) and is taken as booked');
    if (!isBooked) {
      const reason = this.unbooked.add(status, entry.get('amount'), entry.get('currency'), entry.get('direction'));
      this.sink.reject({ place, reason, raw: raw() });
      return;
    }
    const read = readEntry(entry, details, place, around);
    if ('reason' in read) {
      this.sink.reject({ place, reason: read.reason, raw: raw() });
      return;
    }
    if (details.transactions(entry) > 1)
      this.tally.note(
        'camt.batch',
        place.row,
        'An entry sums up several transactions; it is one transaction here, with the amount that was booked',
      );
    for (const { code, message } of details.faults(entry)) this.tally.note(code, place.row, message);
    this.booked++;
    this.sink.transaction({ ...read, statement: this.statementOf(read.currency, place.row, around.statement) });
  }

  /** Sends the warnings that concern the whole file. */
  sendWarnings(): void {
    this.tally.send(this.sink);
    this.unbooked.warn(this.sink);
  }

  private addToSummary(summary: CamtSummary, isBooked: boolean): void {
    const { entry } = this;
    const sign = directionSign(entry.get('direction'));
    const amount = sign === null ? null : signedAmount(entry.get('amount'), sign);
    summary.add(amount === null ? null : unitsOf(amount), entry.get('currency'), isBooked);
  }

  private open(): EntrySurroundings {
    if (this.around) return this.around;
    if (hasSummary(this.statement)) this.summary = new CamtSummary();
    const text = (field: StatementField): string | null => this.statement.get(field) || null;
    const accountId = text('iban') ?? text('otherAccount');
    if (accountId === null) this.tally.note('camt.account', null, 'A statement names no account');
    this.header = {
      accountId,
      currency: text('currency') ?? this.balances.currency ?? this.balances.openingCurrency,
      institution: text('servicerName') ?? text('servicerBic') ?? text('servicerMember'),
      owner: text('owner'),
      statementId: text('id') ?? text('electronicNumber') ?? text('legalNumber'),
    };
    const statement = this.sink.statement(this.header);
    this.statements++;
    const day = statementDay(this.statement, this.balances.dates());
    this.around = { statement, accountId, day, tally: this.tally };
    return this.around;
  }

  /** The statement of an entry: its own, or one of the same account for entries of another currency than the first's. */
  private statementOf(currency: string | null, row: number, own: number): number {
    if (currency === null || this.header === null) return own;
    if (this.entriesCurrency === '') {
      this.entriesCurrency = currency;
      const stated = this.header.currency;
      if (stated !== null && isCurrencyCode(stated) && stated !== currency)
        this.tally.note('camt.entry-currency', row, `Entries are in ${currency}, their statement in ${stated}`);
    }
    if (currency === this.entriesCurrency) return own;
    const known = this.others.get(currency);
    if (known !== undefined) return known;
    this.tally.note(
      'camt.entry-currency',
      row,
      `Entries of a statement are in ${this.entriesCurrency} and in ${currency}: those in ${currency} are a statement of their own`,
    );
    const other = this.sink.statement({ ...this.header, currency });
    this.others.set(currency, other);
    return other;
  }
}
