import type { CivilDay } from '../../../kernel/civil-date.ts';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { Decimal } from '../../../kernel/decimal.ts';
import { parseFecAmount } from './fec-amount.ts';
import { FecColumns, type FecLine } from './fec-columns.ts';
import { type FecDateOrder, parseFecDate, provenOrder } from './fec-dates.ts';
import { FecCodec } from './fec-encoding.ts';
import { FecJournal } from './fec-journal.ts';
import { fecSeparatorOf } from './fec-signature.ts';
import { LineReader, type TextLine } from './line-reader.ts';
import type { CreateParser, ParserContext } from './parser-context.ts';
import { refuseUtf16, withoutEndMark } from './plaintext-lines.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type RecordPlace,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

/** French books are kept in euros (Code de commerce, art. L123-22); a FEC does not state its currency. */
const CURRENCY = 'EUR';
const SEPARATOR_NAMES = { '\t': 'tab', '|': '|', ';': ';' } as const;

/** One side of a line. */
interface FecPosting {
  readonly side: 'debit' | 'credit';
  readonly stated: Decimal;
}

class FecParser implements StatementParser {
  readonly format: FormatName = 'fec';
  private readonly sink: StatementSink;
  private readonly lines: LineReader;
  private readonly tally = new WarningTally();
  private readonly journal = new FecJournal();
  private readonly journals = new Map<string, number>();
  private order: FecDateOrder | null;
  /** Lines held back until day and month can be told apart. */
  private waiting: TextLine[] = [];
  private columns: FecColumns | null = null;
  private statement = -1;
  private lineCount = 0;
  private foreignLines = 0;
  private started = false;

  constructor({ sink, codecFor, overrides }: ParserContext) {
    for (const name of Object.keys(overrides))
      if (name !== 'dateOrder')
        throw new FileRefused('dialect.unknown', `A FEC has no setting ${name}; dateOrder is the only one.`);
    const { dateOrder = null } = overrides;
    if (dateOrder !== null && dateOrder !== 'dmy' && dateOrder !== 'mdy')
      throw new FileRefused('dialect.unknown', `dateOrder=${dateOrder}: allowed are dmy, mdy.`);
    this.order = dateOrder;
    this.sink = sink;
    const codec = new FecCodec(codecFor);
    this.lines = new LineReader(
      name => (name === 'utf-8' ? codecFor(name) : codec),
      codec.encoding,
      line => this.line(line),
    );
  }

  write(chunk: Uint8Array): void {
    if (!this.started) refuseUtf16(chunk);
    this.started = true;
    this.lines.write(chunk);
  }

  end(): void {
    this.lines.end();
    if (this.columns === null) throw new FileRefused('file.empty', 'The file is empty: it holds no line.');
    if (this.waiting.length > 0)
      throw new FileRefused(
        'dialect.ambiguous',
        `The dates are not written AAAAMMJJ as the law says, and no date of the file tells day and month apart (first in line ${this.waiting[0]!.row}). State dateOrder.`,
        this.waiting[0]!.row,
        { dateOrder: ['dmy', 'mdy'] },
      );
    this.open();
    this.sink.entries(this.statement, this.journal.count);
    if (this.lineCount === 0)
      this.tally.note('fec.no-lines', null, 'The file names its columns and holds no entry line.');
    this.tally.send(this.sink);
    this.journal.check(this.sink);
  }

  encoding(): string {
    return this.lines.encoding;
  }

  dialect(): Dialect {
    const { columns } = this;
    return {
      variant: columns?.variant ?? null,
      separator: columns === null ? null : SEPARATOR_NAMES[columns.separator],
      columns: columns?.names ?? [],
      dateOrder: this.order,
      lines: this.lineCount,
      entries: this.journal.count,
      linesPerJournal: Object.fromEntries(this.journals),
      sumDebit: this.journal.debitText,
      sumCredit: this.journal.creditText,
      foreignCurrencyLines: this.foreignLines,
    };
  }

  private open(): number {
    if (this.statement < 0)
      this.statement = this.sink.statement({
        accountId: null,
        currency: CURRENCY,
        institution: null,
        owner: null,
        statementId: null,
      });
    return this.statement;
  }

  private line(line: TextLine): void {
    if (/^[\s|;"]*$/.test(withoutEndMark(line.text))) {
      this.tally.note('fec.empty-line', line.row, 'Empty line, which holds no entry');
      return;
    }
    if (this.columns === null) {
      this.columns = new FecColumns(line.text);
      if (this.columns.separator === ';')
        this.tally.note('fec.separator', null, 'The columns are separated by ";", not by tab or "|"');
      return;
    }
    if (/journal_?code/i.test(line.text) && fecSeparatorOf(line.text) !== null) {
      this.tally.note('fec.repeated-header', line.row, 'The column names stand again within the file');
      return;
    }
    if (this.waiting.length === 0) {
      if (!this.record(this.columns, line)) this.waiting.push(line);
      return;
    }
    this.waiting.push(line);
    if (this.order !== null) this.release(this.columns);
    else this.settle(this.columns, line);
  }

  /** Takes the date order from a line that proves one, and reads what waited for it. */
  private settle(columns: FecColumns, line: TextLine): void {
    const read = columns.read(line.text);
    this.order = 'line' in read ? provenOrder(read.line.entryDate) : null;
    if (this.order !== null) this.release(columns);
  }

  private release(columns: FecColumns): void {
    const held = this.waiting;
    this.waiting = [];
    for (const line of held) this.record(columns, line);
  }

  /** Reads one entry line; false where it must wait for the date order. */
  private record(columns: FecColumns, { row, text, byteOffset, byteLength }: TextLine): boolean {
    const place: RecordPlace = { row, byteOffset, byteLength };
    const reject = (reason: string): true => {
      this.sink.reject({ place, reason, raw: text });
      return true;
    };
    const read = columns.read(text);
    if ('reason' in read) return reject(read.reason);
    const { line } = read;
    this.order ??= provenOrder(line.entryDate);
    const date = parseFecDate(line.entryDate, this.order);
    if ('trouble' in date) {
      if (date.trouble === 'order') return false;
      return reject(
        date.trouble === 'none'
          ? 'there is no entry date (EcritureDate)'
          : `the entry date (EcritureDate) "${line.entryDate}" is not a day of the calendar`,
      );
    }
    if (line.account === '') return reject('there is no account (CompteNum)');
    const postings = this.postings(columns, line, row);
    if (typeof postings === 'string') return reject(postings);
    if (!date.standard) this.tally.note('fec.date-format', row, 'A date is not written AAAAMMJJ');
    if (read.short) this.tally.note('fec.short-line', row, 'A line ends before its last columns');
    this.send(place, line, date.day, postings);
    return true;
  }

  private send(place: RecordPlace, line: FecLine, bookingDate: CivilDay, postings: readonly FecPosting[]): void {
    const { row } = place;
    const statement = this.open();
    const entry = line.entryNumber === '' ? '' : `${line.journalCode}/${line.entryNumber}`;
    if (entry === '') this.tally.note('fec.entry-number', row, 'A line has no entry number (EcritureNum)');
    const payment = parseFecDate(line.paymentDate, this.order);
    if ('trouble' in payment && payment.trouble !== 'none')
      this.tally.note('fec.payment-date', row, 'A payment date (DateRglt) is no date');
    const validated = parseFecDate(line.validationDate, this.order);
    if ('trouble' in validated && validated.trouble !== 'none')
      this.tally.note('fec.validation-date', row, 'A validation date (ValidDate) is no date');
    if (line.foreignCurrency !== '') this.foreignLines++;
    this.lineCount++;
    this.journals.set(line.journalCode, (this.journals.get(line.journalCode) ?? 0) + 1);
    if (postings.length > 1)
      this.tally.note('fec.debit-and-credit', row, 'A line states a debit and a credit: given as two ledger lines');
    for (const { side, stated } of postings) {
      this.journal.add(entry, row, side, stated);
      const units = side === 'debit' || stated.units === 0 ? stated.units : -stated.units;
      this.sink.transaction({
        place,
        statement,
        bookingDate,
        valueDate: 'day' in payment ? payment.day : UNKNOWN_DAY,
        amount: { units, scale: stated.scale },
        currency: CURRENCY,
        description: line.text,
        counterparty: line.auxiliaryName,
        counterpartyAccount: line.auxiliary,
        reference: line.documentReference,
        type: joined(line.journalCode, line.journalName),
        category: line.operation,
        ledgerAccount: joined(line.account, line.accountName),
        entry,
        ...('day' in validated ? { enteredDay: validated.day } : {}),
      });
    }
  }

  /** What the line posts: one side, or both where both are stated and neither is zero. A text says why none. */
  private postings(columns: FecColumns, line: FecLine, row: number): readonly FecPosting[] | string {
    if (columns.variant === 'montant-sens') {
      const stated = this.amount('Montant', line.amount, row);
      if (typeof stated === 'string') return stated;
      if (stated === null) return 'there is no amount (Montant)';
      if (/^(?:D|\+?1)$/i.test(line.side)) return [{ side: 'debit', stated }];
      if (/^(?:C|-1)$/i.test(line.side)) return [{ side: 'credit', stated }];
      return `the side (Sens) is "${line.side}", which is neither D nor C, +1 nor -1`;
    }
    const debit = this.amount('Debit', line.debit, row);
    if (typeof debit === 'string') return debit;
    const credit = this.amount('Credit', line.credit, row);
    if (typeof credit === 'string') return credit;
    if (debit === null && credit === null) return 'there is neither a debit nor a credit';
    const both: FecPosting[] = [];
    if (debit !== null && debit.units !== 0) both.push({ side: 'debit', stated: debit });
    if (credit !== null && credit.units !== 0) both.push({ side: 'credit', stated: credit });
    if (both.length > 0) return both;
    return debit === null ? [{ side: 'credit', stated: credit! }] : [{ side: 'debit', stated: debit }];
  }

  /** The amount of a column; null where the cell is empty, a text where it is no amount. */
  private amount(column: string, text: string, row: number): Decimal | null | string {
    if (text === '') return null;
    const amount = parseFecAmount(text);
    if (amount === null) return `the amount (${column}) "${text}" is no number with a decimal comma`;
    if (!amount.standard)
      this.tally.note('fec.number-format', row, 'An amount is not written with a decimal comma alone');
    return amount.value;
  }
}

/** `401000 Fournisseurs`; the code alone where the name is not stated or repeats it. */
const joined = (code: string, name: string): string => (name === '' || name === code ? code : `${code} ${name}`.trim());

/**
 * A streaming reader of the French "fichier des écritures comptables" as a flat file (LPF art. A47 A-1): 18 columns, the
 * cash variants with more, Debit and Credit or Montant and Sens. Debits are positive. Throws FileRefused `file.empty`,
 * `fec.header`, `text.encoding`, `text.line-too-long`, `dialect.ambiguous`, `dialect.unknown`.
 * What becomes of each column: docs/specs/format-fec.md.
 */
export const createFecParser: CreateParser = context => new FecParser(context);
