import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { folderState } from '../engine/engine.fixture.ts';
import { openDatabase, readPragmas } from './database.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexus-database-'));
afterAll(() => rmSync(folder, { recursive: true }));

// requirements/security.md R-01: the values each connection must read back.
const R01 = {
  journal_mode: 'wal',
  synchronous: 2,
  temp_store: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  secure_delete: 1,
};

const newStore = (name: string): { path: string; key: Uint8Array } => {
  const path = join(folder, name);
  const key = new Uint8Array(randomBytes(32));
  const db = openDatabase(path, key, { mode: 'create' });
  db.exec('CREATE TABLE notes (text TEXT NOT NULL) STRICT');
  db.prepare('INSERT INTO notes VALUES (?)').run('plain words');
  db.close();
  return { path, key };
};

describe('pragmas', () => {
  it('hold on create, and on every connection after a reopen', () => {
    const path = join(folder, 'pragmas.db');
    const key = new Uint8Array(randomBytes(32));
    const created = openDatabase(path, key, { mode: 'create' });
    expect(readPragmas(created)).toEqual(R01);
    created.exec('CREATE TABLE notes (text TEXT NOT NULL) STRICT');
    created.close();
    for (let round = 0; round < 3; round++) {
      const writer = openDatabase(path, key, { mode: 'write' });
      const reader = openDatabase(path, key, { mode: 'read' });
      const checkpointer = openDatabase(path, key, { mode: 'write' });
      writer.prepare('INSERT INTO notes VALUES (?)').run(`round ${round}`);
      checkpointer.pragma('wal_checkpoint(PASSIVE)');
      for (const connection of [writer, reader, checkpointer]) expect(readPragmas(connection)).toEqual(R01);
      expect(reader.prepare('SELECT count(*) AS n FROM notes').get()).toEqual({ n: round + 1 });
      for (const connection of [writer, reader, checkpointer]) connection.close();
    }
  });

  it('would not hold by themselves: a plain reopen falls back', async () => {
    // The control of the test above (requirements/security.md, finding 1).
    const { default: Database } = await import('better-sqlite3');
    const path = join(folder, 'plain.db');
    const first = new Database(path);
    first.pragma('journal_mode=WAL');
    first.close();
    const again = new Database(path);
    expect(readPragmas(again)).not.toEqual(R01);
    again.close();
  });

  it('a reading connection cannot write', () => {
    const { path, key } = newStore('reader.db');
    const reader = openDatabase(path, key, { mode: 'read' });
    expect(() => reader.exec(`INSERT INTO notes VALUES ('x')`)).toThrow(/readonly/);
    reader.close();
  });
});

describe('encryption', () => {
  it('leaves no page readable: no header of SQLite, no text', () => {
    const { path } = newStore('cipher.db');
    const bytes = readFileSync(path);
    expect(bytes.includes('SQLite format 3')).toBe(false);
    expect(bytes.includes('plain words')).toBe(false);
    expect(bytes.length).toBeGreaterThan(4096);
  });

  it('refuses a wrong key as locked and changes nothing', () => {
    const { path } = newStore('locked.db');
    const before = folderState(folder);
    for (let i = 0; i < 5; i++)
      for (const mode of ['read', 'write', 'create'] as const)
        expect(() => openDatabase(path, new Uint8Array(randomBytes(32)), { mode })).toThrow(
          expect.objectContaining({
            data: expect.objectContaining({ code: 'workspace.locked', category: 'permission' }),
          }),
        );
    expect(folderState(folder)).toEqual(before);
  });

  it('refuses a wrong key beside a log that was not checkpointed, and the rows are still there', () => {
    const { path, key } = newStore('unclean.db');
    const writer = openDatabase(path, key, { mode: 'write' });
    writer.pragma('wal_autocheckpoint=0');
    writer.prepare('INSERT INTO notes VALUES (?)').run('only in the log');
    const copy = join(folder, 'unclean-copy.db');
    copyFileSync(path, copy);
    copyFileSync(`${path}-wal`, `${copy}-wal`);
    writer.close();
    const store = readFileSync(copy);
    const log = readFileSync(`${copy}-wal`);
    expect(() => openDatabase(copy, new Uint8Array(32), { mode: 'write' })).toThrow(/key does not open/);
    expect(readFileSync(copy).equals(store)).toBe(true);
    expect(readFileSync(`${copy}-wal`).equals(log)).toBe(true);
    const reopened = openDatabase(copy, key, { mode: 'write' });
    expect(reopened.prepare('SELECT text FROM notes ORDER BY rowid').pluck().all()).toEqual([
      'plain words',
      'only in the log',
    ]);
    reopened.close();
  });

  it('refuses a key of another length', () => {
    const { path } = newStore('short.db');
    expect(() => openDatabase(path, new Uint8Array(16), { mode: 'read' })).toThrow(/32 bytes/);
  });
});
