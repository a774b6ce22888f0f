import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { systemRefusal } from './store-errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexus-store-errors-'));
afterAll(() => rmSync(folder, { recursive: true }));

const caught = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return expect.fail('the fault did not fire');
};

describe('a store that can grow no more', () => {
  it('refuses with disk.full, keeps what was committed, and goes on when there is room again', () => {
    const db = openDatabase(join(folder, 'store.db'), new Uint8Array(randomBytes(32)), { mode: 'create' });
    db.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT');
    const insert = db.prepare('INSERT INTO rows (bytes) VALUES (?)');
    insert.run(Buffer.alloc(100));
    // SQLite's own limit: the same error code as a full disk, on every machine.
    db.pragma('max_page_count=20');
    const fill = db.transaction(() => {
      for (let i = 0; i < 100; i++) insert.run(Buffer.alloc(4000));
    });
    const error = caught(() => fill());
    expect(error).toMatchObject({ code: 'SQLITE_FULL' });
    expect(systemRefusal(error)).toMatchObject({ code: 'disk.full', category: 'internal' });
    expect(db.prepare('SELECT count(*) AS count FROM rows').get()).toEqual({ count: 1 });
    db.pragma('max_page_count=1000');
    fill();
    expect(db.prepare('SELECT count(*) AS count FROM rows').get()).toEqual({ count: 101 });
    db.close();
  });
});

it('a used-up quota is told as disk.full where libuv has no name for it', () => {
  // As Node throws EDQUOT on Linux (strace -e inject=fsync:error=EDQUOT).
  const error = Object.assign(new Error('Unknown system error -122: fsync'), {
    errno: -122,
    code: 'Unknown system error -122',
    syscall: 'fsync',
  });
  expect(systemRefusal(error)).toMatchObject({ code: 'disk.full' });
  expect(systemRefusal(Object.assign(error, { errno: -123 }))).toBeNull();
});

it.each([
  ['ENOSPC', 'disk.full', 'internal'],
  ['EDQUOT', 'disk.full', 'internal'],
  ['EFBIG', 'disk.file-limit', 'internal'],
  ['SQLITE_IOERR_WRITE', 'disk.failed', 'internal'],
  ['SQLITE_CORRUPT_VTAB', 'store.damaged', 'integrity'],
  ['EACCES', 'disk.read-only', 'permission'],
])('%s is told as %s', (code, expected, category) => {
  expect(systemRefusal(Object.assign(new Error('refused'), { code }))).toMatchObject({ code: expected, category });
});

it('any other fault is left to its caller', () => {
  expect(systemRefusal(new Error('something else'))).toBeNull();
});
