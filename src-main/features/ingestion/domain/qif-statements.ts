import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { DecimalSign } from './csv-amount.ts';
import type { DateOrder } from './csv-date.ts';
import { qifAmount, settleDecimalSign } from './qif-amounts.ts';
import { QifDates, settleDates } from './qif-dates.ts';
import type { QifRecord, QifSection } from './qif-records.ts';
import { type QifReading, type QifTransaction, readQifTransaction } from './qif-transaction.ts';
import type { RecordPlace, StatedBalance, StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** The payee by which Quicken marks the record that opens an account, in the languages it was sold in. */
const OPENING_BALANCE =
  /^(?:opening balance|anfangssaldo|er(?:ö|oe)ffnungssaldo|solde (?:initial|d'ouverture)|saldo (?:iniziale|inicial|initial)|beginsaldo|openingssaldo)$/i;

/** The examiner's answers. */
export interface QifAnswers {
  readonly dateOrder: DateOrder | null;
  readonly decimalSign: DecimalSign | null;
}

/** How the file was read. */
export interface QifSettled {
  readonly dateOrder: DateOrder;
  readonly decimalSign: DecimalSign;
  readonly dateOrderReason: string;
  readonly openingBalances: number;
}

const valuesOf = (records: readonly QifRecord[], letters: string): string[] =>
  records.flatMap(({ lines }) =>
    lines.filter(line => letters.includes(line.charAt(0)) && line.length > 1).map(line => line.slice(1)),
  );

/** A record that opens its account: by its payee, and as a transfer from the account itself or as the first record. */
const isOpening = ({ lines }: QifRecord, index: number): boolean =>
  lines.some(line => line.startsWith('P') && OPENING_BALANCE.test(line.slice(1).trim())) &&
  (index === 0 || lines.some(line => line.startsWith('L[')));

/** Sends the records of all sections, once the whole file was read and its dates and amounts can be settled. */
export class QifStatements {
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;
  private openings = 0;

  constructor(sink: StatementSink, tally: WarningTally) {
    this.sink = sink;
    this.tally = tally;
  }

  /** Throws FileRefused `dialect.ambiguous` where the file and the answers leave dates or amounts open. */
  send(sections: readonly QifSection[], answers: QifAnswers): QifSettled {
    const records = sections.filter(each => each.kind !== 'investment').flatMap(each => each.records);
    const dates = new QifDates();
    const { order: dateOrder, reason } = settleDates(valuesOf(records, 'D'), answers.dateOrder, dates);
    const decimalSign = settleDecimalSign(valuesOf(records, 'TU$'), answers.decimalSign);
    const reading: QifReading = { dateOrder, decimalSign, dates };
    for (const section of sections)
      if (section.kind === 'investment') this.investments(section);
      else this.account(section, reading);
    return { dateOrder, decimalSign, dateOrderReason: reason, openingBalances: this.openings };
  }

  private account(section: QifSection, reading: QifReading): void {
    const opener = section.records.find(isOpening);
    const opened = opener === undefined ? null : readQifTransaction(opener, reading, this.tally);
    const opening = opened === null || 'reason' in opened ? null : opened;
    const name = section.account?.get('N') || opening?.transferAccount || null;
    const statement = this.sink.statement({
      accountId: name,
      currency: null,
      institution: null,
      owner: null,
      statementId: null,
    });
    if (name === null)
      this.tally.note('qif.no-account', null, `The account of the records !Type:${section.type} is not named`);
    let lastDay = UNKNOWN_DAY;
    for (const record of section.records) {
      if (opening !== null && record === opener) continue;
      const found = readQifTransaction(record, reading, this.tally);
      if ('reason' in found) {
        this.reject(record, found.reason);
        continue;
      }
      lastDay = Math.max(lastDay, found.day);
      this.transaction(statement, record, found, name);
    }
    if (opener !== undefined && opening !== null) this.openingBalance(opener, opening);
    this.sink.balances(statement, {
      opening: opening && { amount: opening.amount, date: opening.day },
      closing: this.closing(section, reading, lastDay),
    });
  }

  private transaction(statement: number, record: QifRecord, found: QifTransaction, account: string | null): void {
    this.sink.transaction({
      place: placeOf(record),
      statement,
      bookingDate: found.day,
      valueDate: UNKNOWN_DAY,
      amount: found.amount,
      currency: null,
      description: found.description,
      counterparty: found.payee,
      reference: found.reference,
      type: found.type,
      counterpartyAccount: found.transferAccount === account ? '' : found.transferAccount,
      category: found.category,
    });
  }

  private openingBalance(record: QifRecord, opening: QifTransaction): void {
    this.openings++;
    this.sink.warn({
      row: record.row,
      code: 'qif.opening-balance',
      message: `The record at line ${record.row} (${opening.payee}) opens the account: it is its opening balance, not a transaction.`,
    });
  }

  /** The statement balance of `!Account` ($ and /), where no transaction is later. */
  private closing(section: QifSection, reading: QifReading, lastDay: number): StatedBalance | null {
    const amount = qifAmount(section.account?.get('$') ?? '', reading.decimalSign);
    const date = reading.dates.day(section.account?.get('/') ?? '', reading.dateOrder);
    return amount === null || date === null || date < lastDay ? null : { amount, date };
  }

  private investments(section: QifSection): void {
    const statement = this.sink.statement({
      accountId: section.account?.get('N') || null,
      currency: null,
      institution: null,
      owner: null,
      statementId: null,
    });
    this.sink.balances(statement, { opening: null, closing: null });
    for (const record of section.records) {
      const action = valuesOf([record], 'N')[0]?.trim() ?? '';
      const security = valuesOf([record], 'Y')[0]?.trim() ?? '';
      this.reject(
        record,
        `investment record (${`${action} ${security}`.trim() || 'no action'}): its amount states no direction of money`,
      );
    }
    if (section.records.length > 0)
      this.sink.warn({
        row: section.records[0]!.row,
        code: 'qif.investment',
        message: `${section.records.length} records of an investment account were not read as transactions; they are among the rejected records.`,
      });
  }

  private reject(record: QifRecord, reason: string): void {
    this.sink.reject({ place: placeOf(record), reason, raw: record.lines.join('\n') });
  }
}

const placeOf = ({ row, byteOffset, byteLength }: QifRecord): RecordPlace => ({ row, byteOffset, byteLength });
