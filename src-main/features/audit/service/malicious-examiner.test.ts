import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OpenWorkspace } from '../../../engine/open-workspace.ts';
import type { Connection } from '../../../platform/database.ts';
import { openDatabase } from '../../../platform/database.ts';
import { hex, hmacSha256, sha256, utf8 } from '../../../platform/digest.ts';
import { createRecoverySlot } from '../../../platform/key-slots.ts';
import { FolderVault } from '../../../platform/station-vault.ts';
import { fixedPorts } from '../../../platform/system-ports.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import { workspacePaths } from '../../../platform/workspace-files.ts';
import { leafHash, MerkleAccumulator } from '../domain/audit-log.ts';
import { canonicalEntry } from '../domain/canonical-text.ts';
import { entryTag, evolvedKey } from '../domain/entry-tag.ts';
import { SYSTEM_ACTOR } from './audit-trail.ts';
import { LogMemory } from './log-memory.ts';
import { StationSigner } from './station-signer.ts';
import { verifyWorkspace } from './verify-workspace.ts';

/**
 * the attacker has the store's key, the station's signing key and the log's current key in hand, and administers the
 * machine. Each case says which check finds what was done, or that nothing at this station can: then only somebody who
 * keeps a checkpoint, a printed root or the first key elsewhere finds it, and the entries are shown as unwitnessed.
 */
const ID = '00000000-0000-4000-8000-00000000000a';
const KEY = new Uint8Array(randomBytes(32));
const INSTANT = Date.UTC(2026, 0, 2);
let folder: string;
let firstKey: string;
/** What somebody outside wrote down at the end of the first day: so many entries, this root. */
let witnessed: { size: number; root: string };

const at = (station: string) => ({
  place: { folder: join(folder, station, 'workspace'), name: 'Inquiry' },
  vault: new FolderVault(join(folder, station, 'vault')),
  memory: new LogMemory(new FolderVault(join(folder, station, 'vault')), KEY),
  paths: workspacePaths(join(folder, station, 'workspace')),
});
const opened = (station = 'today'): OpenWorkspace =>
  OpenWorkspace.open(at(station).place, ID, Uint8Array.from(KEY), fixedPorts(INSTANT), at(station).vault);
const begin = (workspace: OpenWorkspace): void =>
  workspace.write.transaction(() => {
    workspace.trail.append(workspace.write, SYSTEM_ACTOR, 'workspace.opened', {});
    workspace.trail.checkpoint(workspace.write, 'unlock');
  });
const work = (workspace: OpenWorkspace, entries: number): void => {
  for (let i = 0; i < entries; i++)
    workspace.write.transaction(() =>
      workspace.trail.append(workspace.write, SYSTEM_ACTOR, 'evidence.viewed', { row: i }),
    );
};
const end = (workspace: OpenWorkspace): void => {
  if (!workspace.trail.isHeld) workspace.trail.checkpoint(workspace.write, 'lock');
  workspace.close();
};
const day = (entries: number, station = 'today'): void => {
  const workspace = opened(station);
  begin(workspace);
  work(workspace, entries);
  end(workspace);
};
const copy = (from: string, to: string, part = ''): void =>
  cpSync(join(folder, from, part), join(folder, to, part), { recursive: true });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-malicious-'));
  const header = {
    format: 'nexus-workspace' as const,
    version: 2 as const,
    workspaceId: ID,
    createdAt: '2026-01-02T00:00:00.000Z',
    cipher: 'sqlcipher-4' as const,
    slots: [createRecoverySlot(ID, KEY, new Uint8Array(16))],
  };
  const made = OpenWorkspace.create(
    at('today').place,
    header,
    Uint8Array.from(KEY),
    fixedPorts(INSTANT),
    at('today').vault,
    workspace => {
      workspace.trail.append(workspace.write, SYSTEM_ACTOR, 'workspace.created', {});
      workspace.write.connection.exec(
        `INSERT INTO workspace_facts WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) SELECT 'fact ' || printf('%04d', i), hex(zeroblob(60)) FROM n`,
      );
    },
  );
  firstKey = made.firstKey;
  work(made.workspace, 6);
  end(made.workspace);
  const { size, root } = at('today').memory.mark()!;
  witnessed = { size, root };
  copy('today', 'yesterday');
  day(8);
});
afterEach(() => rmSync(folder, { recursive: true }));

const verify = (options: { readonly firstKey?: string } = {}, station = 'today') => {
  const { paths, memory } = at(station);
  return verifyWorkspace({
    task: 'verify',
    storePath: paths.store,
    key: KEY,
    evidenceFolder: paths.evidence,
    known: memory.known(),
    at: witnessed.size,
    ...options,
  });
};
/** What somebody who wrote the root down says of the log: null when it is the same, else what is wrong. */
const witness = (station = 'today'): 'shorter' | 'another' | null => {
  const { rootAt } = verify({}, station);
  if (rootAt === null || rootAt === undefined) return 'shorter';
  return rootAt.root === witnessed.root ? null : 'another';
};
const codes = (problems: readonly { readonly code: string }[]): string[] => [
  ...new Set(problems.map(({ code }) => code)),
];
/** What an opening finds; the store is not changed by it when it is held. */
const openingProblem = (station = 'today'): string | null => {
  const before = readFileSync(at(station).paths.store);
  let workspace: OpenWorkspace;
  try {
    workspace = opened(station);
  } catch (error) {
    // Pages that do not fit each other: the store is named as damaged and not opened.
    const { code, category } = errorDataOf(error);
    if (category !== 'integrity') throw error;
    return code;
  }
  const { problem } = workspace.trail;
  if (problem !== null) {
    expect(() => work(workspace, 1)).toThrow('read-only');
    expect(() => workspace.trail.checkpoint(workspace.write, 'sign')).toThrow('read-only');
  }
  workspace.close();
  if (problem !== null) expect(readFileSync(at(station).paths.store).equals(before)).toBe(true);
  return problem?.code ?? null;
};

interface Entry {
  readonly seq: number;
  readonly [name: string]: unknown;
}
const tamper = (change: (db: Connection) => void): void => {
  const db = openDatabase(at('today').paths.store, KEY, { mode: 'write' });
  db.pragma('foreign_keys=OFF');
  const triggers = db
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'audit_%'`)
    .all() as { name: string; sql: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  change(db);
  // He leaves no trace of how he did it.
  for (const { sql } of triggers) db.exec(sql);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
};
const entriesOf = (db: Connection): Entry[] =>
  (db.prepare('SELECT entry FROM audit_entries ORDER BY seq').pluck().all() as string[]).map(
    text => JSON.parse(text) as Entry,
  );
/** Chain, leaves, tags and checkpoints made anew with everything he has: all of it but the keys of the past. */
const rewrite = (change: (entries: Entry[]) => Entry[], options: { readonly resign: boolean }): void => {
  const { memory } = at('today');
  const record = memory.record()!;
  const signer = new StationSigner(`nexus/workspace/${ID}`, memory.signingSeed());
  let root = '';
  let size = 0;
  tamper(db => {
    const before = entriesOf(db);
    const tags = db.prepare('SELECT tag FROM audit_entries ORDER BY seq').pluck().all() as Uint8Array[];
    const leaves = db.prepare('SELECT leaf FROM audit_entries ORDER BY seq').pluck().all() as Uint8Array[];
    const checkpoints = db.prepare('SELECT size FROM audit_checkpoints').pluck().all() as number[];
    db.exec('DELETE FROM audit_entries');
    const tree = new MerkleAccumulator(sha256);
    let prev = '0'.repeat(64);
    let key: Uint8Array = Uint8Array.from(record.key);
    change(before).forEach((entry, seq) => {
      const text = canonicalEntry({ ...entry, seq, prev });
      const leaf = leafHash(sha256, utf8(text));
      const isOld = leaves[seq] !== undefined && hex(leaves[seq]) === hex(leaf);
      const tag = isOld ? tags[seq]! : entryTag(hmacSha256, key, leaf);
      key = evolvedKey(sha256, key);
      db.prepare('INSERT INTO audit_entries (seq, entry, leaf, tag) VALUES (?, ?, ?, ?)').run(seq, text, leaf, tag);
      tree.append(leaf);
      prev = hex(leaf);
      if (options.resign && checkpoints.includes(tree.size))
        db.prepare('UPDATE audit_checkpoints SET root = ?, peaks = ?, note = ? WHERE size = ?').run(
          tree.root(),
          tree.peakBytes(),
          signer.sign(tree.size, tree.root()),
          tree.size,
        );
    });
    db.prepare('DELETE FROM audit_checkpoints WHERE size > ?').run(tree.size);
    size = tree.size;
    root = hex(tree.root());
  });
  // He administers the machine: the mark is his to write as well.
  if (options.resign) memory.keep({ ...record, size, root, storeSeal: null });
};
const edited = (entries: Entry[]): Entry[] =>
  entries.map(entry => (entry.seq === 4 ? { ...entry, actor: 'somebody-else' } : entry));

describe('the control', () => {
  it('two days of honest work verify, tags from the first key on, and open', () => {
    expect(verify({ firstKey })).toMatchObject({
      ok: true,
      problems: [],
      entries: 17,
      unwitnessed: 17,
      checkpoints: 4,
      checkpointsVerified: 4,
      highWater: { size: 17, holds: true },
      tags: { checked: 17, with: 'first-key' },
    });
    expect(witness()).toBeNull();
    expect(openingProblem()).toBeNull();
  });

  it('rewriting the log as it was is no attack: only the file is another', () => {
    rewrite(entries => entries, { resign: false });
    expect(codes(verify({ firstKey }).problems)).toEqual(['store.changed']);
  });
});

describe('(a) an entry edited', () => {
  it('alone: the chain', () => {
    tamper(db =>
      db.exec(`UPDATE audit_entries SET entry = replace(entry, '"actor":"system"', '"actor":"nobody"') WHERE seq = 4`),
    );
    expect(verify().problems[0]).toMatchObject({ code: 'audit.digest', where: 'entry 4' });
    expect(openingProblem()).toBe('store.changed');
  });

  it('with everything after it: the signed checkpoints, the mark, and the tag', () => {
    rewrite(edited, { resign: false });
    expect(codes(verify().problems)).toEqual(['audit.checkpoint-root', 'store.forked', 'store.changed']);
    expect(codes(verify({ firstKey }).problems)).toContain('audit.tag');
    expect(openingProblem()).toBe('store.changed');
  });
});

describe('(b) the last entries deleted', () => {
  const cut = (entries: Entry[]): Entry[] => entries.slice(0, -5);

  it('with today’s mark: older than its anchor', () => {
    rewrite(cut, { resign: false });
    expect(codes(verify().problems)).toContain('store.older-than-anchor');
    expect(openingProblem()).toBe('store.older-than-anchor');
  });

  it('with the mark written back as well: nothing here; the tags still fit, and they are shown as unwitnessed', () => {
    rewrite(cut, { resign: true });
    const verification = verify({ firstKey });
    expect([codes(verification.problems), verification.entries, verification.unwitnessed]).toEqual([[], 12, 12]);
    // Somebody who saw the second day would miss its entries; who saw the first misses nothing.
    expect(witness()).toBeNull();
    expect(verification.entries).toBeLessThan(17);
  });
});

describe('(c) all rewritten and signed anew, the mark too', () => {
  it('opens; the first key finds the first entry whose tag he could not make, and a root kept elsewhere finds it', () => {
    rewrite(edited, { resign: true });
    const verification = verify();
    expect([verification.ok, verification.unwitnessed, verification.tags.with]).toEqual([true, 17, 'station-key']);
    expect(verify({ firstKey }).problems).toEqual([
      { code: 'audit.tag', where: 'entry 4', message: expect.any(String) },
    ]);
    expect(witness()).toBe('another');
  });

  it('under another signing key: the log’s own record of its stations', () => {
    tamper(db => {
      const { vkey } = new StationSigner(`nexus/workspace/${ID}`, new Uint8Array(randomBytes(32)));
      db.prepare('UPDATE audit_stations SET vkey = ?').run(vkey);
    });
    expect(codes(verify().problems)).toContain('audit.checkpoint-signature');
  });
});

describe('(d) entries reordered', () => {
  const swapped = (entries: Entry[]): Entry[] => [
    ...entries.slice(0, 3),
    entries[4]!,
    entries[3]!,
    ...entries.slice(5),
  ];

  it('as they are: the chain', () => {
    tamper(db =>
      db.exec(
        'UPDATE audit_entries SET seq = -1 WHERE seq = 3; UPDATE audit_entries SET seq = 3 WHERE seq = 4; UPDATE audit_entries SET seq = 4 WHERE seq = -1',
      ),
    );
    expect(verify().problems[0]).toMatchObject({ code: 'audit.sequence', where: 'entry 3' });
  });

  it('linked anew: the checkpoints and the mark; signed anew: the first key and a root kept elsewhere', () => {
    rewrite(swapped, { resign: false });
    expect(codes(verify().problems)).toEqual(['audit.checkpoint-root', 'store.forked', 'store.changed']);
    expect(openingProblem()).toBe('store.changed');
    rewrite(entries => entries, { resign: true });
    expect(openingProblem()).toBe(null);
    expect(verify({ firstKey }).problems[0]).toMatchObject({ code: 'audit.tag', where: 'entry 3' });
    expect(witness()).toBe('another');
  });
});

describe('(e) yesterday’s folder restored', () => {
  it('with today’s memory of the station: older than its anchor, read-only until a supervisor accepts it', () => {
    rmSync(at('today').place.folder, { recursive: true });
    copy('yesterday', 'today', 'workspace');
    expect(codes(verify().problems)).toContain('store.older-than-anchor');
    expect(openingProblem()).toBe('store.older-than-anchor');
    const workspace = opened();
    const { problem } = workspace.trail;
    expect(problem).toMatchObject({ markSize: 17, storeSize: witnessed.size });
    // A unit of work that fails changes nothing of it.
    expect(() =>
      workspace.write.transaction(() => {
        workspace.trail.acceptRollback();
        throw new Error('injected');
      }),
    ).toThrow('injected');
    expect(workspace.trail.isHeld).toBe(true);
    workspace.write.transaction(() => {
      workspace.trail.acceptRollback();
      workspace.trail.append(workspace.write, SYSTEM_ACTOR, 'log.rollback-accepted', { reason: 'restored' });
      workspace.trail.checkpoint(workspace.write, 'rollback');
    });
    expect(workspace.trail.problem).toBeNull();
    end(workspace);
    expect(verify({ firstKey })).toMatchObject({ ok: true, highWater: { size: witnessed.size + 2, holds: true } });
    day(2);
    expect(openingProblem()).toBeNull();
  });

  it('with yesterday’s memory too (an image of the whole disk): nothing here, only who saw today', () => {
    rmSync(join(folder, 'today'), { recursive: true });
    copy('yesterday', 'today');
    expect(openingProblem()).toBeNull();
    expect(verify({ firstKey })).toMatchObject({ ok: true, entries: witnessed.size, unwitnessed: witnessed.size });
    expect(witness()).toBeNull();
  });

  it('and worked on beside today’s (a cloned station): forked, wherever the two meet', () => {
    day(8, 'yesterday');
    rmSync(at('today').place.folder, { recursive: true });
    // The same number of entries, told differently.
    copy('yesterday', 'today', 'workspace');
    expect(at('yesterday').memory.mark()!.size).toBe(17);
    expect(openingProblem()).toBe('store.changed');
    rmSync(at('today').place.folder, { recursive: true });
    copy('yesterday', 'today', 'workspace');
    const { memory } = at('today');
    memory.keep({ ...memory.record()!, root: 'f'.repeat(64), storeSeal: null });
    expect(openingProblem()).toBe('store.forked');
  });
});

describe('finding 3: the store is encrypted, not fresh', () => {
  const PAGE = 4096;

  it('one page of yesterday in today’s file: the seal of the closed store', () => {
    // Today a fact was changed; its page of yesterday says what it said.
    copy('today', 'yesterday');
    const workspace = opened();
    begin(workspace);
    workspace.write.transaction(() => {
      workspace.write.connection.exec(`UPDATE workspace_facts SET value = 'changed' WHERE name = 'fact 0200'`);
      workspace.trail.append(workspace.write, SYSTEM_ACTOR, 'fact.changed', {});
    });
    end(workspace);
    const [old, now] = ['yesterday', 'today'].map(station => readFileSync(at(station).paths.store)) as [Buffer, Buffer];
    const differing = Array.from({ length: Math.min(old.length, now.length) / PAGE }, (_, i) => i).filter(
      i => !old.subarray(i * PAGE, (i + 1) * PAGE).equals(now.subarray(i * PAGE, (i + 1) * PAGE)),
    );
    const reverted: number[] = [];
    for (const page of differing) {
      const replayed = Buffer.from(now);
      old.copy(replayed, page * PAGE, page * PAGE, (page + 1) * PAGE);
      writeFileSync(at('today').paths.store, replayed);
      if (revertsFact()) reverted.push(page);
      expect(openingProblem(), `page ${page}`).not.toBeNull();
      expect(verify().ok, `page ${page}`).toBe(false);
    }
    // The fault fired: at least one page reverted the fact, and SQLite found the file in order.
    expect(reverted.length).toBeGreaterThan(0);
    writeFileSync(at('today').paths.store, now);
    expect(openingProblem()).toBeNull();
  });

  const revertsFact = (): boolean => {
    const db = openDatabase(at('today').paths.store, KEY, { mode: 'read' });
    try {
      const value = db.prepare(`SELECT value FROM workspace_facts WHERE name = 'fact 0200'`).pluck().get();
      return value !== 'changed' && db.pragma('integrity_check', { simple: true }) === 'ok';
    } catch {
      // A page that does not fit the others: damaged, which is found as well.
      return false;
    } finally {
      db.close();
    }
  };

  /** A crash with work in the log file: the folder and the station's memory as they are at that moment. */
  const crash = (): { entries: number; size: number } => {
    const workspace = opened();
    begin(workspace);
    work(workspace, 40);
    const entries = workspace.trail.head().size;
    copy('today', 'crashed');
    end(workspace);
    return { entries, size: statSync(`${at('crashed').paths.store}-wal`).size };
  };
  const entriesAfter = (): number => {
    const db = openDatabase(at('crashed').paths.store, KEY, { mode: 'read' });
    const count = db.prepare('SELECT count(*) FROM audit_entries').pluck().get() as number;
    db.close();
    return count;
  };

  it('a crash alone is none: everything acknowledged is there', () => {
    const { entries } = crash();
    expect(entriesAfter()).toBe(entries);
    expect(openingProblem('crashed')).toBeNull();
  });

  it('one bit flipped in the log file: the mark of the newest unit of work', () => {
    const { entries, size } = crash();
    for (const part of [0.3, 0.6, 0.9]) {
      copy('crashed', 'kept');
      const log = `${at('crashed').paths.store}-wal`;
      const bytes = readFileSync(log);
      const offset = Math.floor(size * part);
      bytes[offset] = bytes[offset]! ^ 1;
      writeFileSync(log, bytes);
      expect(entriesAfter(), `at ${part}`).toBeLessThan(entries);
      expect(openingProblem('crashed'), `at ${part}`).toBe('store.older-than-anchor');
      expect(codes(verify({}, 'crashed').problems)).toContain('store.older-than-anchor');
      rmSync(join(folder, 'crashed'), { recursive: true });
      copy('kept', 'crashed');
    }
  });

  it('the log file deleted: the mark of the newest unit of work', () => {
    const { entries } = crash();
    rmSync(`${at('crashed').paths.store}-wal`);
    expect(entriesAfter()).toBeLessThan(entries);
    expect(openingProblem('crashed')).toBe('store.older-than-anchor');
  });

  it('entries added with the store’s key alone, after the mark: not written with the log’s key', () => {
    const { entries } = crash();
    const db = openDatabase(at('crashed').paths.store, KEY, { mode: 'write' });
    const last = db.prepare('SELECT entry, leaf FROM audit_entries ORDER BY seq DESC LIMIT 1').get() as {
      entry: string;
      leaf: Uint8Array;
    };
    const text = canonicalEntry({
      ...(JSON.parse(last.entry) as Entry),
      seq: entries,
      prev: hex(last.leaf),
      act: 'made.up',
    });
    db.prepare('INSERT INTO audit_entries (seq, entry, leaf, tag) VALUES (?, ?, ?, ?)').run(
      entries,
      text,
      leafHash(sha256, utf8(text)),
      randomBytes(32),
    );
    db.close();
    expect(openingProblem('crashed')).toBe('store.tag');
    expect(codes(verify({}, 'crashed').problems)).toEqual(['audit.tag']);
  });
});
