import type { CivilDay } from '../../../kernel/civil-date.ts';
import { Bai2Account } from './bai2-account.ts';
import { ControlLevel, checkTrailer } from './bai2-controls.ts';
import { Bai2Fields, bai2Day } from './bai2-fields.ts';
import type { Bai2Irregularity, Bai2Record, Bai2RecordListener } from './bai2-records.ts';
import { type Bai2Remark, readBai2Transaction } from './bai2-transaction.ts';
import { detailName } from './bai2-type-codes.ts';
import { FileRefused, type RecordPlace, type StatementSink } from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

/** A group (record 02): accounts of one originator as of one day. */
interface Group {
  readonly originator: string;
  readonly asOf: string;
  readonly day: CivilDay | null;
  readonly currency: string;
  /** Why its details are no bookings: the group deletes (status 2) or is a test (status 4). */
  readonly void: string | null;
  readonly level: ControlLevel;
}

const VOID: Readonly<Record<string, string>> = {
  '2': 'the group deletes data sent before (status 2): its records are no bookings',
  '4': 'the group is a test (status 4): its records are no bookings',
};
const IRREGULAR: Readonly<Record<Bai2Irregularity, string>> = {
  'wrapped-line': 'A text runs on in a line without the record code 88',
  'one-line': 'Several records stand on one line',
  'continuation-mark': 'A continuation is written 88: in place of 88,',
};
const REMARKS: Readonly<Record<Bai2Remark, string>> = {
  'funds-type': 'The funds type of a transaction is none of BAI2; no availability was read',
  'value-date': 'The value date of a transaction is not a day of the calendar and counts as not stated',
  distribution: 'The availability amounts of a transaction (funds type S or D) do not add up to its amount',
  'signed-amount': 'The amount of a transaction has a minus, against BAI2, and was taken with it',
  'type-code': 'A transaction has a type code that is no detail code of BAI2 (a summary or the bank’s own code)',
};

/** Turns records into statements (one for each account record), transactions, balances and control warnings. */
export class Bai2Statements implements Bai2RecordListener {
  readonly header: Record<string, string> = {};
  statements = 0;
  transactions = 0;
  physical = 0;
  groups = 0;
  /** Status and summary type codes of account records, with how often they stand. */
  readonly summaries: Record<string, number> = {};
  private readonly sink: StatementSink;
  private readonly tally = new WarningTally();
  private file: ControlLevel | null = null;
  private group: Group | null = null;
  private account: Bai2Account | null = null;
  private files = 0;

  constructor(sink: StatementSink) {
    this.sink = sink;
  }

  record(record: Bai2Record): void {
    const { code, place } = record;
    this.physical += record.physical;
    if (this.file === null && code !== '01') {
      if (this.files === 0)
        throw new FileRefused(
          'bai2.no-header',
          `The record at line ${place.row} has the code ${code}; a BAI2 file begins with a file header, code 01. Ask for a correct file.`,
          place.row,
        );
      this.reject(record, 'the record stands after the file trailer (99)');
      return;
    }
    for (const level of [this.file, this.group?.level, this.account?.level])
      if (level) level.records += record.physical;
    switch (code) {
      case '01':
        this.beginFile(record);
        break;
      case '02':
        this.beginGroup(record);
        break;
      case '03':
        this.beginAccount(record);
        break;
      case '16':
        this.transaction(record);
        break;
      case '49':
        this.endAccount(record);
        break;
      case '98':
        this.endGroup(record);
        break;
      case '99':
        this.endFile(record);
        break;
      default:
        this.reject(record, `${code} is no record code of BAI2`);
    }
  }

  stray(place: RecordPlace, text: string): void {
    if (this.files === 0)
      throw new FileRefused('bai2.no-header', `Line ${place.row} is no file header of BAI2 (code 01).`, place.row);
    this.sink.reject({ place, reason: 'the line is no record of BAI2 and continues none', raw: text });
  }

  irregular(what: Bai2Irregularity, row: number): void {
    this.tally.note(`bai2.${what}`, row, IRREGULAR[what]);
  }

  /** Throws FileRefused `bai2.truncated` where the file trailer is missing. */
  end(): void {
    if (this.file !== null || this.files === 0)
      throw new FileRefused(
        'bai2.truncated',
        'The file ends without a file trailer (record 99) and may be cut off. Ask for a complete copy.',
      );
    this.tally.send(this.sink);
  }

  private beginFile(record: Bai2Record): void {
    const { row } = record.place;
    if (this.file !== null)
      throw new FileRefused('bai2.truncated', `A second file begins at line ${row} before the first has ended.`, row);
    const fields = new Bai2Fields(record.pieces);
    for (const name of ['sender', 'receiver', 'created', 'time', 'fileId', 'recordLength', 'blockSize', 'version'])
      this.header[name] = fields.next();
    const { version = '' } = this.header;
    if (version !== '2' && version !== '3')
      throw new FileRefused(
        'bai2.version',
        `The file header states version "${version}"; versions 2 and 3 are read.`,
        row,
      );
    if (version === '3') this.tally.note('bai2.version', row, 'The file is of version 3 (BTRS) and read as version 2');
    this.files++;
    this.file = new ControlLevel('the file');
    this.file.records = record.physical;
  }

  private beginGroup(record: Bai2Record): void {
    const { row } = record.place;
    this.requireClosed('group', row);
    const fields = new Bai2Fields(record.pieces);
    const [, originator, status, asOf, , currency, modifier] = [0, 0, 0, 0, 0, 0, 0].map(() => fields.next()) as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const level = new ControlLevel(`the group at line ${row}`);
    level.records = record.physical;
    this.groups++;
    this.group = { originator, asOf, day: bai2Day(asOf), currency, void: VOID[status] ?? null, level };
    if (status === '3')
      this.tally.note(
        'bai2.correction',
        row,
        'A group corrects data sent before (status 3): the same bookings may stand in an earlier file',
      );
    else if (status !== '1')
      this.tally.note(
        'bai2.group-status',
        row,
        VOID[status] ?? `A group has the status "${status}", which is none of BAI2`,
      );
    if (modifier === '1' || modifier === '3')
      this.tally.note('bai2.interim', row, 'A group is interim data: a final report may replace it');
  }

  private beginAccount(record: Bai2Record): void {
    const { row } = record.place;
    const { group } = this;
    this.requireClosed('account', row);
    if (group === null)
      throw new FileRefused('bai2.structure', `The account at line ${row} stands in no group (record 02).`, row);
    const account = new Bai2Account(record.pieces, row, group.currency, group.day);
    account.level.records = record.physical;
    this.account = account;
    this.statements++;
    account.statement = this.sink.statement({
      accountId: account.number || null,
      currency: account.currency,
      institution: group.originator || null,
      owner: null,
      statementId: null,
    });
    for (const { code } of account.summaries) this.summaries[code] = (this.summaries[code] ?? 0) + 1;
    if (!account.currencyStated)
      this.tally.note('bai2.currency', row, 'Neither account nor group states a currency, which in BAI2 means USD');
    if (account.usesAvailable)
      this.tally.note(
        'bai2.available-balance',
        row,
        'An account states no ledger balance (010, 015): its available balances (040, 045) are given',
      );
    if (account.unread !== null)
      this.sink.warn({
        row,
        code: 'bai2.summary',
        message: `Of ${account.level.what} the summary fields cannot be read from here: ${account.unread.slice(0, 100)}`,
      });
  }

  private transaction(record: Bai2Record): void {
    const { account, group } = this;
    const { row } = record.place;
    this.transactions++;
    if (account === null || group === null)
      throw new FileRefused('bai2.structure', `The transaction at line ${row} stands in no account (record 03).`, row);
    const read = readBai2Transaction(record.pieces);
    if ('reason' in read) {
      this.reject(record, read.reason);
      return;
    }
    account.add(read.direction, read.units);
    if (group.void !== null || group.day === null) {
      this.reject(record, group.void ?? `the as-of date "${group.asOf}" of its group is not a day of the calendar`);
      return;
    }
    for (const remark of read.remarks) this.tally.note(`bai2.${remark}`, row, REMARKS[remark]);
    const units = read.direction === 'credit' || read.units === 0 ? read.units : -read.units;
    const name = detailName(read.code);
    this.sink.transaction({
      place: record.place,
      statement: account.statement,
      bookingDate: group.day,
      valueDate: read.valueDate,
      amount: { units, scale: account.scale },
      currency: account.currency,
      description: read.description,
      counterparty: read.counterparty,
      reference: read.bankReference || read.customerReference || read.endToEndId,
      type: name === null ? read.code : `${read.code} ${name}`,
      counterpartyAccount: read.counterpartyAccount,
    });
  }

  private endAccount(record: Bai2Record): void {
    const { account, group } = this;
    const { row } = record.place;
    if (account === null || group === null)
      throw new FileRefused('bai2.structure', `The account trailer at line ${row} ends no account.`, row);
    const fields = new Bai2Fields(record.pieces);
    const stated = { total: fields.next(), children: null, records: fields.next() };
    group.level.total += checkTrailer(account.level, stated, '', row, this.sink);
    this.closeAccount(account, group);
  }

  private closeAccount(account: Bai2Account, group: Group): void {
    group.level.children++;
    this.sink.balances(account.statement, account.balances);
    for (const message of account.notDetailed())
      this.sink.warn({ row: account.row, code: 'bai2.not-detailed', message: `Not all is detailed: ${message}.` });
    this.account = null;
  }

  private endGroup(record: Bai2Record): void {
    const { row } = record.place;
    this.requireClosed('account', row);
    const { group, file } = this;
    if (group === null || file === null)
      throw new FileRefused('bai2.structure', `The group trailer at line ${row} ends no group.`, row);
    const fields = new Bai2Fields(record.pieces);
    const stated = { total: fields.next(), children: fields.next(), records: fields.next() };
    file.total += checkTrailer(group.level, stated, 'accounts', row, this.sink);
    file.children++;
    this.group = null;
  }

  private endFile(record: Bai2Record): void {
    const { row } = record.place;
    this.requireClosed('group', row);
    const fields = new Bai2Fields(record.pieces);
    const stated = { total: fields.next(), children: fields.next(), records: fields.next() };
    if (this.file !== null) checkTrailer(this.file, stated, 'groups', row, this.sink);
    this.file = null;
  }

  /** Ends an account, or a group with its account, whose trailer is missing, and tells so: its control total cannot be checked. */
  private requireClosed(level: 'account' | 'group', row: number): void {
    const { account, group, file } = this;
    if (account !== null && group !== null) {
      this.tally.note('control.missing', row, `The trailer (49) of ${account.level.what} is missing`);
      group.level.total += account.level.total;
      this.closeAccount(account, group);
    }
    if (level === 'account' || group === null || file === null) return;
    this.tally.note('control.missing', row, `The trailer (98) of ${group.level.what} is missing`);
    file.total += group.level.total;
    file.children++;
    this.group = null;
  }

  private reject({ place, raw }: Bai2Record, reason: string): void {
    this.sink.reject({ place, reason, raw });
  }
}
