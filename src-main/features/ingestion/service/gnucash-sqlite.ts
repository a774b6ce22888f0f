import Database from 'better-sqlite3';
import { GnucashBook, type GnucashCommodity, type GnucashIdentity } from '../domain/gnucash-book.ts';
import { dayOfUtc } from '../domain/gnucash-day.ts';
import { isSqlite, SQLITE_SIGNATURE_BYTES } from '../domain/gnucash-signature.ts';
import { createGnucashXmlParser } from '../domain/gnucash-xml.ts';
import type { CreateParser, ParserContext } from '../domain/parser-context.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type RecordPlace,
  type StatementParser,
} from '../domain/statement-sink.ts';
import { WarningTally } from '../domain/warning-tally.ts';
import {
  checkHeader,
  companyOf,
  countsOf,
  damaged,
  fractionIn,
  openBook,
  postedDays,
  type Row,
  textOf,
} from './gnucash-database.ts';

/** Largest SQLite book that is read: it is held in memory while it is read. */
const GNUCASH_MAX_BYTES = 268_435_456;

const TRANSCRIPT_BYTES = 65_536;

/** Reads a GnuCash book kept in SQLite. Its records lie scattered over pages: places are lines of the transcript. */
class GnucashSqliteParser implements StatementParser {
  readonly format: FormatName = 'gnucash';
  private readonly context: ParserContext;
  private readonly tally = new WarningTally();
  private readonly book: GnucashBook;
  private chunks: Uint8Array[] = [];
  private length = 0;
  private identity: GnucashIdentity = { bookId: '', company: '' };
  private counts: Record<string, number> = {};
  private templates = 0;
  private accountRows = 0;
  private transcript = '';
  private transcriptBytes = 0;
  private rows = 0;

  constructor(context: ParserContext) {
    this.context = context;
    this.book = new GnucashBook(context.sink, this.tally, () => this.identity);
  }

  write(chunk: Uint8Array): void {
    this.length += chunk.length;
    if (this.length > GNUCASH_MAX_BYTES)
      throw new FileRefused(
        'file.too-large',
        `The SQLite book is larger than ${GNUCASH_MAX_BYTES / 1_048_576} MiB. Save it as XML in GnuCash, which is read without limit.`,
      );
    this.chunks.push(chunk.slice());
  }

  end(): void {
    const bytes = Buffer.concat(this.chunks, this.length);
    this.chunks = [];
    checkHeader(bytes);
    const db = openBook(bytes);
    try {
      this.readBook(db);
    } catch (error) {
      throw error instanceof Database.SqliteError ? damaged(error) : error;
    } finally {
      db.close();
    }
    this.sendTranscript();
    this.book.end();
    this.warn();
    this.tally.send(this.context.sink);
  }

  encoding(): string {
    return 'utf-8';
  }

  dialect(): Dialect {
    return {
      storage: 'sqlite',
      book: this.identity.bookId || null,
      accounts: this.accountRows,
      transactions: this.book.transactions,
      splits: this.book.splits,
      templates: this.templates,
      notRead: this.counts,
    };
  }

  private readBook(db: Database.Database): void {
    const [book] = db.prepare('SELECT guid, root_template_guid FROM books').all() as Row[];
    this.identity = { bookId: book === undefined ? '' : textOf(book, 'guid'), company: companyOf(db) };
    this.counts = countsOf(db);
    const templateRoot = book === undefined ? '' : textOf(book, 'root_template_guid');
    const commodities = new Map(
      (db.prepare('SELECT guid, namespace, mnemonic FROM commodities').all() as Row[]).map(row => [
        textOf(row, 'guid'),
        { space: textOf(row, 'namespace'), id: textOf(row, 'mnemonic') },
      ]),
    );
    const templates = this.readAccounts(db, templateRoot, commodities);
    const days = postedDays(db);
    const records = db
      .prepare(
        `SELECT t.guid AS tx, t.currency_guid, t.num, t.post_date, t.description, s.guid, s.account_guid, s.memo, s.action,
           s.reconcile_state, s.value_num, s.value_denom, s.quantity_num, s.quantity_denom
         FROM transactions t LEFT JOIN splits s ON s.tx_guid = t.guid ORDER BY t.post_date, t.guid, s.guid`,
      )
      .iterate() as IterableIterator<Row>;
    let open: string | null = null;
    for (const row of records) {
      if (row.guid !== null && templates.has(textOf(row, 'account_guid'))) {
        this.templates++;
        continue;
      }
      const id = textOf(row, 'tx');
      if (id !== open) {
        this.book.endTransaction();
        open = id;
        this.book.begin({
          id,
          number: textOf(row, 'num'),
          description: textOf(row, 'description'),
          currency: commodities.get(textOf(row, 'currency_guid')) ?? { space: '', id: '' },
          day: dayOfUtc(textOf(row, 'post_date'), days.get(id) ?? '', this.tally),
        });
      }
      if (row.guid !== null) this.split(row);
    }
    this.book.endTransaction();
    this.rejectOrphans(db);
  }

  private split(row: Row): void {
    const { place, raw } = this.placeOf(row);
    this.book.split(
      {
        account: textOf(row, 'account_guid'),
        memo: textOf(row, 'memo'),
        action: textOf(row, 'action'),
        reconciled: textOf(row, 'reconcile_state'),
        value: fractionIn(row, 'value'),
        quantity: fractionIn(row, 'quantity'),
      },
      place,
      () => raw,
    );
  }

  /** Splits whose transaction is gone: the database has lost a part, or was altered. */
  private rejectOrphans(db: Database.Database): void {
    const orphans = db
      .prepare('SELECT * FROM splits WHERE tx_guid NOT IN (SELECT guid FROM transactions) ORDER BY guid')
      .iterate() as IterableIterator<Row>;
    for (const row of orphans) {
      const { place, raw } = this.placeOf(row);
      this.tally.note(
        'gnucash.orphan-split',
        place.row,
        'A split belongs to a transaction that the book does not have',
      );
      this.context.sink.reject({ place, reason: `its transaction ${textOf(row, 'tx_guid')} is not in the book`, raw });
    }
  }

  /** Adds a record to the transcript, one line of JSON each, and gives its place there. */
  private placeOf(row: Row): { readonly place: RecordPlace; readonly raw: string } {
    const raw = JSON.stringify(row, (_, value: unknown) =>
      typeof value === 'bigint'
        ? String(value)
        : value instanceof Uint8Array
          ? Buffer.from(value).toString('hex')
          : value,
    );
    const place = { row: ++this.rows, byteOffset: this.transcriptBytes, byteLength: Buffer.byteLength(raw) };
    this.transcriptBytes += place.byteLength + 1;
    this.transcript += `${raw}\n`;
    if (this.transcript.length > TRANSCRIPT_BYTES) this.sendTranscript();
    return { place, raw };
  }

  private sendTranscript(): void {
    if (this.transcript !== '') this.context.transcript(Buffer.from(this.transcript));
    this.transcript = '';
  }

  /** Registers the accounts; returns the ids of those below the root of the templates. */
  private readAccounts(
    db: Database.Database,
    templateRoot: string,
    commodities: ReadonlyMap<string, GnucashCommodity>,
  ): ReadonlySet<string> {
    const rows = db
      .prepare('SELECT guid, name, account_type, commodity_guid, parent_guid, code FROM accounts')
      .all() as Row[];
    this.accountRows = rows.length;
    const children = new Map<string, string[]>();
    for (const row of rows) {
      const parent = textOf(row, 'parent_guid');
      children.set(parent, [...(children.get(parent) ?? []), textOf(row, 'guid')]);
    }
    const templates = new Set<string>();
    const waiting = templateRoot === '' ? [] : [templateRoot];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (templates.has(id)) continue;
      templates.add(id);
      waiting.push(...(children.get(id) ?? []));
    }
    for (const row of rows)
      if (!templates.has(textOf(row, 'guid')))
        this.book.account({
          id: textOf(row, 'guid'),
          name: textOf(row, 'name'),
          type: textOf(row, 'account_type'),
          code: textOf(row, 'code'),
          commodity: commodities.get(textOf(row, 'commodity_guid'))?.id ?? '',
          parent: textOf(row, 'parent_guid'),
        });
    return templates;
  }

  private warn(): void {
    const { gnclock = 0, invoices = 0, entries = 0 } = this.counts;
    if (gnclock > 0)
      this.tally.note(
        'gnucash.locked',
        null,
        'The book was open in GnuCash when it was copied (table gnclock): records may be missing or half written',
      );
    if (this.templates > 0)
      this.tally.note(
        'gnucash.templates',
        null,
        `${this.templates} splits of scheduled transactions are in the book and were not read: nothing was posted by them`,
      );
    if (invoices > 0 || entries > 0)
      this.tally.note(
        'gnucash.not-read',
        null,
        `${invoices} business documents with ${entries} entries are in the book and were not read: what was posted of them is in its transactions`,
      );
  }
}

/** A GnuCash book of either kind: the first bytes say which. */
class GnucashParser implements StatementParser {
  readonly format: FormatName = 'gnucash';
  private readonly context: ParserContext;
  private chosen: StatementParser | null = null;
  private head = new Uint8Array(0);

  constructor(context: ParserContext) {
    this.context = context;
  }

  write(chunk: Uint8Array): void {
    if (this.chosen !== null) this.chosen.write(chunk);
    else {
      this.head = Buffer.concat([this.head, chunk]);
      if (this.head.length >= SQLITE_SIGNATURE_BYTES) this.choose();
    }
  }

  end(): void | Promise<void> {
    return this.choose().end();
  }

  dialect(): Dialect {
    return this.chosen?.dialect() ?? {};
  }

  encoding(): string {
    return this.chosen?.encoding() ?? 'utf-8';
  }

  private choose(): StatementParser {
    if (this.chosen !== null) return this.chosen;
    const parser = isSqlite(this.head) ? new GnucashSqliteParser(this.context) : createGnucashXmlParser(this.context);
    this.chosen = parser;
    parser.write(this.head);
    this.head = new Uint8Array(0);
    return parser;
  }
}

/**
 * Reads a GnuCash book, SQLite or XML. Throws FileRefused: of SQLite `file.too-large`, `format.unsupported`, `gnucash.damaged`,
 * `gnucash.schema`, `gnucash.truncated`, `gnucash.wal`; of XML those of createGnucashXmlParser. What becomes of each table:
 * docs/specs/format-gnucash.md.
 */
export const createGnucashParser: CreateParser = context => new GnucashParser(context);
