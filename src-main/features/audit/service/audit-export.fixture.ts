import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrations } from '../../../../migrations/index.ts';
import { openDatabase } from '../../../platform/database.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { migrate } from '../../../platform/migrate.ts';
import { WriteStore } from '../../../platform/store.ts';
import { fixedPorts } from '../../../platform/system-ports.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import { insertSource } from '../../ingestion/storage/source.repository.ts';
import type { AuditObject } from '../domain/audit-log.ts';
import type { BundleScope } from '../domain/proof-bundle.ts';
import { bundleLine, LISTED_PARTS } from '../domain/proof-bundle.ts';
import type { EntryFilter } from './audit-entry-filter.ts';
import type { SealAnswer, SealRequest, WrittenExport } from './audit-export-task.ts';
import { writeAuditExport } from './audit-export-task.ts';
import type { ExportVerification, VerifyExportTask } from './audit-export-verify.ts';
import { verifyExport } from './audit-export-verify.ts';
import { AuditTrail } from './audit-trail.ts';
import type { CustodyFact } from './custody-record.ts';
import { recordCustody, recordIngest } from './custody-record.ts';

export const VERIFIER = fileURLToPath(new URL('../../../../resources/verifier/nexus_verify.py', import.meta.url));
const WHO = { actor: 'Ada', role: 'financial_examiner', pov: 'financial_examiner' };
export const CASE = '00000000-0000-4000-8000-00000000000a';

/** A source's row with nothing in it but what custody needs. */
const sourceRow = (ordinal: number, name: string, content: string): SourceRecord => ({
  ordinal,
  id: `00000000-0000-4000-8000-0000000001${String(ordinal).padStart(2, '0')}`,
  case_id: CASE,
  name,
  side: 'bank',
  state: 'complete',
  sha256: hex(sha256(utf8(content))),
  bytes: utf8(content).length,
  compression: null,
  format: 'csv',
  encoding: 'utf-8',
  dialect: '{}',
  imported_at: '2026-01-02T03:04:05.000Z',
  amount_scale: 2,
  first_transaction_id: 1,
  transaction_count: 0,
  rejected_count: 0,
  warning_count: 0,
  container_id: null,
  text_sha256: null,
  text_encoding: null,
  settings: null,
  profile_id: null,
  profile_version: null,
  set_aside_at: null,
  set_aside_reason: null,
});

/** A real encrypted store with a real log in it, from which exports are made as the application makes them. */
export class LogStation {
  readonly folder = mkdtempSync(join(tmpdir(), 'nexus-export-'));
  readonly storePath = join(this.folder, 'store.db');
  readonly key = new Uint8Array(32).fill(7);
  readonly store: WriteStore;
  trail: AuditTrail;
  readonly firstKey: string;
  readonly sources: SourceRecord[] = [];
  private exports = 0;

  constructor() {
    const connection = openDatabase(this.storePath, this.key, { mode: 'create' });
    migrate(connection, migrations);
    this.store = new WriteStore(connection);
    const begun = AuditTrail.begin('test', this.store, fixedPorts(Date.UTC(2026, 0, 2, 3, 4, 5)), null);
    this.trail = begun.trail;
    this.firstKey = begun.firstKey;
    this.store.transaction(() => {
      this.store.connection.prepare('INSERT INTO cases VALUES (?, ?, ?)').run(CASE, 'Café “Ω” 🂡', '2026-01-02');
      this.append('case.created', { case: CASE, name: 'Café “Ω” 🂡' });
    });
  }

  append(act: string, obj: AuditObject): void {
    this.trail.append(this.store, WHO, act, obj);
  }

  /** Entries that concern no case. */
  work(entries: number): void {
    this.store.transaction(() => {
      for (let i = 0; i < entries; i++)
        this.append('profile.saved', { profile: `p-${i}`, note: 'Zeile\n“zwei”\u0001' });
    });
  }

  /** Imports an original, as far as log and ledger go. */
  import(name: string, content: string): SourceRecord {
    const source = sourceRow(this.sources.length + 1, name, content);
    this.store.transaction(() => {
      insertSource(this.store, source);
      const { id, case_id: caseId, bytes, sha256: digest } = source;
      this.append('evidence.imported', { case: caseId, source: id, name, bytes, sha256: digest });
      recordIngest(this.store, source, digest);
    });
    this.sources.push(source);
    return source;
  }

  custody(act: string, facts: readonly CustodyFact[]): void {
    this.store.transaction(() =>
      recordCustody(this.store, WHO, '2026-01-02T03:04:05.000Z', facts, obj =>
        this.append(act, { case: CASE, files: facts.length, ...obj }),
      ),
    );
  }

  /** Makes an export and answers its path. */
  async export(
    scope: BundleScope = { kind: 'all' },
    filter: EntryFilter | null = null,
    provenFrom: readonly number[] = [],
  ): Promise<string> {
    const checkpoint = this.trail.checkpoint(this.store, 'export');
    const folder = join(this.folder, `out-${this.exports++}`);
    const fileName = 'log.nexus-audit';
    let answer: (body: unknown) => void = () => undefined;
    const written: WrittenExport = await writeAuditExport(
      {
        task: 'audit-export',
        storePath: this.storePath,
        key: this.key,
        log: 'nexus/workspace/test',
        vkey: this.trail.vkey,
        product: 'NEXUS test',
        madeAt: '2026-01-02T03:04:05.000Z',
        checkpoint: { size: checkpoint.size, root: hex(checkpoint.root), note: checkpoint.note },
        scope,
        filter,
        provenFrom,
        certificate: 'DRAFT\n',
        fileName,
        folder,
      },
      {
        onMessage: listener => {
          answer = listener;
        },
        send: body => answer({ note: this.trail.sealExport((body as SealRequest).sha256) } satisfies SealAnswer),
      },
    );
    if (written.bytes === 0) throw new Error('nothing was exported');
    return join(folder, fileName);
  }

  /** Another station, without the first one's key, goes on with the log. */
  join(): void {
    this.trail = AuditTrail.resume('test', this.store, fixedPorts(Date.UTC(2026, 0, 3)), null);
  }

  /** The same lines under a manifest and a seal that fit them: what someone who holds the station's key could make. */
  resealed(lines: readonly string[]): string {
    const body = lines.filter(line => !/^\{"(manifest|seal)":/.test(line)).map(line => `${line}\n`);
    const parts = LISTED_PARTS.map(name => {
      const own = body.filter(line => line.startsWith(`{"${name}":`));
      return { lines: own.length, name, sha256: hex(sha256(utf8(own.join('')))) };
    });
    const before = body.join('') + bundleLine('manifest', { parts });
    return before + bundleLine('seal', this.trail.sealExport(hex(sha256(utf8(before)))));
  }

  close(): void {
    this.store.connection.close();
    rmSync(this.folder, { recursive: true });
  }
}

type Options = Partial<Omit<VerifyExportTask, 'task' | 'path'>>;

/** What `nexus verify` says of an export. */
export const judged = (path: string, options: Options = {}): ExportVerification =>
  verifyExport({ task: 'verify-export', path, key: null, firstKey: null, mark: null, evidence: null, ...options });

/** What the stand-alone verifier says of it: another language, no shared code. */
export const judgedByPython = (path: string, options: Options = {}): ExportVerification => {
  const { key, firstKey, mark, evidence } = options;
  const spawned = spawnSync(
    'python3',
    [
      '-B',
      VERIFIER,
      path,
      '--json',
      ...(key ? ['--key', key] : []),
      ...(firstKey ? ['--first-key', firstKey] : []),
      ...(mark ? ['--mark', `${mark.size}:${mark.root}`] : []),
      ...(evidence ? ['--evidence', evidence] : []),
    ],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (spawned.error !== undefined) throw spawned.error;
  const verdict = JSON.parse(spawned.stdout) as ExportVerification;
  if (spawned.status !== (verdict.ok ? 0 : 5))
    throw new Error(`python3 ended with ${spawned.status}: ${spawned.stderr}`);
  return verdict;
};

/** What it says of many, in one process: starting Python for each would be most of the work. */
export const allJudgedByPython = (
  paths: readonly string[],
  { key = null, firstKey = null, mark = null }: Omit<Options, 'evidence'> = {},
): ExportVerification[] => {
  const given = JSON.stringify({ paths, key, firstKey, mark: mark === null ? null : [mark.size, mark.root] });
  const script = [
    'import json, sys',
    `sys.path.insert(0, ${JSON.stringify(join(VERIFIER, '..'))})`,
    'import nexus_verify',
    'given = json.load(sys.stdin)',
    'first = None if given["firstKey"] is None else bytes.fromhex(given["firstKey"])',
    'mark = None if given["mark"] is None else tuple(given["mark"])',
    'print(json.dumps([nexus_verify.judge(path, given["key"], first, mark) for path in given["paths"]]))',
  ].join('\n');
  const spawned = spawnSync('python3', ['-B', '-c', script], { input: given, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (spawned.stderr !== '') throw new Error(spawned.stderr);
  return JSON.parse(spawned.stdout) as ExportVerification[];
};

/** What both verifiers must say alike: everything but the words of a problem and the shape of an apostrophe. */
export const bare = ({ problems, export: shown, ...rest }: ExportVerification) => ({
  ...rest,
  problems: problems.map(({ code, where }) => `${code} at ${where}`),
  export: { ...shown, notes: shown.notes.map(note => note.replaceAll('’', "'")) },
});
