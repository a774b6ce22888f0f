import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { damagedPages } from './store-pages.ts';

const PAGE = 4096;
const folder = mkdtempSync(join(tmpdir(), 'nexus-store-pages-'));
const path = join(folder, 'store.db');
const key = new Uint8Array(randomBytes(32));
let bytes: Buffer;

beforeAll(() => {
  const db = openDatabase(path, key, { mode: 'create' });
  db.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO rows (bytes) VALUES (?)');
  for (let i = 0; i < 2000; i++) insert.run(randomBytes(1000));
  // Half of the pages belong to no table any more: SQLite never reads their content again.
  db.exec('DELETE FROM rows WHERE id > 1000');
  db.close();
  bytes = readFileSync(path);
});
afterAll(() => rmSync(folder, { recursive: true }));

const changed = (change: (copy: Buffer) => Buffer): string => {
  const copy = join(folder, 'changed.db');
  writeFileSync(copy, change(Buffer.from(bytes)));
  return copy;
};

describe('pages of a store', () => {
  it('hold as written, used or free', () => {
    expect(bytes.length / PAGE).toBeGreaterThan(500);
    expect(damagedPages(path, key, 10)).toEqual([]);
  });

  it('one bit changed anywhere is found on its page', () => {
    for (let i = 0; i < 200; i++) {
      const at = Math.floor(Math.random() * bytes.length);
      const found = damagedPages(
        changed(copy => {
          copy[at]! ^= 1 << (i % 8);
          return copy;
        }),
        key,
        10,
      );
      // The first 16 bytes are the salt, which every page's key comes from.
      expect([at, found[0]]).toEqual([at, at < 16 ? 1 : Math.floor(at / PAGE) + 1]);
    }
  });

  it('two pages swapped, a page cut short and another key are found', () => {
    const swap = (copy: Buffer): Buffer =>
      Buffer.concat([
        copy.subarray(0, PAGE),
        copy.subarray(2 * PAGE, 3 * PAGE),
        copy.subarray(PAGE, 2 * PAGE),
        copy.subarray(3 * PAGE),
      ]);
    expect(damagedPages(changed(swap), key, 10)).toEqual([2, 3]);
    expect(
      damagedPages(
        changed(copy => copy.subarray(0, -1)),
        key,
        10,
      ),
    ).toEqual([bytes.length / PAGE]);
    expect(damagedPages(path, new Uint8Array(randomBytes(32)), 3)).toEqual([1, 2, 3]);
  });
});
