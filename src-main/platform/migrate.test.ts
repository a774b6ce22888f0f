import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Migration } from '../../migrations/index.ts';
import { migrations } from '../../migrations/index.ts';
import { openDatabase } from './database.ts';
import { migrate, versionOf } from './migrate.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexus-migrate-'));
afterAll(() => rmSync(folder, { recursive: true }));
const key = new Uint8Array(32).fill(7);
let count = 0;
const newPath = (): string => join(folder, `${++count}.db`);

const first: Migration = {
  stamp: 202611230001,
  name: 'one',
  sql: `CREATE TABLE one (a TEXT NOT NULL) STRICT; INSERT INTO one VALUES ('kept')`,
};
const second: Migration = {
  stamp: 202611240001,
  name: 'two',
  sql: 'CREATE TABLE two (b INTEGER NOT NULL) STRICT; ALTER TABLE one ADD COLUMN c TEXT',
};
const broken: Migration = {
  stamp: 202611250001,
  name: 'three',
  sql: `CREATE TABLE three (d TEXT) STRICT; UPDATE one SET a = 'lost'; INSERT INTO nowhere VALUES (1)`,
};

describe('migrate', () => {
  it('runs the steps that are missing, in order, once', () => {
    const db = openDatabase(newPath(), key, { mode: 'create' });
    migrate(db, [first]);
    expect(db.pragma('user_version', { simple: true })).toBe(versionOf(first.stamp));
    migrate(db, [first, second]);
    migrate(db, [first, second]);
    expect(db.prepare('SELECT * FROM one').all()).toEqual([{ a: 'kept', c: null }]);
    expect(db.pragma('user_version', { simple: true })).toBe(versionOf(second.stamp));
    db.close();
  });

  it('leaves schema, rows and version as they were when a step fails', () => {
    const path = newPath();
    const db = openDatabase(path, key, { mode: 'create' });
    migrate(db, [first]);
    const schema = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
    const before = versionOf(first.stamp);
    expect(() => migrate(db, [first, broken])).toThrow(/nowhere/);
    db.close();
    const again = openDatabase(path, key, { mode: 'write' });
    expect(again.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()).toEqual(schema);
    expect(again.prepare('SELECT a FROM one').all()).toEqual([{ a: 'kept' }]);
    expect(again.pragma('user_version', { simple: true })).toBe(before);
    migrate(again, [first, second]);
    expect(again.pragma('user_version', { simple: true })).toBe(versionOf(second.stamp));
    again.close();
  });

  it('keeps the steps before the one that fails', () => {
    const db = openDatabase(newPath(), key, { mode: 'create' });
    expect(() => migrate(db, [first, second, broken])).toThrow(/nowhere/);
    expect(db.pragma('user_version', { simple: true })).toBe(versionOf(second.stamp));
    db.close();
  });

  it('refuses a store of a newer version and writes nothing', () => {
    const path = newPath();
    const newer = openDatabase(path, key, { mode: 'create' });
    migrate(newer, [first, second]);
    newer.close();
    const before = readFileSync(path);
    const db = openDatabase(path, key, { mode: 'write' });
    expect(() => migrate(db, [first])).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'workspace.newer' }) }),
    );
    db.close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('the registered steps', () => {
  it('have stamps of one width, strictly ascending, that fit 32 bits in the same order', () => {
    const stamps = migrations.map(({ stamp }) => stamp);
    expect(stamps.every(stamp => /^20\d{10}$/.test(String(stamp)))).toBe(true);
    expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
    expect(migrations.every(({ name }) => /^[a-z]+(_[a-z]+)+$/.test(name))).toBe(true);
  });

  it('versionOf keeps the order of stamps and stays a positive 32-bit number', () => {
    const stamps = [
      200001010000, 202611230001, 202611230002, 202611240001, 202612010001, 202612310099, 202701010001, 209912319999,
    ];
    const versions = stamps.map(versionOf);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(versions).size).toBe(stamps.length);
    expect(versions.every(version => version >= 0 && version < 2 ** 31)).toBe(true);
  });
});
