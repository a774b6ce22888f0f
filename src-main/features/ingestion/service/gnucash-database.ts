import Database from 'better-sqlite3';
import { FileRefused } from '../domain/statement-sink.ts';

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

type Value = string | bigint | number | null | Uint8Array;
/** A record; integers are bigints. */
export type Row = Readonly<Record<string, Value>>;

/** A column as text; '' where it holds none. */
export const textOf = (row: Row, column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value : typeof value === 'bigint' ? String(value) : '';
};

/** Numerator and denominator as the columns hold them; null where one of them is no integer. */
export const fractionIn = (row: Row, name: 'value' | 'quantity'): readonly [bigint, bigint] | null => {
  const numerator = row[`${name}_num`];
  const denominator = row[`${name}_denom`];
  return typeof numerator === 'bigint' && typeof denominator === 'bigint' ? [numerator, denominator] : null;
};

/** The refusal of a database that SQLite cannot read. */
export const damaged = (error: unknown): FileRefused =>
  new FileRefused(
    'gnucash.damaged',
    `The SQLite database is damaged or no GnuCash book: ${error instanceof Error ? error.message : String(error)}. Nothing of it was read; ask for a copy made while GnuCash was closed.`,
  );

/** Refuses what the file's own header contradicts (SQLite file format, 1.3). */
export const checkHeader = (bytes: Uint8Array): void => {
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
export const openBook = (bytes: Uint8Array): Database.Database => {
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

/** The day of each transaction that keeps one as such (slot `date-posted`, GnuCash 2.2.9 and later), as YYYYMMDD. */
export const postedDays = (db: Database.Database): ReadonlyMap<string, string> => {
  if (!hasTable(db, 'slots', ['obj_guid', 'name', 'gdate_val'])) return new Map();
  const rows = db.prepare(`SELECT obj_guid, gdate_val FROM slots WHERE name = 'date-posted' AND gdate_val IS NOT NULL`);
  return new Map((rows.all() as Row[]).map(row => [textOf(row, 'obj_guid'), textOf(row, 'gdate_val')]));
};

export const companyOf = (db: Database.Database): string => {
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

export const countsOf = (db: Database.Database): Record<string, number> =>
  Object.fromEntries(
    COUNTED.filter(table => hasTable(db, table, [])).map(table => {
      // eslint-disable-next-line no-restricted-syntax -- one of the tables named above
      const row = db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as Row;
      return [table, Number(row.n)];
    }),
  );
