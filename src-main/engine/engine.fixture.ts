import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NexusErrorData, WireResult } from '../contract/errors.ts';
import type { NexusEvent } from '../contract/events.ts';
import type { ChannelAnswer, ChannelInput, ChannelName, ChannelResult } from '../contract/index.ts';
import type { JobView } from '../contract/jobs.contract.ts';
import type { Role } from '../contract/workspaces.contract.ts';
import { openSlot } from '../features/identity/service/open-slot.ts';
import type { Connection } from '../platform/database.ts';
import { openDatabase } from '../platform/database.ts';
import { NO_KEYCHAIN, testSecurity } from '../platform/station-security.fixture.ts';
import type { StationSecurity } from '../platform/station-security.ts';
import { fixedPorts } from '../platform/system-ports.ts';
import type { ParserWorkers } from '../platform/worker-pool.ts';
import { readHeader, workspacePaths } from '../platform/workspace-files.ts';
import { Engine } from './engine.ts';
import type { SessionId } from './engine-client.ts';

/** 2026-01-02T03:04:05Z: the standing clock of a test. */
export const INSTANT = Date.UTC(2026, 0, 2, 3, 4, 5);
export const PASSPHRASE = 'correct horse battery staple';
export const WORKSPACE = 'Inquiry';

/** A file or folder of the public test data. */
export const sharedPath = (path: string): string => {
  const found = fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));
  if (!existsSync(found)) throw new Error(`the test data ${found} is missing`);
  return found;
};

/** Answers of the generator of transactions with planted irregularities (its DEFINITIONS say what each is). */
export interface Truth {
  readonly answers: {
    readonly rows: number;
    readonly rejected: number;
    readonly rejectedRows: readonly number[];
    readonly sumMinor: number;
    readonly exactDuplicates: { readonly groups: number; readonly surplus: number; readonly rows: readonly number[] };
    readonly sameSameDifferent: { readonly groups: number; readonly rows: readonly number[] };
    readonly sequenceGaps: { readonly gaps: number; readonly missing: number };
    readonly justBelow: { readonly rows: number; readonly structured: number };
  };
  readonly planted: { readonly structuredRows: readonly number[]; readonly rsfRows: readonly number[] };
}

/** Writes a generated file of transactions and answers its truth. */
export const generate = (
  path: string,
  rows: number,
  options: { readonly seed?: number; readonly dialect?: 'clean' | 'messy' } = {},
): Truth => {
  const spawned = spawnSync(
    process.execPath,
    [
      sharedPath('peers/generate.mjs'),
      '--out',
      path,
      '--rows',
      String(rows),
      '--seed',
      String(options.seed ?? 1),
      '--dialect',
      options.dialect ?? 'clean',
    ],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (spawned.status !== 0) throw new Error(`the generator failed: ${spawned.stderr}`);
  return JSON.parse(spawned.stdout) as Truth;
};

/** What a settled job ended with. */
export type Ended<C extends ChannelName> = {
  readonly view: JobView;
  readonly result: ChannelResult<C>;
  readonly error: NexusErrorData | null;
};

/** A real engine with a real home folder; ends with `close`. */
export class Station {
  readonly folder = mkdtempSync(join(tmpdir(), 'nexus-engine-'));
  readonly home = join(this.folder, 'home');
  readonly engine: Engine;
  readonly events: { readonly event: NexusEvent; readonly session: SessionId | null }[] = [];
  session: SessionId;
  /** Milliseconds since the station began, on both clocks: they stand unless a test moves them. */
  passedMs = 0;
  private key: Uint8Array | null = null;
  private readonly waiting = new Map<string, (view: JobView) => void>();

  constructor(parsers: Partial<ParserWorkers> = {}, security: Partial<StationSecurity> = {}) {
    this.engine = new Engine({
      homeFolder: this.home,
      ports: { ...fixedPorts(INSTANT), clock: { now: () => INSTANT + this.passedMs, monotonic: () => this.passedMs } },
      parsers,
      security: testSecurity(this.home, security),
    });
    this.engine.subscribe((event, session) => {
      this.events.push({ event, session });
      if (event.name === 'job.finished') this.waiting.get(event.payload.jobId)?.(event.payload);
    });
    this.session = this.engine.openSession();
  }

  get workspaceFolder(): string {
    return join(this.home, WORKSPACE);
  }

  async close(): Promise<void> {
    await this.engine.close();
    rmSync(this.folder, { recursive: true });
  }

  /** The wire's answer to any call, valid or not. */
  async call(channel: string, input: unknown, session = this.session): Promise<WireResult<unknown>> {
    return this.engine.invoke(session, channel, input);
  }

  /** The value of a call that must succeed. */
  async invoke<C extends ChannelName>(
    channel: C,
    input: ChannelInput<C>,
    session = this.session,
  ): Promise<ChannelAnswer<C>> {
    const answer = await this.call(channel, input, session);
    if (!answer.ok) throw new Error(`${channel} was refused: ${JSON.stringify(answer.error)}`);
    return answer.value as ChannelAnswer<C>;
  }

  /** The error of a call that must be refused. */
  async refusal(channel: string, input: unknown, session = this.session): Promise<NexusErrorData> {
    const answer = await this.call(channel, input, session);
    if (answer.ok) throw new Error(`${channel} was not refused`);
    return answer.error;
  }

  /** Waits for the end of a started job. */
  async ended<C extends ChannelName>(jobId: string, session = this.session): Promise<Ended<C>> {
    const view = await new Promise<JobView>(resolve => {
      this.waiting.set(jobId, resolve);
      void this.invoke('jobs.read', { jobId }, session).then(known => {
        if (known.state !== 'running') resolve(known);
      });
    });
    return { view, result: view.result as ChannelResult<C>, error: (view.error ?? null) as NexusErrorData | null };
  }

  /** Runs a job to its end. */
  async run<C extends ChannelName>(channel: C, input: ChannelInput<C>, session = this.session): Promise<Ended<C>> {
    const { jobId } = (await this.invoke(channel, input, session)) as { jobId: string };
    return this.ended<C>(jobId, session);
  }

  /** The result of a job that must succeed. */
  async done<C extends ChannelName>(
    channel: C,
    input: ChannelInput<C>,
    session = this.session,
  ): Promise<ChannelResult<C>> {
    const { view, result, error } = await this.run(channel, input, session);
    if (view.state !== 'done') throw new Error(`${channel} ended ${view.state}: ${JSON.stringify(error)}`);
    return result;
  }

  grant(path: string, session = this.session): string {
    return this.engine.grantPath(session, path, 'file').grant;
  }

  /** Writes a file beside the workspaces and answers its path. */
  file(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  async create(): Promise<void> {
    await this.invoke('workspaces.create', { location: { name: WORKSPACE }, passphrase: PASSPHRASE, actor: 'Ada' });
  }

  async open(role: Role = 'financial_examiner', session = this.session): Promise<void> {
    await this.invoke(
      'workspaces.open',
      { location: { name: WORKSPACE }, passphrase: PASSPHRASE, actor: 'Ada', role },
      session,
    );
  }

  async closeWorkspace(session = this.session): Promise<void> {
    await this.invoke('workspaces.close', {}, session);
  }

  async createCase(name = 'Case'): Promise<string> {
    return (await this.invoke('cases.create', { name })).id;
  }

  async import(
    caseId: string,
    paths: readonly string[],
    side: 'bank' | 'ledger' = 'bank',
  ): Promise<ChannelResult<'imports.start'>['files']> {
    return (await this.done('imports.start', { caseId, files: paths.map(path => ({ grant: this.grant(path), side })) }))
      .files;
  }

  async acts(): Promise<string[]> {
    const { entries } = await this.invoke('audits.list', { limit: 1000 });
    return entries.map(entry => entry.act).reverse();
  }

  /** Opens the store beside the engine, as someone who has the key: to look, or to tamper. */
  async store(mode: 'read' | 'write' = 'read'): Promise<Connection> {
    this.key ??= await dataKeyOf(this.workspaceFolder);
    return openDatabase(workspacePaths(this.workspaceFolder).store, this.key, { mode });
  }

  /** One look at the store. */
  async inStore<T>(work: (connection: Connection) => T, mode: 'read' | 'write' = 'read'): Promise<T> {
    const connection = await this.store(mode);
    try {
      return work(connection);
    } finally {
      connection.close();
    }
  }

  /** Names of the sealed originals. */
  sealed(): string[] {
    return readdirSync(workspacePaths(this.workspaceFolder).evidence).sort();
  }
}

/** The data key of a workspace, as someone who has the passphrase of a test gets it. */
export const dataKeyOf = async (folder: string, password = PASSPHRASE): Promise<Uint8Array> => {
  const opened = await openSlot(readHeader(folder), { username: null, password, keyFile: null }, NO_KEYCHAIN);
  if (opened === null) throw new Error('the passphrase does not open the workspace');
  return opened.dataKey;
};

/** Every file below a folder. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();

/** Name, SHA-256, size and time of last change of every file below a folder. */
export const folderState = (folder: string): string[] =>
  filesBelow(folder).map(path => {
    const { size, mtimeMs } = statSync(path);
    return `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')} ${size} ${mtimeMs}`;
  });

/** Rows of a table in a store. */
export const countRows = (connection: Connection, table: string): number =>
  (connection.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
