/**
 * `npm run bench -- audit [--entries N]`: the audit log's own cost. A store with N entries, a thousand a unit of work as a
 * bulk job would write them, and some one by one as a person does; how long an append takes, an opening, and the whole
 * verification with every tag (R-42: 1,000,000 entries in 60 s); and what the log costs an import of as many rows (at most 15 %). Exit code 1 when a limit is passed or an answer is wrong.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrations } from '../migrations/index.ts';
import { AuditTrail, SYSTEM_ACTOR } from '../src-main/features/audit/service/audit-trail.ts';
import { LogMemory } from '../src-main/features/audit/service/log-memory.ts';
import { verifyWorkspace } from '../src-main/features/audit/service/verify-workspace.ts';
import { openDatabase } from '../src-main/platform/database.ts';
import { migrate } from '../src-main/platform/migrate.ts';
import { FolderVault } from '../src-main/platform/station-vault.ts';
import { WriteStore } from '../src-main/platform/store.ts';
import { storeSealOf } from '../src-main/platform/store-seal.ts';
import { systemPorts } from '../src-main/platform/system-ports.ts';
import { auditCostOfImport } from './audit-import.ts';

const VERIFY_LIMIT_S = 60;
const IMPORT_SHARE_LIMIT = 0.15;
const BULK = 1_000;
const SINGLE = 200;

/** Wall time, and the processor's own: on a busy machine the first says more of the others. */
const timed = <T>(
  work: () => T,
): { readonly value: T; readonly seconds: number; readonly processorSeconds: number } => {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (performance.now() - startedMs) / 1000, processorSeconds: (user + system) / 1e6 };
};

/** Runs the measurements and prints them; the exit code. */
export const benchAudit = async (given: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...given], options: { entries: { type: 'string', default: '1000000' } } });
  const entries = Number(values.entries);
  const folder = mkdtempSync(join(tmpdir(), 'nexus-bench-audit-'));
  try {
    return Math.max(measured(folder, entries), await importShare(entries));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const say = (what: string, value: string): void => void process.stdout.write(`${what.padEnd(44)} ${value}\n`);

const importShare = async (rows: number): Promise<number> => {
  const { entries, auditMs, importMs } = await auditCostOfImport(rows);
  const share = auditMs / importMs;
  say(
    `log in an import of ${rows} rows`,
    `${entries} entries, ${auditMs.toFixed(1)} ms of ${(importMs / 1000).toFixed(2)} s: ${(share * 100).toFixed(2)} % (limit ${IMPORT_SHARE_LIMIT * 100} %)`,
  );
  return entries > 0 && share <= IMPORT_SHARE_LIMIT ? 0 : 1;
};

const measured = (folder: string, entries: number): number => {
  const key = new Uint8Array(randomBytes(32));
  const storePath = join(folder, 'store.db');
  const evidenceFolder = join(folder, 'evidence');
  mkdirSync(evidenceFolder);
  const ports = systemPorts();
  const id = ports.ids.next();
  const memory = new LogMemory(new FolderVault(join(folder, 'vault')), key);
  let writer = openDatabase(storePath, key, { mode: 'create', cacheKiB: 16_384 });
  migrate(writer, migrations);
  let store = new WriteStore(writer);
  const { trail, firstKey } = AuditTrail.begin(id, store, ports, memory);
  const row = (i: number) => ({ case: id, source: id, row: i, name: 'statement of January.csv', reason: 'looked at' });

  const bulk = timed(() => {
    for (let done = 1; done < entries - SINGLE; ) {
      store.transaction(() => {
        for (let i = 0; i < BULK && done < entries - SINGLE; i++, done++)
          trail.append(store, SYSTEM_ACTOR, 'evidence.viewed', row(done));
      });
    }
  });
  say(`append, ${BULK} a unit of work`, `${((bulk.seconds * 1e6) / entries).toFixed(1)} µs an entry`);
  const single = timed(() => {
    for (let i = 0; i < SINGLE; i++)
      store.transaction(() => trail.append(store, SYSTEM_ACTOR, 'evidence.viewed', row(i)));
  });
  const bare = timed(() => {
    for (let i = 0; i < SINGLE; i++)
      store.transaction(() =>
        writer.prepare('INSERT INTO workspace_facts VALUES (?, ?)').run(`fact ${i}`, 'x'.repeat(500)),
      );
  });
  say('append, one a unit of work', `${((single.seconds * 1000) / SINGLE).toFixed(2)} ms`);
  say('a unit of work without an entry', `${((bare.seconds * 1000) / SINGLE).toFixed(2)} ms`);
  const checkpointed = timed(() => trail.checkpoint(store, 'lock'));
  say('checkpoint: signed, stored, remembered', `${(checkpointed.seconds * 1000).toFixed(2)} ms`);
  writer.pragma('wal_checkpoint(TRUNCATE)');
  writer.close();
  say('store', `${(statSync(storePath).size / 1e6).toFixed(0)} MB`);
  const seal = timed(() => storeSealOf(storePath));
  say('seal of the closed store', `${(seal.seconds * 1000).toFixed(0)} ms`);
  memory.keep({ ...memory.record()!, storeSeal: seal.value });

  const verified = timed(() =>
    verifyWorkspace({ task: 'verify', storePath, key, evidenceFolder, known: memory.known(), firstKey }),
  );
  const { ok, tags, checkpoints, checkpointsVerified } = verified.value;
  say(
    `verification, ${verified.value.entries} entries, ${checkpoints} checkpoints`,
    `${verified.seconds.toFixed(1)} s, processor ${verified.processorSeconds.toFixed(1)} s (limit ${VERIFY_LIMIT_S} s for 1,000,000)`,
  );
  const opened = timed(() => {
    writer = openDatabase(storePath, key, { mode: 'write', cacheKiB: 16_384 });
    store = new WriteStore(writer);
    memory.unseal(() => storeSealOf(storePath));
    return AuditTrail.resume(id, store, ports, memory);
  });
  say('opening: seal, key, tree, mark', `${(opened.seconds * 1000).toFixed(0)} ms`);
  writer.close();
  const isRight =
    ok && tags.checked === entries && checkpointsVerified === checkpoints && opened.value.problem === null;
  say('answers', isRight ? 'all right' : `WRONG: ${JSON.stringify(verified.value.problems)}`);
  return isRight && verified.processorSeconds * (1_000_000 / entries) <= VERIFY_LIMIT_S ? 0 : 1;
};
