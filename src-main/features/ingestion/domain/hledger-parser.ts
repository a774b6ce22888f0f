import type { CivilDay } from '../../../kernel/civil-date.ts';
import { type AssertedPosting, brokenAssertions, RunningBalances } from './hledger-assertions.ts';
import { UnitConversions } from './hledger-balance.ts';
import { type JournalDateOrder, JournalDates } from './hledger-dates.ts';
import type { EntryStatus, WrittenEntry } from './hledger-entry.ts';
import { JournalReader } from './hledger-journal.ts';
import { type DecimalMark, DecimalMarks } from './hledger-number.ts';
import { type SettledAmount, type SettledEntry, settleEntry } from './hledger-settle.ts';
import { isQuantity, type Quantity, quantityOf, writtenAmounts } from './hledger-values.ts';
import { ledgerDescription } from './ledger-description.ts';
import { LineReader } from './line-reader.ts';
import type { CreateParser, ParserContext } from './parser-context.ts';
import { warnOfCommodities } from './plaintext-commodities.ts';
import { PLAINTEXT_MAX_BYTES, refuseUtf16 } from './plaintext-lines.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

class HledgerParser implements StatementParser {
  readonly format: FormatName = 'hledger';
  private readonly sink: StatementSink;
  private readonly lines: LineReader;
  private readonly tally = new WarningTally();
  private readonly marks: DecimalMarks;
  private readonly dates: JournalDates;
  private readonly journal: JournalReader;
  private readonly units = new UnitConversions();
  private readonly commodities = new Set<string>();
  private postings = 0;
  private inferred = 0;
  private exchanges = 0;
  private statement = -1;
  private length = 0;

  constructor({ sink, codecFor, overrides }: ParserContext) {
    const answers = answersOf(overrides);
    this.sink = sink;
    this.marks = new DecimalMarks(answers.decimalSign);
    this.dates = new JournalDates(answers.dateOrder);
    this.journal = new JournalReader(sink, this.tally, this.marks, this.dates);
    this.lines = new LineReader(codecFor, 'windows-1252', line => this.journal.line(line));
  }

  write(chunk: Uint8Array): void {
    if (this.length === 0) refuseUtf16(chunk);
    this.length += chunk.length;
    if (this.length > PLAINTEXT_MAX_BYTES)
      throw new FileRefused(
        'file.too-large',
        `The journal is larger than ${PLAINTEXT_MAX_BYTES / 1_048_576} MiB. Have it split by year.`,
      );
    this.lines.write(chunk);
  }

  end(): void {
    this.lines.end();
    const { entries } = this.journal;
    const question = this.dates.question();
    if (question !== null)
      throw new FileRefused(
        'dialect.ambiguous',
        `The dates do not begin with a year of four digits, and none of them tells day, month and year apart (first in line ${question.row}). State dateOrder.`,
        question.row,
        { dateOrder: question.orders },
      );
    if (this.dates.hasShortYears)
      this.tally.note('plaintext.short-year', null, 'Years have two digits: 69 to 99 are taken as 1969 to 1999');
    const decimals = this.observe(entries);
    const settled = this.settle(entries, decimals);
    this.statement = this.sink.statement({
      accountId: null,
      currency: this.commodities.size === 1 ? ([...this.commodities][0] ?? null) : null,
      institution: null,
      owner: null,
      statementId: null,
    });
    for (const entry of settled) this.send(entry);
    this.sink.entries(this.statement, entries.length);
    if (entries.length === 0)
      this.tally.note('plaintext.no-entries', null, 'The journal holds directives and no entry');
    this.tally.send(this.sink);
    warnOfCommodities(this.sink, this.commodities);
    this.assertions(settled);
  }

  encoding(): string {
    return this.lines.encoding;
  }

  dialect(): Dialect {
    const { entries, directives } = this.journal;
    return {
      transactions: entries.length,
      postings: this.postings,
      inferredAmounts: this.inferred,
      exchanges: this.exchanges,
      commodities: [...this.commodities],
      marketPrices: directives.get('P') ?? 0,
      directives: Object.fromEntries(directives),
    };
  }

  /** Learns decimal marks and conversions from all amounts; returns the most decimals of each commodity. */
  private observe(entries: readonly WrittenEntry[]): Map<string, number> {
    for (const { postings } of entries)
      for (const { value, defaultCommodity } of postings)
        for (const { commodity, number } of writtenAmounts(value))
          this.marks.observe(commodity === '' ? (defaultCommodity ?? '') : commodity, number);
    for (const [one, other] of this.journal.conversions) {
      const [first, second] = [quantityOf(one, null, this.marks), quantityOf(other, null, this.marks)];
      if (isQuantity(first) && isQuantity(second)) this.units.state(first, second);
    }
    const decimals = new Map<string, number>();
    for (const { postings } of entries)
      for (const { value, defaultCommodity } of postings) {
        if (value.amount?.kind !== 'amount') continue;
        const quantity = quantityOf(value.amount.amount, defaultCommodity, this.marks);
        if (isQuantity(quantity))
          decimals.set(quantity.commodity, Math.max(quantity.scale, decimals.get(quantity.commodity) ?? 0));
      }
    return decimals;
  }

  private settle(entries: readonly WrittenEntry[], decimals: ReadonlyMap<string, number>): SettledEntry[] {
    const { marks, dates, units } = this;
    const running = this.isSorted(entries) ? new RunningBalances() : null;
    return entries.map(entry => {
      const settled = settleEntry(entry, { marks, dates, units, decimals, running });
      for (const { posting, quantity } of settled.amounts) {
        running?.book(posting.account, quantity);
        if (quantity.commodity !== '' || quantity.value.n !== 0n) this.commodities.add(quantity.commodity);
      }
      return settled;
    });
  }

  private isSorted(entries: readonly WrittenEntry[]): boolean {
    let before: CivilDay = Number.MIN_SAFE_INTEGER;
    for (const { heading, postings } of entries) {
      const day = this.dates.day(heading.date);
      if (typeof day === 'string' || day < before || postings.some(({ date }) => date !== null)) return false;
      before = day;
    }
    return true;
  }

  private send({ entry, amounts, rejected, imbalance, exchange }: SettledEntry): void {
    const { sink } = this;
    for (const each of [...amounts, ...rejected].toSorted((a, b) => a.posting.place.row - b.posting.place.row)) {
      if ('reason' in each) sink.reject({ place: each.posting.place, reason: each.reason, raw: each.posting.raw });
      else this.transaction(entry, each);
    }
    this.postings += new Set(amounts.map(({ posting }) => posting)).size;
    if (exchange) this.exchanges++;
    const name = `The entry of line ${entry.row} (${entry.heading.payee || 'no description'})`;
    if (imbalance !== null)
      sink.warn({
        row: entry.row,
        code: 'ledger.entry-unbalanced',
        message: `${name} does not balance: ${imbalance} are left over.`,
      });
    if (entry.incomplete || rejected.length > 0)
      sink.warn({
        row: entry.row,
        code: 'ledger.entry-incomplete',
        message: `${name} has postings that could not be read: whether it balances is not known.`,
      });
  }

  private transaction({ heading, ordinal }: WrittenEntry, settled: SettledAmount): void {
    const { posting, quantity, amount, bookingDate, valueDate, inferred } = settled;
    if (inferred) this.inferred++;
    this.sink.transaction({
      place: posting.place,
      statement: this.statement,
      bookingDate,
      valueDate,
      amount,
      currency: quantity.commodity === '' ? null : quantity.commodity,
      description: ledgerDescription(heading.text, posting.comment),
      counterparty: heading.payee,
      counterpartyAccount: '',
      reference: heading.code,
      type: typeOf(posting.status === '' ? heading.status : posting.status, posting.kind !== 'real'),
      ledgerAccount: posting.account,
      entry: String(ordinal),
    });
  }

  private assertions(settled: readonly SettledEntry[]): void {
    if (!settled.some(({ entry }) => entry.postings.some(({ value }) => value.assertion !== null))) return;
    const postings = settled.flatMap(({ amounts }) => {
      const byPosting = Map.groupBy(amounts, ({ posting }) => posting);
      return [...byPosting].map(([posting, own]): AssertedPosting => {
        const { assertion } = posting.value;
        const target = assertion === null ? null : quantityOf(assertion.amount, posting.defaultCommodity, this.marks);
        return {
          row: posting.place.row,
          day: own[0]!.bookingDate,
          account: posting.account,
          booked: own.map((each): Quantity => each.quantity),
          assertion: assertion !== null && target !== null && isQuantity(target) ? { ...assertion, target } : null,
        };
      });
    });
    for (const [row, text] of brokenAssertions(postings))
      this.sink.warn({ row, code: 'ledger.balance-assertion', message: `A balance assertion does not hold: ${text}.` });
  }
}

const typeOf = (status: EntryStatus, isVirtual: boolean): string =>
  [status, isVirtual ? 'virtual' : ''].filter(part => part !== '').join(' ');

const answersOf = (
  overrides: Readonly<Record<string, string>>,
): { readonly dateOrder: JournalDateOrder | null; readonly decimalSign: DecimalMark | null } => {
  const { dateOrder = null, decimalSign = null, ...others } = overrides;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new FileRefused('dialect.unknown', `A journal has no setting ${unknown}: they are dateOrder, decimalSign.`);
  if (dateOrder !== null && dateOrder !== 'ymd' && dateOrder !== 'dmy' && dateOrder !== 'mdy')
    throw new FileRefused('dialect.unknown', `dateOrder=${dateOrder}: allowed are ymd, dmy, mdy.`);
  if (decimalSign !== null && decimalSign !== '.' && decimalSign !== ',')
    throw new FileRefused('dialect.unknown', `decimalSign=${decimalSign}: allowed are . and ,`);
  return { dateOrder, decimalSign };
};

/**
 * A reader of plain-text journals of hledger and ledger. Each posting is a transaction in its commodity; amounts left
 * out are inferred where the format's own rule leaves one value. Nothing is sent before `end()`, for amounts are read
 * with what the whole journal shows. Throws FileRefused `file.too-large`, `dialect.ambiguous`, `dialect.unknown`,
 * `text.encoding`, `text.line-too-long`. What becomes of each line: docs/specs/format-plaintext.md.
 */
export const createHledgerParser: CreateParser = context => new HledgerParser(context);
