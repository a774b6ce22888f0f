import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../src-main/platform/database.ts';
import { openDatabase } from '../src-main/platform/database.ts';
import { migrate } from '../src-main/platform/migrate.ts';
import { migrations } from './index.ts';

const SNAPSHOT = new URL('./schema.snapshot.json', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'nexus-schema-'));
let db: Connection;
beforeAll(() => {
  db = openDatabase(join(folder, 'store.db'), new Uint8Array(32), { mode: 'create' });
  migrate(db, migrations);
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const schema = (): unknown =>
  (
    db
      .prepare(
        `SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`,
      )
      .all() as { sql: string }[]
  ).map(entry => ({ ...entry, sql: entry.sql.replace(/\s+/g, ' ') }));

describe('the schema', () => {
  // Renewed with UPDATE_SNAPSHOT=1, together with the migration that changes it.
  it('is the one of the snapshot', () => {
    if (process.env.UPDATE_SNAPSHOT === '1') writeFileSync(SNAPSHOT, `${JSON.stringify(schema(), null, 2)}\n`);
    expect(existsSync(SNAPSHOT)).toBe(true);
    expect(schema()).toEqual(JSON.parse(readFileSync(SNAPSHOT, 'utf8')));
  });

  it('has only STRICT tables, without a loose column', () => {
    const tables = db
      .prepare(
        `SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`,
      )
      .all() as { name: string; strict: number }[];
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter(table => table.strict !== 1)).toEqual([]);
    const types = db
      .prepare(
        `SELECT DISTINCT c.type FROM pragma_table_list t, pragma_table_info(t.name) c WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%'`,
      )
      .pluck()
      .all() as string[];
    expect(types.filter(type => !['INTEGER', 'TEXT', 'BLOB', 'REAL'].includes(type))).toEqual([]);
  });

  it('keeps money out of REAL', () => {
    const real = db
      .prepare(
        `SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_info(t.name) c WHERE t.schema = 'main' AND c.type = 'REAL' ORDER BY 1`,
      )
      .pluck()
      .all();
    expect(real).toEqual([
      'findings.score',
      'near_duplicates.score',
      'party_proposal_runs.threshold',
      'reconciliation_matches.score',
    ]);
  });

  it('refuses an amount that is no integer', () => {
    const insert = (amount: unknown) =>
      db
        .prepare(
          `INSERT INTO transactions (source, row_number, byte_offset, byte_length, statement, booking_day, amount_units, reference, description) VALUES (1, 1, 0, 1, 0, 0, ?, '', '')`,
        )
        .run(amount);
    expect(() => insert(10.5)).toThrow(/cannot store REAL value in INTEGER column/);
    expect(() => insert('10,50')).toThrow(/cannot store TEXT value in INTEGER column/);
    expect(() => insert(null)).toThrow(/NOT NULL/);
  });

  it('keeps audit entries append-only', () => {
    db.prepare(`INSERT INTO audit_entries (seq, entry, leaf) VALUES (0, '{}', zeroblob(32))`).run();
    expect(() => db.prepare(`UPDATE audit_entries SET entry = '{"a":1}'`).run()).toThrow(/append-only/);
    expect(() => db.prepare('DELETE FROM audit_entries').run()).toThrow(/append-only/);
    expect(() =>
      db.prepare(`INSERT OR REPLACE INTO audit_entries (seq, entry, leaf) VALUES (0, '{"a":1}', zeroblob(32))`).run(),
    ).toThrow(/append-only/);
    expect(() =>
      db.prepare(`INSERT INTO audit_entries (seq, entry, leaf) VALUES (1, '{}', zeroblob(31))`).run(),
    ).toThrow(/CHECK/);
    expect(db.prepare('SELECT entry FROM audit_entries').pluck().all()).toEqual(['{}']);
  });
});
