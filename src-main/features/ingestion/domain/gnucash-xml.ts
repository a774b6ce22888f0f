import { type CivilDay, parseIsoDate } from '../../../kernel/civil-date.ts';
import { fractionOf, GnucashBook } from './gnucash-book.ts';
import {
  type AccountField,
  type BookField,
  type CountField,
  GNUCASH_ROOT,
  type GnucashAggregate,
  type GnucashField,
  type OptionField,
  type SplitField,
  type TransactionField,
} from './gnucash-fields.ts';
import type { CreateParser, ParserContext } from './parser-context.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type RecordPlace,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';
import { noteEncoding } from './xml-encoding-remarks.ts';
import { XmlFields, type XmlPathListener, XmlPathWalker } from './xml-paths.ts';
import { XmlReader } from './xml-reader.ts';
import { dayAsWritten } from './xml-values.ts';

class GnucashXmlParser implements StatementParser {
  readonly format: FormatName = 'gnucash';
  private readonly sink: StatementSink;
  private readonly tally = new WarningTally();
  private readonly walker: XmlPathWalker<GnucashAggregate, GnucashField>;
  private readonly reader: XmlReader;
  private readonly bookFields = new XmlFields<BookField>();
  private readonly count = new XmlFields<CountField>();
  private readonly account = new XmlFields<AccountField>();
  private readonly transaction = new XmlFields<TransactionField>();
  private readonly split = new XmlFields<SplitField>();
  private readonly option = new XmlFields<OptionField>();
  private company = '';
  private readonly fields: Readonly<Partial<Record<GnucashAggregate, XmlFields<GnucashField>>>>;
  private readonly stated = new Map<string, string>();
  private readonly book: GnucashBook;
  private books = 0;
  private templates = 0;
  private begun = false;
  private records = 0;
  private splitOffset = 0;

  constructor({ sink, codecFor }: ParserContext) {
    this.sink = sink;
    this.book = new GnucashBook(sink, this.tally, () => ({
      bookId: this.bookFields.get('bookId'),
      company: this.company,
    }));
    this.fields = {
      book: this.bookFields,
      count: this.count,
      account: this.account,
      transaction: this.transaction,
      split: this.split,
      option: this.option,
    };
    const listener: XmlPathListener<GnucashAggregate, GnucashField> = {
      begin: aggregate => this.beginAggregate(aggregate),
      field: (aggregate, field, text) => this.fields[aggregate]?.add(field, text),
      end: aggregate => this.endAggregate(aggregate),
    };
    this.walker = new XmlPathWalker(GNUCASH_ROOT, listener);
    this.reader = new XmlReader(this.walker, codecFor);
  }

  write(chunk: Uint8Array): void {
    this.reader.write(chunk);
  }

  end(): void {
    this.reader.end();
    if (this.books === 0)
      throw new FileRefused(
        'gnucash.no-book',
        `The XML holds no GnuCash book; its root element is "${this.walker.rootName}". Check that it is the right file.`,
      );
    this.book.end();
    if (this.books > 1)
      this.tally.note(
        'gnucash.books',
        null,
        `The file holds ${this.books} books; their transactions are in one ledger here`,
      );
    this.checkCount('transaction', this.book.transactions);
    this.checkCount('account', this.book.accountCount);
    if (this.templates > 0)
      this.tally.note(
        'gnucash.templates',
        null,
        `${this.templates} templates of scheduled transactions are in the book and were not read: nothing was posted by them`,
      );
    noteEncoding(this.reader, this.tally);
    this.tally.send(this.sink);
  }

  encoding(): string {
    return this.reader.encoding;
  }

  dialect(): Dialect {
    return {
      storage: 'xml',
      book: this.bookFields.get('bookId') || null,
      accounts: this.book.accountCount,
      transactions: this.book.transactions,
      splits: this.book.splits,
      templates: this.templates,
    };
  }

  private beginAggregate(aggregate: GnucashAggregate): boolean {
    this.fields[aggregate]?.clear();
    if (aggregate === 'book') this.books++;
    else if (aggregate === 'transaction') this.begun = false;
    else if (aggregate === 'split') {
      this.beginTransaction();
      this.splitOffset = this.reader.beginRecord();
    } else if (aggregate === 'template') this.templates++;
    return true;
  }

  private endAggregate(aggregate: GnucashAggregate): void {
    if (aggregate === 'split') this.endSplit();
    else if (aggregate === 'transaction') {
      this.beginTransaction();
      this.book.endTransaction();
    } else if (aggregate === 'account') this.endAccount();
    else if (aggregate === 'option' && this.option.get('key') === 'Company Name')
      this.company = this.option.get('optionValue');
    else if (aggregate === 'count') this.stated.set(this.count.get('countOf'), this.count.get('count'));
  }

  private endAccount(): void {
    const { account } = this;
    this.book.account({
      id: account.get('id'),
      name: account.get('name'),
      type: account.get('type'),
      code: account.get('code'),
      commodity: account.get('commodity'),
      parent: account.get('parent'),
    });
  }

  /** The schema puts the splits last in their transaction. */
  private beginTransaction(): void {
    if (this.begun) return;
    this.begun = true;
    const { transaction } = this;
    this.book.begin({
      id: transaction.get('id'),
      number: transaction.get('number'),
      description: transaction.get('description'),
      currency: { space: transaction.get('space'), id: transaction.get('commodity') },
      day: this.day(),
    });
  }

  private endSplit(): void {
    const { split } = this;
    const { byteLength, raw } = this.reader.endRecord();
    const place: RecordPlace = { row: ++this.records, byteOffset: this.splitOffset, byteLength };
    this.book.split(
      {
        account: split.get('account'),
        memo: split.get('memo'),
        action: split.get('action'),
        reconciled: split.get('reconciled'),
        value: split.isContradicted('value') ? null : fractionOf(split.get('value')),
        quantity: fractionOf(split.get('quantity')),
      },
      place,
      raw,
    );
  }

  /** XML keeps local time with its offset: the day is as written. */
  private day(): CivilDay | { readonly reason: string } {
    const on = this.transaction.get('postedOn');
    const at = this.transaction.get('postedAt');
    return (
      (on === '' ? dayAsWritten(at) : parseIsoDate(on)) ?? {
        reason: `the posting date "${on || at}" of its transaction is not a day of the calendar`,
      }
    );
  }

  private checkCount(what: 'transaction' | 'account', found: number): void {
    const stated = this.stated.get(what);
    // The root account of a book is counted by some versions and not by others.
    const also = what === 'account' ? found - 1 : found;
    if (stated !== undefined && ![found, also].map(String).includes(stated))
      this.sink.warn({
        row: null,
        code: 'control.count',
        message: `The book states ${stated} ${what}s (count-data) and holds ${found}`,
      });
  }
}

/**
 * A streaming reader of GnuCash books in XML (gzip is unpacked before). Memory grows with the accounts, not with the
 * transactions. Throws FileRefused: the codes of XmlReader, `gnucash.no-book`. What becomes of each element:
 * docs/specs/format-gnucash.md.
 */
export const createGnucashXmlParser: CreateParser = context => new GnucashXmlParser(context);
