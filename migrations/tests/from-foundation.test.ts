import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSPHRASE, Station, WORKSPACE } from '../../src-main/engine/engine.fixture.ts';
import type { Connection } from '../../src-main/platform/database.ts';
import { openDatabase } from '../../src-main/platform/database.ts';
import { migrate } from '../../src-main/platform/migrate.ts';
import { createFoundation } from '../202611230001_create_foundation.ts';
import { migrations } from '../index.ts';

type Row = Readonly<Record<string, unknown>>;

const tablesOf = (db: Connection): string[] =>
  db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .pluck()
    .all() as string[];
const rowsOf = (db: Connection, table: string): Row[] => db.prepare(`SELECT * FROM "${table}"`).all() as Row[];

/** A value of its kind for every column; distinct by row, so that no two could be exchanged unseen. */
const sampleValue = (
  column: { name: string; type: string },
  n: number,
  allowed: ReadonlyMap<string, string>,
): unknown => {
  const fixed = allowed.get(column.name);
  if (fixed !== undefined) return fixed;
  if (column.name === 'leaf') return Buffer.alloc(32, n);
  if (column.type === 'INTEGER') return column.name === 'seq' ? n : 1000 * n + 7;
  if (column.type === 'REAL') return n + 0.25;
  return column.type === 'BLOB' ? Buffer.from([n, 2, 3]) : `${column.name} ${n}`;
};
const ALLOWED = new Map([
  ['side', 'bank'],
  ['state', 'complete'],
  ['compression', 'gzip'],
  ['status', 'confirmed'],
]);

describe('a store of the first schema', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-migration-'));
  let db: Connection;
  beforeAll(() => {
    db = openDatabase(join(folder, 'store.db'), new Uint8Array(32), { mode: 'create' });
    migrate(db, [createFoundation]);
  });
  afterAll(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  it('keeps every row of every table, value by value, up to the newest', () => {
    db.pragma('foreign_keys=0');
    const before = new Map<string, Row[]>();
    for (const table of tablesOf(db)) {
      const columns = db.prepare('SELECT name, type FROM pragma_table_info(?)').all(table) as {
        name: string;
        type: string;
      }[];
      const allowed = new Map(table === 'finding_decisions' ? [...ALLOWED, ['state', 'explained']] : ALLOWED);
      for (const n of [0, 1, 2])
        db.prepare(`INSERT INTO "${table}" VALUES (${columns.map(() => '?').join(',')})`).run(
          ...columns.map(column => sampleValue(column, n, allowed)),
        );
      before.set(table, rowsOf(db, table));
      expect(before.get(table)).toHaveLength(3);
    }
    expect(before.size).toBe(17);
    migrate(db, migrations);
    for (const [table, rows] of before) {
      const after = rowsOf(db, table);
      expect(
        after.map(row => Object.fromEntries(Object.entries(row).filter(([name]) => name in rows[0]!))),
        table,
      ).toEqual(rows);
      // What is new is unknown, or the value its step states.
      const stated = new Map(
        db.prepare('SELECT name, dflt_value FROM pragma_table_info(?)').raw().all(table) as [string, string | null][],
      );
      for (const row of after)
        for (const [name, value] of Object.entries(row))
          if (!(name in rows[0]!))
            expect(value, `${table}.${name}`).toBe(stated.get(name)?.replace(/^'(.*)'$/, '$1') ?? null);
    }
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  });
});

// Written by the version before the first of these steps (its engine, passphrase and standing clock), with a bank's table, a
// packed table, a CAMT file, a ledger, an examination, a decision and a report.
describe('a workspace that the version before wrote', () => {
  const station = new Station();
  const verify = async () => {
    const { grant } = station.engine.grantPath(station.session, station.workspaceFolder, 'folder');
    return station.done('workspaces.verify', { grant, passphrase: PASSPHRASE });
  };
  beforeAll(() => {
    mkdirSync(station.home, { recursive: true });
    cpSync(fileURLToPath(new URL('foundation-workspace', import.meta.url)), join(station.home, WORKSPACE), {
      recursive: true,
    });
  });
  afterAll(() => station.close());

  it('verifies as it is, opens, and verifies again with all its records and more', async () => {
    expect(await verify()).toMatchObject({ ok: true, problems: [], evidence: { files: 4, mismatched: [] } });
    await station.open();
    const { cases } = await station.invoke('cases.list', {});
    expect(cases).toMatchObject([{ name: 'Inquiry of 2025', sources: 4, rejected: 1 }]);
    const caseId = cases[0]!.id;
    const { sources } = await station.invoke('sources.list', { caseId });
    expect(sources.map(source => [source.name, source.transactions, source.state, source.containerId])).toEqual([
      ['bank.csv', 4, 'in-use', null],
      ['packed.csv.gz', 2, 'in-use', null],
      ['genkgo_camt053.v2.multi.statement.xml', 2, 'in-use', null],
      ['ledger.csv', 3, 'in-use', null],
    ]);
    const { rows } = await station.invoke('transactions.page', { caseId, filter: { sourceId: sources[1]!.id } });
    expect(rows.map(row => row.amount)).toEqual(['1.25', '-0.75']);
    // Its packed bytes were not sealed unpacked then.
    const { raw } = await station.invoke('transactions.read', { caseId, transactionId: rows[1]!.id });
    expect(raw.text).toBe('2024-03-02,-0.75,EUR');
    const examination = await station.invoke('examinations.read', { caseId });
    expect(examination?.stale).toBe(false);
    const { findings } = await station.invoke('findings.list', { caseId });
    expect(findings.map(finding => finding.state)).toContain('explained');
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
    await station.import(caseId, [station.file('more.csv', 'date,amount\n2024-01-31,1.00\n')]);
    await station.invoke('sources.archive', { sourceId: sources[0]!.id, reason: 'Not of this inquiry.' });
    await station.closeWorkspace();
    expect(await verify()).toMatchObject({ ok: true, problems: [], evidence: { files: 5, mismatched: [] } });
  });
});
