import { CamtBalances } from './camt-balances.ts';
import { type EntrySurroundings, readEntry } from './camt-entry.ts';
import {
  type BalanceField,
  type CamtAggregate,
  type CamtField,
  CamtFields,
  type DetailField,
  type EntryField,
  type StatementField,
} from './camt-fields.ts';
import { statementDay } from './camt-statement-day.ts';
import { UnbookedEntries } from './camt-unbooked.ts';
import type { CamtFormat, CamtListener } from './camt-walker.ts';
import { FileRefused, type RecordPlace, type StatementSink } from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

/** Marks where an entry lies in the file: implemented by XmlReader. */
interface RecordMarks {
  beginRecord(): number;
  endRecord(): { byteLength: number; raw: () => string };
}

/** Turns the aggregates of a message into statements, transactions, balances, rejected records and warnings. */
export class CamtStatements implements CamtListener {
  readonly tally = new WarningTally();
  format: CamtFormat | null = null;
  statements = 0;
  entries = 0;
  booked = 0;
  private readonly sink: StatementSink;
  private readonly marks: () => RecordMarks;
  private readonly unbooked = new UnbookedEntries();
  private readonly statement = new CamtFields<StatementField>();
  private readonly balance = new CamtFields<BalanceField>();
  private readonly entry = new CamtFields<EntryField>();
  private readonly details = new CamtFields<DetailField>();
  private balances = new CamtBalances(this.tally);
  private around: EntrySurroundings | null = null;
  private intraday = false;
  private currency: string | null = null;
  private entriesBefore = 0;
  private detailCount = 0;
  private entryOffset = 0;

  constructor(sink: StatementSink, marks: () => RecordMarks) {
    this.sink = sink;
    this.marks = marks;
  }

  message(format: CamtFormat): void {
    this.format ??= format;
    this.intraday = format === 'camt.052';
    if (format !== this.format)
      this.tally.note(
        'camt.mixed-messages',
        null,
        `The file holds messages of different kinds: ${this.format} and ${format}`,
      );
  }

  begin(aggregate: CamtAggregate): boolean {
    if (aggregate === 'statement') {
      this.statement.clear();
      this.balances = new CamtBalances(this.tally);
      this.around = null;
      this.entriesBefore = this.entries;
    } else if (aggregate === 'balance') this.balance.clear();
    else if (aggregate === 'entry') {
      this.entry.clear();
      this.details.clear();
      this.detailCount = 0;
      this.entryOffset = this.marks().beginRecord();
    } else return ++this.detailCount === 1;
    return true;
  }

  field(owner: CamtAggregate, field: CamtField, text: string): void {
    if (owner === 'entry') this.entry.add(field, text);
    else if (owner === 'details') this.details.add(field, text);
    else if (owner === 'balance') this.balance.add(field, text);
    else this.statementField(field, text);
  }

  end(aggregate: CamtAggregate): void {
    if (aggregate === 'entry') this.endEntry();
    else if (aggregate === 'balance') this.balances.add(this.balance);
    else if (aggregate === 'statement') this.endStatement();
  }

  /** Sends the warnings that concern the whole file. */
  sendWarnings(): void {
    this.tally.send(this.sink);
    this.unbooked.warn(this.sink);
  }

  private statementField(field: CamtField, text: string): void {
    // The schema puts the account before the entries; read any other way, entries would be given to no account.
    if (this.around && (field === 'iban' || field === 'otherAccount' || field === 'currency'))
      throw new FileRefused(
        'camt.account-after-entries',
        `Statement ${this.statements} names its account after its entries, against the schema of camt. Ask the bank for a valid file.`,
        this.entries,
      );
    this.statement.add(field, text);
  }

  private open(): EntrySurroundings {
    if (this.around) return this.around;
    const text = (field: StatementField): string | null => this.statement.get(field) || null;
    this.currency = text('currency') ?? this.balances.currency ?? this.balances.openingCurrency;
    const accountId = text('iban') ?? text('otherAccount');
    if (accountId === null) this.tally.note('camt.account', null, 'A statement names no account');
    const statement = this.sink.statement({
      accountId,
      currency: this.currency,
      institution: text('servicerName') ?? text('servicerBic') ?? text('servicerMember'),
      owner: text('owner'),
      statementId: text('id') ?? text('electronicNumber') ?? text('legalNumber'),
    });
    this.statements++;
    const day = statementDay(this.statement, this.balances.dates());
    this.around = { statement, accountId, day, tally: this.tally };
    return this.around;
  }

  private endStatement(): void {
    const { statement } = this.open();
    this.sink.balances(statement, this.balances.pick(this.intraday, this.currency));
    const stated = this.statement.get('statedEntries');
    const found = this.entries - this.entriesBefore;
    if (/^\d+$/.test(stated) && Number(stated) !== found)
      this.tally.note('camt.entry-count', null, `A statement states ${stated} entries (TtlNtries) and has ${found}`);
  }

  private endEntry(): void {
    const around = this.open();
    const { byteLength, raw } = this.marks().endRecord();
    const place: RecordPlace = { row: ++this.entries, byteOffset: this.entryOffset, byteLength };
    const status = this.entry.get('status');
    if (status === '')
      this.tally.note('camt.status', place.row, 'An entry states no booking status (Sts) and is taken as booked');
    else if (status !== 'BOOK') {
      const { entry } = this;
      const reason = this.unbooked.add(status, entry.get('amount'), entry.get('currency'), entry.get('direction'));
      this.sink.reject({ place, reason, raw: raw() });
      return;
    }
    const stated = Number(this.entry.get('batchSize'));
    const transactions = Math.max(this.detailCount, Number.isInteger(stated) ? stated : 0);
    const details = this.detailCount === 1 ? this.details : null;
    const read = readEntry(this.entry, details, transactions, place, around);
    if ('reason' in read) {
      this.sink.reject({ place, reason: read.reason, raw: raw() });
      return;
    }
    if (transactions > 1)
      this.tally.note(
        'camt.batch',
        place.row,
        'An entry sums up several transactions; it is one transaction here, with the amount that was booked',
      );
    this.booked++;
    this.sink.transaction(read);
  }
}
