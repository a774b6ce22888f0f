/**
 * `npm run bench -- audit-export [--entries N]`: an exported log of N tagged entries through both verifiers (R-42:
 * 1,000,000 entries in 60 s each). Exit code 1 when one takes longer; an answer that is wrong is a fault.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { leafHash, MerkleAccumulator } from '../src-main/features/audit/domain/audit-log.ts';
import { canonicalEntry } from '../src-main/features/audit/domain/canonical-text.ts';
import { entryTag, evolvedKey } from '../src-main/features/audit/domain/entry-tag.ts';
import { bundleLine, entryLine, LISTED_PARTS, sealText } from '../src-main/features/audit/domain/proof-bundle.ts';
import { verifyExport } from '../src-main/features/audit/service/audit-export-verify.ts';
import { StationSigner } from '../src-main/features/audit/service/station-signer.ts';
import { hex, hmacSha256, sha256, utf8 } from '../src-main/platform/digest.ts';

/** The limit of the requirements. */
const LIMIT_SECONDS = 60;
const LOG = 'nexus/workspace/bench';
const firstKey = new Uint8Array(32).fill(3);

/** Writes an export of so many tagged entries: twice through, for the checkpoint stands before the entries. */
const write = (path: string, entries: number): void => {
  const signer = new StationSigner(LOG, new Uint8Array(32).fill(9));
  const lines = function* (tree: MerkleAccumulator): Generator<string> {
    let prev = '0'.repeat(64);
    let key: Uint8Array = firstKey;
    for (let seq = 0; seq < entries; seq++) {
      const text = canonicalEntry({
        v: 1,
        log: LOG,
        seq,
        prev,
        ts: '2026-01-02T03:04:05.000Z',
        mono: seq,
        boot: '00000000-0000-4000-8000-000000000001',
        ctr: seq,
        actor: 'Ada',
        role: 'financial_examiner',
        pov: 'financial_examiner',
        act: 'finding.triaged',
        obj: { case: '00000000-0000-4000-8000-00000000000a', fact: hex(sha256(utf8(String(seq)))), after: 'confirmed' },
      });
      const leaf = leafHash(sha256, utf8(text));
      tree.append(leaf);
      prev = hex(leaf);
      yield entryLine(text, null, hex(entryTag(hmacSha256, key, leaf)));
      key = evolvedKey(sha256, key);
    }
  };
  const first = new MerkleAccumulator(sha256);
  for (const line of lines(first)) if (line === '') throw new Error('an entry has no line');
  const fd = openSync(path, 'w');
  const whole = createHash('sha256');
  const parts = new Map(LISTED_PARTS.map(name => [name as string, { lines: 0, hash: createHash('sha256') }]));
  const put = (part: string, line: string): void => {
    const own = parts.get(part);
    if (own !== undefined) {
      own.lines += 1;
      own.hash.update(line);
    }
    whole.update(line);
    writeSync(fd, line);
  };
  put(
    'header',
    bundleLine('header', {
      format: 'nexus-audit-export',
      version: 1,
      product: 'bench',
      madeAt: '2026-01-02T03:04:05.000Z',
      log: LOG,
      size: entries,
      root: hex(first.root()),
      scope: { kind: 'all' },
      entries,
      vkey: signer.vkey,
      firstKey: { from: 0, to: entries },
    }),
  );
  put('checkpoint', bundleLine('checkpoint', signer.sign(entries, first.root())));
  for (const line of lines(new MerkleAccumulator(sha256))) put('entry', line);
  put('certificate', bundleLine('certificate', 'none'));
  const manifest = [...parts].map(([name, { lines: n, hash }]) => ({ name, lines: n, sha256: hash.digest('hex') }));
  put('manifest', bundleLine('manifest', { parts: manifest }));
  writeSync(fd, bundleLine('seal', signer.signText(sealText(LOG, whole.digest('hex')))));
  closeSync(fd);
};

/** True when it takes no longer than it may, by the processor's own time: on a busy machine wall time says more of others. */
const measured = (name: string, entries: number, run: () => number): boolean => {
  const startedMs = performance.now();
  const processorSeconds = run();
  const seconds = (performance.now() - startedMs) / 1000;
  const isLate = processorSeconds * (1_000_000 / entries) > LIMIT_SECONDS;
  process.stdout.write(
    `${name}: ${entries} entries in ${seconds.toFixed(1)} s, processor ${processorSeconds.toFixed(1)} s (limit ${LIMIT_SECONDS} s for 1,000,000)${isLate ? ' — OVER THE LIMIT' : ''}\n`,
  );
  return !isLate;
};

const held = (name: string, holds: boolean): void => {
  if (!holds) throw new Error(`${name} found the export wrong`);
};

const processorSecondsOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** Runs the stand-alone verifier as its user does, and has it tell its processor time last. */
const PYTHON =
  'import sys, time; sys.path.insert(0, sys.argv[1]); import nexus_verify; code = nexus_verify.main(sys.argv[2:]); print(time.process_time()); sys.exit(code)';

/** Runs the measurements and prints them; the exit code. */
export const benchAuditExport = (given: readonly string[]): number => {
  const { values } = parseArgs({ args: [...given], options: { entries: { type: 'string', default: '1000000' } } });
  const entries = Number(values.entries);
  const folder = mkdtempSync(join(tmpdir(), 'nexus-bench-export-'));
  const path = join(folder, 'bench.nexus-audit');
  try {
    write(path, entries);
    process.stdout.write(`an export of ${(statSync(path).size / 1e6).toFixed(0)} MB\n`);
    const own = measured('nexus verify', entries, () =>
      processorSecondsOf(() => {
        const asked = { path, key: null, firstKey: hex(firstKey), mark: null, evidence: null };
        held('nexus verify', verifyExport({ task: 'verify-export', ...asked }).ok);
      }),
    );
    const other = measured('nexus_verify.py', entries, () => {
      const folderOfVerifier = fileURLToPath(new URL('../resources/verifier', import.meta.url));
      const { status, stdout } = spawnSync(
        'python3',
        ['-B', '-c', PYTHON, folderOfVerifier, path, '--first-key', hex(firstKey)],
        { encoding: 'utf8' },
      );
      held('nexus_verify.py', status === 0);
      return Number(stdout.trim().split('\n').at(-1));
    });
    return own && other ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
};
