import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { LineReader, type TextLine } from './line-reader.ts';
import type { CreateParser, ParserContext } from './parser-context.ts';
import { refuseUtf16, withoutEndMark } from './plaintext-lines.ts';
import { SieBalances } from './sie-balances.ts';
import { SieChecksum } from './sie-checksum.ts';
import { SieCompany, sieDate } from './sie-company.ts';
import { SieCodec } from './sie-encoding.ts';
import { type SieField, sieItem, textAt } from './sie-fields.ts';
import { addTo, imbalance, type SieVoucher, SieVoucherNames, samePosting, sieTransaction } from './sie-voucher.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

class SieParser implements StatementParser {
  readonly format: FormatName = 'sie';
  private readonly sink: StatementSink;
  private readonly codec: SieCodec;
  private readonly lines: LineReader;
  private readonly checksum = new SieChecksum();
  private readonly company = new SieCompany();
  private readonly tally = new WarningTally();
  private readonly balances = new SieBalances(this.tally);
  private readonly names = new SieVoucherNames();
  private statement = -1;
  private voucher: SieVoucher | null = null;
  /** Depth of the voucher's braces: its transactions stand between `{` and `}`. */
  private inBlock = false;
  /** A voucher that could not be read: its transactions are rejected with it. */
  private unreadable: string | null = null;
  private transactions = 0;
  private removedLines = 0;
  private addedLines = 0;
  private statedChecksum: string | null = null;
  private items = 0;
  private started = false;

  constructor({ sink, codecFor }: ParserContext) {
    this.sink = sink;
    this.codec = new SieCodec(codecFor);
    const { codec } = this;
    this.lines = new LineReader(
      name => (name === 'utf-8' ? codecFor(name) : codec),
      codec.encoding,
      line => this.line(line),
    );
  }

  write(chunk: Uint8Array): void {
    if (!this.started) refuseUtf16(chunk);
    this.started = true;
    this.checksum.write(chunk);
    this.lines.write(chunk);
  }

  end(): void {
    this.checksum.write(new Uint8Array([0x0a]));
    this.lines.end();
    if (this.items === 0) throw new FileRefused('file.empty', 'The file holds no item of SIE.');
    if (this.inBlock || this.voucher !== null)
      throw new FileRefused(
        'sie.truncated',
        `The file ends within the voucher ${this.voucher?.entry ?? ''} that began in line ${this.voucher?.row ?? '?'}: it is incomplete. Ask for the file again.`,
        this.voucher?.row ?? null,
      );
    this.open();
    this.sink.entries(this.statement, this.names.count);
    this.tally.send(this.sink);
    this.control();
  }

  encoding(): string {
    return this.lines.encoding;
  }

  dialect(): Dialect {
    const { company, balances } = this;
    return {
      sieType: company.type,
      flag: company.flag,
      format: company.format,
      program: company.program,
      generated: company.generated,
      companyNumber: company.number,
      accounts: company.accounts.size,
      vouchers: this.names.count,
      transactions: this.transactions,
      addedLines: this.addedLines,
      removedLines: this.removedLines,
      balances: Object.fromEntries(balances.counts),
      openingBalanceSum: balances.sum('opening'),
      closingBalanceSum: balances.sum('closing'),
      resultSum: balances.sum('result'),
      hasChecksum: this.checksum.begun,
    };
  }

  private open(): number {
    if (this.statement < 0) this.statement = this.sink.statement(this.company.header());
    return this.statement;
  }

  private line(line: TextLine): void {
    const text = withoutEndMark(line.text).trim();
    if (text === '') return;
    if (text === '{' || text === '}') {
      this.brace(text, line);
      return;
    }
    const item = sieItem(text);
    if ('reason' in item) {
      this.broken(line, item.reason);
      return;
    }
    this.items++;
    const { label, fields } = item;
    if (item.unclosed)
      this.tally.note('sie.unclosed-quote', line.row, 'A text lacks its closing quote: it ends with its line');
    if (label === 'TRANS' || label === 'RTRANS' || label === 'BTRANS') this.row(label, fields, line);
    else if (label === 'VER') this.begin(fields, line);
    else if (label === 'KSUMMA') this.statedChecksum = textAt(fields, 0) || this.statedChecksum;
    else if (this.company.item(label, fields)) {
      if (this.statement >= 0 && ['VALUTA', 'FNAMN', 'ORGNR', 'RAR'].includes(label))
        this.tally.note('sie.order', line.row, `#${label} stands after the first voucher, too late to apply to it`);
    } else if (!this.balances.item(label, fields, line.row))
      this.tally.note('sie.unknown-item', line.row, `The label #${label} is none of the format; the item is not read`);
  }

  private brace(text: string, line: TextLine): void {
    if (text === '{' && this.voucher !== null && !this.inBlock) this.inBlock = true;
    else if (text === '}' && this.inBlock) this.close();
    else this.tally.note('sie.brace', line.row, `A "${text}" stands where none belongs`);
  }

  /** A line that is no item: a transaction or voucher of it would be lost, so it is kept as a rejected record. */
  private broken(line: TextLine, reason: string): void {
    const { row, byteOffset, byteLength, text } = line;
    if (this.inBlock || /#(?:TRANS|VER)\b/i.test(text)) {
      this.sink.reject({ place: { row, byteOffset, byteLength }, reason, raw: text });
      if (this.voucher !== null) this.voucher.incomplete = true;
    } else this.tally.note('sie.broken-line', row, `A line cannot be read: ${reason}`);
  }

  private begin(fields: readonly SieField[], line: TextLine): void {
    if (this.voucher !== null) {
      if (this.inBlock) this.tally.note('sie.brace', line.row, 'A voucher begins before the one before it was closed');
      else this.tally.note('sie.empty-voucher', this.voucher.row, 'A voucher has no transactions');
      this.close();
    }
    const [series, number] = [textAt(fields, 0), textAt(fields, 1)];
    const entry = this.names.name(series, number);
    const day = sieDate(textAt(fields, 2));
    this.unreadable =
      day === null ? `the date "${textAt(fields, 2)}" of its voucher ${entry} is not a day of the calendar` : null;
    this.voucher = {
      entry,
      series,
      day: day ?? 0,
      text: textAt(fields, 3),
      enteredDay: this.registered(textAt(fields, 4), line.row),
      signature: textAt(fields, 5),
      row: line.row,
      sum: 0n,
      incomplete: false,
      awaited: null,
    };
    if (this.unreadable !== null) this.reject(line, this.unreadable);
  }

  /** The day on which a voucher was registered (`regdatum`); UNKNOWN_DAY where it is not stated or no day. */
  private registered(text: string, row: number): CivilDay {
    const day = text === '' ? UNKNOWN_DAY : sieDate(text);
    if (day === null)
      this.tally.note(
        'sie.registration-date',
        row,
        `The registration date "${text}" of a voucher is not a day and counts as not stated`,
      );
    return day ?? UNKNOWN_DAY;
  }

  private row(label: string, fields: readonly SieField[], line: TextLine): void {
    const { voucher } = this;
    if (voucher === null || !this.inBlock) {
      this.reject(line, `a #${label} stands outside a voucher`);
      return;
    }
    if (label === 'BTRANS') {
      this.removedLines++;
      this.tally.note('sie.removed-line', line.row, 'A row was removed from its voucher (#BTRANS) and is not booked');
      return;
    }
    if (label === 'RTRANS') {
      this.addedLines++;
      this.unmatched(voucher);
      const { row, byteOffset, byteLength, text } = line;
      voucher.awaited = { fields, place: { row, byteOffset, byteLength }, raw: text };
      return;
    }
    // "#RTRANS must be followed by an identical #TRANS": programs that do not know #RTRANS read that one (SIE 4B).
    if (voucher.awaited !== null && samePosting(voucher.awaited.fields, fields)) voucher.awaited = null;
    this.transaction(fields, voucher, line);
  }

  private transaction(fields: readonly SieField[], voucher: SieVoucher, line: TextLine): void {
    const { row, byteOffset, byteLength } = line;
    if (this.unreadable !== null) {
      this.reject(line, this.unreadable);
      return;
    }
    const read = sieTransaction(fields, voucher, this.company, this.open(), { row, byteOffset, byteLength });
    if (typeof read === 'string') {
      this.reject(line, read);
      return;
    }
    if (!read.standardAmount) this.tally.note('sie.number-format', row, 'An amount has a decimal comma');
    addTo(voucher, read.transaction);
    const year = this.company.years.get(0);
    if (year === undefined || (voucher.day >= year.first && voucher.day <= year.last))
      this.balances.book(read.account, read.transaction.amount);
    this.transactions++;
    this.sink.transaction(read.transaction);
  }

  private reject({ row, byteOffset, byteLength, text }: TextLine, reason: string): void {
    this.sink.reject({ place: { row, byteOffset, byteLength }, reason, raw: text });
    if (this.voucher !== null) this.voucher.incomplete = true;
  }

  /** An added row (`#RTRANS`) without its `#TRANS` would be lost: it is kept as a rejected record. */
  private unmatched(voucher: SieVoucher): void {
    if (voucher.awaited === null) return;
    const { place, raw } = voucher.awaited;
    this.sink.reject({ place, raw, reason: 'an added row (#RTRANS) is not followed by the identical #TRANS' });
    voucher.awaited = null;
  }

  private close(): void {
    const { voucher } = this;
    if (voucher === null) return;
    this.unmatched(voucher);
    const sum = imbalance(voucher);
    if (sum !== null)
      this.sink.warn({
        row: voucher.row,
        code: 'ledger.entry-unbalanced',
        message: `The voucher ${voucher.entry} does not balance: its transactions add up to ${sum}${voucher.incomplete ? ', but not all of them could be read' : ''}.`,
      });
    this.voucher = null;
    this.inBlock = false;
    this.unreadable = null;
  }

  /** Warnings that concern the file as a whole: check sum, balances, encoding. */
  private control(): void {
    const { sink, checksum, codec, company, balances } = this;
    if (checksum.begun && !checksum.closed)
      throw new FileRefused(
        'sie.truncated',
        'The file begins a check sum (#KSUMMA) and does not close it: its end is missing. Ask for the file again.',
      );
    const stated = this.statedChecksum;
    if (checksum.closed && (stated === null || !/^-?\d+$/.test(stated) || Number(stated) >>> 0 !== checksum.value))
      sink.warn({
        row: null,
        code: 'control.hash',
        message: `The check sum of the file is ${checksum.value}, and it states ${stated ?? 'none'} (#KSUMMA): it was changed after it was written.`,
      });
    if (codec.latinLines > 0)
      sink.warn({
        row: null,
        code: 'sie.encoding',
        message: `${codec.latinLines} lines are text in windows-1252 and not in code page 437 as the format wants it${codec.pc8Lines > 0 ? `; ${codec.pc8Lines} are in code page 437` : ''}.`,
      });
    if (this.names.repeated > 0)
      sink.warn({
        row: null,
        code: 'sie.voucher-number',
        message: `${this.names.repeated} vouchers have the series and number of another; they are told apart by (2), (3) ….`,
      });
    if (this.names.count === 0)
      sink.warn({
        row: null,
        code: 'ledger.balances-only',
        message: `The file is of SIE type ${company.type ?? 'not stated'} and holds ${balances.total} balances and no vouchers: there are no transactions to read.`,
      });
    else if (this.addedLines + this.transactions > 0) balances.check(sink);
  }
}

/**
 * A streaming reader of SIE files of types 1 to 4 and 4I (SIE-gruppen, file format 4B and 4C). Debits are positive.
 * Throws FileRefused `file.empty`, `sie.truncated`, `text.encoding`, `text.line-too-long`.
 * What becomes of each item: docs/specs/format-sie.md.
 */
export const createSieParser: CreateParser = context => new SieParser(context);
