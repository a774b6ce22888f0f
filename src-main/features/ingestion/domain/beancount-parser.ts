import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { brokenBalances } from './beancount-balances.ts';
import { BeancountLines } from './beancount-lines.ts';
import { BeancountFile } from './beancount-reader.ts';
import { type BookedAmount, type SettledTransaction, settleTransaction } from './beancount-settle.ts';
import { LineReader } from './line-reader.ts';
import type { CreateParser, ParserContext } from './parser-context.ts';
import { warnOfCommodities } from './plaintext-commodities.ts';
import { PLAINTEXT_MAX_BYTES, refuseUtf16 } from './plaintext-lines.ts';
import type { Rational } from './plaintext-rational.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

class BeancountParser implements StatementParser {
  readonly format: FormatName = 'beancount';
  private readonly sink: StatementSink;
  private readonly lines: LineReader;
  private readonly logical: BeancountLines;
  private readonly tally = new WarningTally();
  private readonly file: BeancountFile;
  private readonly currencies = new Set<string>();
  private postings = 0;
  private inferred = 0;
  private statement = -1;
  private length = 0;

  constructor({ sink, codecFor }: ParserContext) {
    this.sink = sink;
    this.file = new BeancountFile(sink, this.tally);
    this.logical = new BeancountLines(line => this.file.line(line));
    this.lines = new LineReader(codecFor, 'windows-1252', line => this.logical.line(line));
  }

  write(chunk: Uint8Array): void {
    if (this.length === 0) refuseUtf16(chunk);
    this.length += chunk.length;
    if (this.length > PLAINTEXT_MAX_BYTES)
      throw new FileRefused(
        'file.too-large',
        `The file is larger than ${PLAINTEXT_MAX_BYTES / 1_048_576} MiB. Have it split by year.`,
      );
    this.lines.write(chunk);
  }

  end(): void {
    this.lines.end();
    this.logical.end();
    const { file, sink, tally } = this;
    if (file.transactions.length === 0)
      tally.note('plaintext.no-entries', null, 'The file holds directives and no transaction');
    const multiplier = multiplierOf(file.toleranceMultiplier);
    const settled = file.transactions.map(transaction => settleTransaction(transaction, multiplier));
    for (const { amounts } of settled) for (const { currency } of amounts) this.currencies.add(currency);
    const [operating, ...others] = file.operatingCurrencies;
    const [only, ...more] = this.currencies;
    this.statement = sink.statement({
      accountId: null,
      currency: operating !== undefined && others.length === 0 ? operating : more.length === 0 ? (only ?? null) : null,
      institution: null,
      owner: file.title,
      statementId: null,
    });
    for (const each of settled) this.send(each);
    sink.entries(this.statement, file.transactions.length);
    tally.send(sink);
    warnOfCommodities(sink, this.currencies);
    for (const { row, text } of brokenBalances(settled, file.balances, file.padded))
      sink.warn({ row, code: 'ledger.balance-assertion', message: `A balance directive does not hold: ${text}.` });
  }

  encoding(): string {
    return this.lines.encoding;
  }

  dialect(): Dialect {
    const { file } = this;
    return {
      title: file.title,
      operatingCurrencies: file.operatingCurrencies,
      transactions: file.transactions.length,
      postings: this.postings,
      inferredAmounts: this.inferred,
      currencies: [...this.currencies],
      directives: Object.fromEntries(file.directives),
    };
  }

  private send({ transaction, amounts, rejected, imbalance }: SettledTransaction): void {
    const { sink } = this;
    for (const each of [...amounts, ...rejected].toSorted((a, b) => a.posting.place.row - b.posting.place.row)) {
      if ('reason' in each) sink.reject({ place: each.posting.place, reason: each.reason, raw: each.posting.raw });
      else this.book(transaction, each);
    }
    this.postings += new Set(amounts.map(({ posting }) => posting)).size;
    const name = `The transaction of line ${transaction.row} (${transaction.narration || 'no narration'})`;
    if (imbalance !== null)
      sink.warn({
        row: transaction.row,
        code: 'ledger.entry-unbalanced',
        message: `${name} does not balance: ${imbalance} are left over.`,
      });
    if (transaction.incomplete || rejected.length > 0)
      sink.warn({
        row: transaction.row,
        code: 'ledger.entry-incomplete',
        message: `${name} has postings that could not be read: whether it balances is not known.`,
      });
  }

  private book(
    { day, ordinal, payee, narration, flag, links }: SettledTransaction['transaction'],
    booked: BookedAmount,
  ): void {
    const { posting, amount, currency, inferred } = booked;
    if (inferred) this.inferred++;
    this.sink.transaction({
      place: posting.place,
      statement: this.statement,
      bookingDate: day,
      valueDate: UNKNOWN_DAY,
      amount,
      currency,
      description: narration,
      counterparty: payee,
      counterpartyAccount: '',
      reference: links.join(' '),
      type: FLAG_NAMES[posting.flag || flag] ?? (posting.flag || flag),
      ledgerAccount: posting.account,
      entry: String(ordinal),
    });
  }
}

const FLAG_NAMES: Readonly<Record<string, string>> = { '*': 'cleared', '!': 'pending' };

/** Half a unit in the last place, or as the option has it. */
const multiplierOf = (option: string | null): Rational => {
  const stated = option === null ? null : parseDecimal(option);
  return stated === null ? { n: 1n, d: 2n } : { n: BigInt(stated.units), d: 10n ** BigInt(stated.scale) };
};

/**
 * A reader of Beancount files (version 2 and 3). Each posting is a transaction in its currency; numbers left out are
 * interpolated by the language's own rule. Throws FileRefused `file.too-large`, `text.encoding`, `text.line-too-long`.
 * What becomes of each directive: docs/specs/format-plaintext.md.
 */
export const createBeancountParser: CreateParser = context => new BeancountParser(context);
