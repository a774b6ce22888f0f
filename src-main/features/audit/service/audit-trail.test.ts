import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../../../../migrations/index.ts';
import type { Connection } from '../../../platform/database.ts';
import { openDatabase } from '../../../platform/database.ts';
import { hex, hmacSha256, sha256 } from '../../../platform/digest.ts';
import { migrate } from '../../../platform/migrate.ts';
import type { Ports } from '../../../platform/ports.ts';
import { FolderVault } from '../../../platform/station-vault.ts';
import { WriteStore } from '../../../platform/store.ts';
import { fixedPorts } from '../../../platform/system-ports.ts';
import { parseCheckpoint } from '../domain/checkpoint.ts';
import { entryTag, evolvedKey } from '../domain/entry-tag.ts';
import { isSignedBy, parseNote, parseVerificationKey } from '../domain/signed-note.ts';
import { AuditTrail, SYSTEM_ACTOR } from './audit-trail.ts';
import { LogMemory } from './log-memory.ts';
import { auditRoot } from './log-state.ts';
import { NOTE_CRYPTOGRAPHY } from './station-signer.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const KEY = new Uint8Array(32).fill(7);
const INSTANT = Date.UTC(2026, 0, 2);
let folder: string;
let db: Connection;
let store: WriteStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-trail-'));
  open('create');
  migrate(db, migrations);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});
const open = (mode: 'create' | 'write'): void => {
  db = openDatabase(join(folder, 'store.db'), KEY, { mode });
  store = new WriteStore(db);
};
const vault = (name = 'vault') => new FolderVault(join(folder, name));
const memory = (name?: string) => new LogMemory(vault(name), KEY);
const begin = (ports: Ports = fixedPorts(INSTANT)) => AuditTrail.begin(ID, store, ports, memory());
const reopen = (ports: Ports = fixedPorts(INSTANT), name?: string): AuditTrail => {
  db.close();
  open('write');
  return AuditTrail.resume(ID, store, ports, memory(name));
};
const append = (trail: AuditTrail, count: number, act = 'test.done'): void => {
  for (let i = 0; i < count; i++) store.transaction(() => trail.append(store, SYSTEM_ACTOR, act, { number: i }));
};
const acts = (): string[] =>
  (db.prepare('SELECT entry FROM audit_entries ORDER BY seq').pluck().all() as string[]).map(
    text => (JSON.parse(text) as { act: string }).act,
  );
const tagsFit = (firstKey: string): boolean => {
  let key: Uint8Array = Buffer.from(firstKey, 'hex');
  const rows = db.prepare('SELECT leaf, tag FROM audit_entries ORDER BY seq').all() as {
    leaf: Uint8Array;
    tag: Uint8Array;
  }[];
  return rows.every(({ leaf, tag }) => {
    const fits = hex(entryTag(hmacSha256, key, leaf)) === hex(tag);
    key = evolvedKey(sha256, key);
    return fits;
  });
};
const checkpoints = () =>
  db.prepare('SELECT size, root, note, reason FROM audit_checkpoints ORDER BY size').all() as {
    size: number;
    root: Uint8Array;
    note: string;
    reason: string;
  }[];

describe('appending', () => {
  it('tags every entry from K_0 on, over reopenings, and the root is that of all leaves', () => {
    const { trail, firstKey } = begin();
    append(trail, 20);
    trail.checkpoint(store, 'lock');
    append(reopen(), 20);
    append(reopen(), 300);
    const last = reopen();
    append(last, 3);
    expect(tagsFit(firstKey)).toBe(true);
    expect(acts()).toHaveLength(344);
    expect(auditRoot(store)).toEqual({ entries: 344, root: last.head().root });
    expect(last.problem).toBeNull();
  });

  it('what a failed unit of work appended never was: key, tree and numbers are as before', () => {
    const { trail, firstKey } = begin();
    append(trail, 2);
    const before = trail.head();
    let failed = 0;
    for (let i = 0; i < 3; i++)
      try {
        store.transaction(() => {
          trail.append(store, SYSTEM_ACTOR, 'test.failed', {});
          trail.append(store, SYSTEM_ACTOR, 'test.failed', {});
          trail.checkpoint(store, 'sign');
          throw new Error('injected');
        });
      } catch (error) {
        expect((error as Error).message).toBe('injected');
        failed += 1;
      }
    expect(failed).toBe(3);
    expect(trail.head()).toEqual(before);
    expect(checkpoints()).toEqual([]);
    expect(memory().record()).toBeNull();
    append(trail, 2);
    expect(tagsFit(firstKey)).toBe(true);
    expect(acts()).toEqual(['log.genesis', ...Array<string>(4).fill('test.done')]);
  });

  it('a part of a unit of work that was undone leaves no gap', () => {
    const { trail, firstKey } = begin();
    store.transaction(() => {
      trail.append(store, SYSTEM_ACTOR, 'test.first', {});
      db.exec('SAVEPOINT part');
      trail.append(store, SYSTEM_ACTOR, 'test.undone', {});
      trail.append(store, SYSTEM_ACTOR, 'test.undone', {});
      db.exec('ROLLBACK TO part');
      trail.append(store, SYSTEM_ACTOR, 'test.second', {});
      db.exec('SAVEPOINT last');
      trail.append(store, SYSTEM_ACTOR, 'test.undone', {});
      db.exec('ROLLBACK TO last');
    });
    append(trail, 1);
    expect(acts()).toEqual(['log.genesis', 'test.first', 'test.second', 'test.done']);
    expect(tagsFit(firstKey)).toBe(true);
  });

  it('outside a unit of work is refused', () => {
    const { trail } = begin();
    expect(() => trail.append(store, SYSTEM_ACTOR, 'test.done', {})).toThrow('outside a unit of work');
    expect(acts()).toEqual(['log.genesis']);
  });

  it('is all there is: no entry, checkpoint or station is changed, removed or replaced', () => {
    const { trail } = begin();
    trail.checkpoint(store, 'sign');
    for (const text of [
      `UPDATE audit_entries SET tag = zeroblob(32)`,
      `INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries`,
      `UPDATE audit_checkpoints SET note = ''`,
      `DELETE FROM audit_checkpoints`,
      `INSERT OR REPLACE INTO audit_checkpoints SELECT * FROM audit_checkpoints`,
      `UPDATE audit_stations SET vkey = ''`,
      `DELETE FROM audit_stations`,
      `INSERT OR REPLACE INTO audit_stations SELECT * FROM audit_stations`,
    ])
      expect(() => db.exec(text), text).toThrow('append-only');
  });
});

describe('checkpoints', () => {
  it('are made every 256 entries, signed by the station’s key, over the root as of then', () => {
    const { trail } = begin();
    append(trail, 600);
    const key = parseVerificationKey(NOTE_CRYPTOGRAPHY, trail.vkey)!;
    expect(checkpoints().map(({ size, reason }) => [size, reason])).toEqual([
      [256, 'interval'],
      [512, 'interval'],
    ]);
    for (const { size, root, note } of checkpoints()) {
      const parsed = parseNote(note)!;
      expect(isSignedBy(NOTE_CRYPTOGRAPHY, parsed, key)).toBe(true);
      expect(parseCheckpoint(parsed.text)).toEqual({
        origin: `nexus/workspace/${ID}`,
        size,
        root: new Uint8Array(root),
      });
    }
    expect(memory().record()).toMatchObject({ size: 512, station: 0 });
    expect(memory().mark()).toMatchObject({ size: 601, root: trail.head().root });
  });

  it('are remembered with K as of them, also where entries follow in the same unit of work', () => {
    const { trail, firstKey } = begin();
    store.transaction(() => {
      trail.append(store, SYSTEM_ACTOR, 'test.done', {});
      trail.checkpoint(store, 'sign');
      trail.append(store, SYSTEM_ACTOR, 'test.done', {});
    });
    expect(memory().record()).toMatchObject({ size: 2 });
    let key: Uint8Array = Buffer.from(firstKey, 'hex');
    for (let i = 0; i < 2; i++) key = evolvedKey(sha256, key);
    expect(hex(memory().record()!.key)).toBe(hex(key));
    append(reopen(), 1);
    expect(tagsFit(firstKey)).toBe(true);
  });

  it('follow a report that was built and everything that leaves, over its entry', () => {
    const { trail } = begin();
    append(trail, 1, 'report.built');
    append(trail, 1);
    append(trail, 1, 'report.exported');
    append(trail, 1, 'custody.original-exported');
    append(trail, 1, 'evidence.viewed');
    expect(checkpoints().map(({ size, reason }) => [size, reason])).toEqual([
      [2, 'sign'],
      [4, 'export'],
      [5, 'export'],
    ]);
    expect(memory().record()).toMatchObject({ size: 5 });
    expect(() =>
      store.transaction(() => {
        trail.append(store, SYSTEM_ACTOR, 'report.built', {});
        throw new Error('injected');
      }),
    ).toThrow('injected');
    append(trail, 1);
    expect(checkpoints(), 'what never was is not signed').toHaveLength(3);
  });

  it('are made once where nothing was written between', () => {
    const { trail } = begin();
    const first = trail.checkpoint(store, 'sign');
    expect(trail.checkpoint(store, 'export').note).toBe(first.note);
    expect(checkpoints()).toHaveLength(1);
  });
});

describe('a station', () => {
  it('that has no key here begins its own and says so; coming back, the first begins another', () => {
    const { trail, firstKey } = begin();
    append(trail, 3);
    trail.checkpoint(store, 'lock');
    const elsewhere = reopen(undefined, 'other');
    append(elsewhere, 2);
    elsewhere.checkpoint(store, 'lock');
    const back = reopen();
    append(back, 1);
    expect(back.problem).toBeNull();
    expect(acts()).toEqual([
      'log.genesis',
      ...Array<string>(3).fill('test.done'),
      'log.station-joined',
      'test.done',
      'test.done',
      'log.station-joined',
      'test.done',
    ]);
    expect(db.prepare('SELECT station, from_size FROM audit_stations').raw().all()).toEqual([
      [0, 0],
      [1, 4],
      [2, 7],
    ]);
    expect(tagsFit(firstKey)).toBe(false);
  });

  it('that cannot remember goes on, and says so', () => {
    const blocked = new FolderVault(join(folder, 'store.db', 'no-folder'));
    expect(existsSync(join(folder, 'store.db'))).toBe(true);
    const seeded = { ...blockedExceptReads(vault()), writeSoon: () => blocked.writeSoon('log.x', KEY) };
    const { trail } = AuditTrail.begin(ID, store, fixedPorts(INSTANT), new LogMemory(seeded, KEY));
    append(trail, 1);
    expect(trail.problem).toMatchObject({ code: 'anchor.not-kept', storeSize: 2 });
    expect(acts()).toHaveLength(2);
  });
});

const blockedExceptReads = (kept: FolderVault) => ({
  read: (name: string) => kept.read(name),
  write: (name: string, value: Uint8Array) => kept.write(name, value),
  remove: (name: string) => kept.remove(name),
});

describe('the clock (R-41)', () => {
  /** A clock whose wall and monotonic hands are set by hand. */
  const clock = { wallMs: INSTANT, monoMs: 0 };
  const ports = (): Ports => ({
    ...fixedPorts(INSTANT),
    clock: { ...fixedPorts(INSTANT).clock, now: () => clock.wallMs, monotonic: () => clock.monoMs },
  });
  const tick = (wallMs: number, monoMs: number): void => {
    clock.wallMs += wallMs;
    clock.monoMs += monoMs;
  };

  it('set back or run ahead is logged once, and the state is found again at the next opening', () => {
    const { trail } = begin(ports());
    tick(1_000, 1_000);
    append(trail, 1);
    tick(-3_600_000, 1_000);
    append(trail, 2);
    trail.checkpoint(store, 'lock');
    const again = reopen(ports());
    append(again, 1, 'test.still-stray');
    tick(3_700_000, 1_000);
    append(again, 1, 'test.mended');
    expect(acts()).toEqual([
      'log.genesis',
      'test.done',
      'clock.anomaly',
      'test.done',
      'test.done',
      'test.still-stray',
      'clock.consistent',
      'test.mended',
    ]);
    expect(
      db
        .prepare(
          `EXPLAIN QUERY PLAN SELECT seq, entry FROM audit_entries WHERE substr(entry, 1, 14) = '{"act":"clock.' AND seq <= 9 ORDER BY seq DESC`,
        )
        .all(),
    ).toMatchObject([{ detail: expect.stringContaining('audit_entries_clock') }]);
  });
});

describe('the key', () => {
  it('of no earlier entry is in the store, its log file or the station’s memory', () => {
    const { trail, firstKey } = begin();
    append(trail, 300);
    const keys = [Buffer.from(firstKey, 'hex')];
    for (let i = 0; i < 300; i++) keys.push(Buffer.from(evolvedKey(sha256, keys.at(-1)!)));
    const files = ['store.db', 'store.db-wal'].map(name => readFileSync(join(folder, name)));
    // What the pages say in plain: every blob and text of every table.
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all() as string[];
    const plain = Buffer.concat(
      tables
        .flatMap(table => db.prepare(`SELECT * FROM "${table}"`).raw().all() as unknown[][])
        .flat()
        .map(value => (Buffer.isBuffer(value) ? value : Buffer.from(String(value)))),
    );
    const record = vault().read(`log.${nameOf()}`)!;
    const kept = keys[256]!;
    expect(Buffer.from(record).includes(kept)).toBe(true); // the control: the key of the checkpoint is where it should be
    const found = keys.filter((key, i) =>
      [...files, plain, ...(i === 256 ? [] : [Buffer.from(record)])].some(
        bytes => bytes.includes(key) || bytes.includes(key.toString('hex')),
      ),
    );
    expect(found).toEqual([]);
  });
});

const nameOf = (): string =>
  readFileNames()
    .find(name => /^log\.[0-9a-f]{32}$/.test(name))!
    .slice('log.'.length);
const readFileNames = (): string[] => readdirSync(join(folder, 'vault'));
