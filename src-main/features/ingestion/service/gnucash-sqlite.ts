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

/** Largest SQLite book that is read: it is held in memory while it is read. */
export const GNUCASH_MAX_BYTES = 268_435_456;

/** The tables that are read with the columns that must be there. Source: libgnucash/backend/sql of the GnuCash sources. */
const TABLES = {
  books: ['guid', 'root_account_guid', 'root_template_guid'],
  commodities: ['guid', 'namespace', 'mnemonic'],
  accounts: ['guid', 'name', 'account_type', 'commodity_guid', 'parent_guid', 'code'],
  transactions: ['guid', 'currency_guid', 'num', 'post_date', 'description'],
  splits: [
    'guid',
    'tx_guid',
    'account_guid',
    'memo',
    'action',
    'reconcile_state',
    'value_num',
    'value_denom',
    'quantity_num',
    'quantity_denom',
  ],
} as const;

/** Tables that a book may have, and whose records are counted. */
const COUNTED = ['invoices', 'entries', 'schedxactions', 'prices', 'gnclock'] as const;

const TRANSCRIPT_BYTES = 65_536;

type Value = string | bigint | number | null | Uint8Array;
type Row = Readonly<Record<string, Value>>;

const textOf = (row: Row, column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value : typeof value === 'bigint' ? String(value) : '';
};

const fractionIn = (row: Row, name: 'value' | 'quantity'): readonly [bigint, bigint] | null => {
  const numerator = row[`${name}_num`];
  const denominator = row[`${name}_denom`];
  return typeof numerator === 'bigint' && typeof denominator === 'bigint' ? [numerator, denominator] : null;
};

const damaged = (error: unknown): FileRefused =>
  new FileRefused(
    'gnucash.damaged',
    `The SQLite database is damaged or no GnuCash book: ${error instanceof Error ? error.message : String(error)}. Nothing of it was read; ask for a copy made while GnuCash was closed.`,
  );

/** Refuses what the file's own header contradicts (SQLite file format, 1.3). */
const checkHeader = (bytes: Uint8Array): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 512) throw damaged(new Error('it is shorter than one page'));
  if (bytes[18] === 2 || bytes[19] === 2)
    throw new FileRefused(
      'gnucash.wal',
      'The database is in WAL mode: its latest records may be in a second file (-wal) that is not here. Open it in GnuCash, save it anew and use that copy.',
    );
  const pageBytes = view.getUint16(16) === 1 ? 65_536 : view.getUint16(16);
  const stated = view.getUint32(28) * pageBytes;
  // The page count is valid where it was written with the last change (offsets 24 and 92).
  if (view.getUint32(24) === view.getUint32(92) && stated > bytes.length)
    throw new FileRefused(
      'gnucash.truncated',
      `The database states ${stated} bytes and the file has ${bytes.length}: it was cut off. Nothing of it was read; ask for a complete copy.`,
    );
};

/** Opens a database in memory, read-only, trusting nothing in its schema. */
const openBook = (bytes: Uint8Array): Database.Database => {
  const db = new Database(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { readonly: true });
  try {
    for (const pragma of ['trusted_schema=0', 'cell_size_check=1', 'query_only=1', 'temp_store=2', 'mmap_size=0'])
      db.pragma(pragma);
    db.unsafeMode(false);
    db.defaultSafeIntegers(true);
    const check = db.pragma('quick_check(1)', { simple: true });
    if (check !== 'ok') throw new Error(String(check));
    checkTables(db);
    return db;
  } catch (error) {
    db.close();
    throw error instanceof FileRefused ? error : damaged(error);
  }
};

const checkTables = (db: Database.Database): void => {
  const schema = db.prepare('SELECT name, type, sql FROM sqlite_schema').all() as Row[];
  for (const [table, columns] of Object.entries(TABLES)) {
    const entry = schema.find(each => each.name === table);
    if (entry === undefined)
      throw new FileRefused(
        'format.unsupported',
        `The file is a SQLite database without the table "${table}" of a GnuCash book. Other databases are not read: export the records as CSV.`,
      );
    const isPlain = entry.type === 'table' && /^CREATE TABLE\b/i.test(textOf(entry, 'sql'));
    const described = db.prepare('SELECT name, hidden FROM pragma_table_xinfo(?)').all(table) as Row[];
    const missing = columns.find(column => !described.some(each => each.name === column && each.hidden === 0n));
    if (!isPlain || missing !== undefined)
      throw new FileRefused(
        'gnucash.schema',
        `The table "${table}" is not as GnuCash makes it${missing === undefined ? '' : ` (column "${missing}")`}: the database was altered. Nothing of it was read.`,
      );
  }
};

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

/** The day of each transaction that keeps one as such (slot `date-posted`, GnuCash 2.2.9 and later), as YYYYMMDD. */
const postedDays = (db: Database.Database): ReadonlyMap<string, string> => {
  if (!hasTable(db, 'slots', ['obj_guid', 'name', 'gdate_val'])) return new Map();
  const rows = db.prepare(`SELECT obj_guid, gdate_val FROM slots WHERE name = 'date-posted' AND gdate_val IS NOT NULL`);
  return new Map((rows.all() as Row[]).map(row => [textOf(row, 'obj_guid'), textOf(row, 'gdate_val')]));
};

const companyOf = (db: Database.Database): string => {
  if (!hasTable(db, 'slots', ['name', 'string_val'])) return '';
  const [row] = db
    .prepare(`SELECT string_val FROM slots WHERE name = 'options/Business/Company Name' LIMIT 1`)
    .all() as Row[];
  return row === undefined ? '' : textOf(row, 'string_val');
};

const hasTable = (db: Database.Database, table: string, columns: readonly string[]): boolean => {
  const isTable = db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table) !== undefined;
  const described = db.prepare('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0').all(table) as Row[];
  return isTable && columns.every(column => described.some(each => each.name === column));
};

const countsOf = (db: Database.Database): Record<string, number> =>
  Object.fromEntries(
    COUNTED.filter(table => hasTable(db, table, [])).map(table => {
      const row = db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as Row;
      return [table, Number(row.n)];
    }),
  );

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
