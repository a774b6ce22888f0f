import Database from 'better-sqlite3';
import { NexusError } from '../contract/errors.ts';

export type Connection = Database.Database;

/** Set on every open and read back: a reopened WAL file silently falls back to synchronous=NORMAL, which loses acknowledged commits. */
const REQUIRED_PRAGMAS = {
  synchronous: 2,
  temp_store: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  secure_delete: 1,
} as const;

/** SQLite before 3.51.3 can lose committed rows when a WAL is reset (R-04). */
const MINIMUM_SQLITE = [3, 51, 3] as const;

export interface OpenOptions {
  /** `write` may create the file; `read` never writes; a second `write` connection may only be used to checkpoint. */
  readonly mode: 'create' | 'write' | 'read';
  /** Page cache of this connection in KiB. */
  readonly cacheKiB?: number;
}

/**
 * Opens the encrypted store (SQLCipher v4 page format: AES-256-CBC + HMAC-SHA512) with a raw 32-byte key.
 * Throws NexusError `workspace.locked` when the key does not open the file; the file is not touched then.
 */
export const openDatabase = (path: string, key: Uint8Array, options: OpenOptions): Connection => {
  if (key.length !== 32) throw new Error('the store key must have 32 bytes');
  const db = new Database(path, { readonly: options.mode === 'read', fileMustExist: options.mode !== 'create' });
  try {
    db.pragma(`cipher='sqlcipher'`);
    db.pragma(`legacy=4`);
    db.pragma(`key="x'${Buffer.from(key).toString('hex')}'"`);
    unlock(db);
    if (options.mode === 'create') db.pragma('journal_mode=WAL');
    for (const [name, value] of Object.entries(REQUIRED_PRAGMAS)) db.pragma(`${name}=${value}`);
    db.pragma(`cache_size=-${options.cacheKiB ?? 16_384}`);
    db.pragma('busy_timeout=5000');
    assertPragmas(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** What `assertPragmas` demands, as read back from the connection. */
export const readPragmas = (db: Connection): Record<string, unknown> => ({
  journal_mode: db.pragma('journal_mode', { simple: true }),
  ...Object.fromEntries(Object.keys(REQUIRED_PRAGMAS).map(name => [name, db.pragma(name, { simple: true })])),
});

const unlock = (db: Connection): void => {
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB')
      throw new NexusError({
        code: 'workspace.locked',
        category: 'permission',
        message: 'The key does not open this store.',
        kept: 'Nothing was changed.',
      });
    throw error;
  }
};

const assertPragmas = (db: Connection): void => {
  const { version } = db.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  const parts = version.split('.').map(Number);
  const order = MINIMUM_SQLITE.map((part, i) => (parts[i] ?? 0) - part).find(difference => difference !== 0) ?? 0;
  if (order < 0) throw new Error(`SQLite ${version} is older than ${MINIMUM_SQLITE.join('.')}`);
  const actual = readPragmas(db);
  const wrong = Object.entries({ journal_mode: 'wal', ...REQUIRED_PRAGMAS }).filter(
    ([name, value]) => actual[name] !== value,
  );
  if (wrong.length > 0)
    throw new Error(`store opened without ${wrong.map(([name, value]) => `${name}=${value}`).join(', ')}`);
};
