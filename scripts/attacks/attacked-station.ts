import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NexusErrorData } from '../../src-main/contract/errors.ts';
import type { ChannelAnswer, ChannelInput, ChannelName, ChannelResult } from '../../src-main/contract/index.ts';
import { Engine } from '../../src-main/engine/engine.ts';
import { systemPorts } from '../../src-main/platform/system-ports.ts';
import { endWithTests } from './end-with-tests.ts';
import { ACTOR, type Confirmed, passphraseOf, WORKSPACE, type WorkloadLine } from './workload-lines.ts';

const WORKLOAD = fileURLToPath(new URL('workload.ts', import.meta.url));
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/attacks', import.meta.url));

/** `NEXUS_ATTACKS=full` runs as many tries as the requirement names; CI runs the short form. */
export const tries = (short: number, full: number): number => (process.env.NEXUS_ATTACKS === 'full' ? full : short);

/** A folder for one station: its home, its temporary files, its traces. */
export const stationFolder = (): { readonly path: string; readonly home: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'nexus-attack-'));
  mkdirSync(join(path, 'tmp'));
  return { path, home: join(path, 'home'), remove: () => rmSync(path, { recursive: true, force: true }) };
};

export interface WorkloadOptions {
  readonly rounds: number;
  /** A file whose words must never reach the disk; the workload stays open when it is done. */
  readonly canaries?: string;
  /** Arguments of strace, when it is to watch or to inject. */
  readonly strace?: readonly string[];
}

export interface Workload {
  readonly lines: WorkloadLine[];
  /** Resolves when a line says so, or the process has ended. */
  until(reached: (line: WorkloadLine) => boolean): Promise<void>;
  /** kill -9 of every process of it. */
  kill(): void;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly err: string;
  }>;
}

/** Starts a station at work in processes of its own. */
export const startWorkload = (folder: string, options: WorkloadOptions): Workload => {
  const command = [
    ...(options.strace === undefined ? [] : ['strace', ...options.strace]),
    process.execPath,
    WORKLOAD,
    join(folder, 'home'),
    String(options.rounds),
    options.canaries ?? '-',
  ];
  const child = spawn(command[0]!, command.slice(1), {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_NO_WARNINGS: '1',
      // The same modules are compiled once for all tries.
      NODE_COMPILE_CACHE: COMPILED,
      TMPDIR: join(folder, 'tmp'),
      HOME: folder,
    },
  });
  const lines: WorkloadLine[] = [];
  let rest = '';
  let err = '';
  let wake: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) lines.push(JSON.parse(part) as WorkloadLine);
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  let isEnded = false;
  const ended = new Promise<Awaited<Workload['ended']>>((resolve, reject) => {
    child.on('error', error => {
      isEnded = true;
      wake();
      reject(error);
    });
    child.on('close', (code, signal) => {
      isEnded = true;
      wake();
      resolve({ code, signal, err });
    });
  });
  const kill = (): void => {
    if (isEnded || child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      // It has just ended, and nobody has told this process yet.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  endWithTests(kill);
  return {
    lines,
    until: async reached => {
      while (!isEnded && !lines.some(reached))
        await new Promise<void>(resolve => {
          wake = resolve;
        });
    },
    kill,
    ended,
  };
};

/** What the process promised before it ended. */
const promises = (lines: readonly WorkloadLine[]) => {
  const confirmed: Confirmed[] = lines.flatMap(line => ('done' in line ? [line.confirmed] : []));
  const last = lines.at(-1);
  return {
    created: lines.some(line => 'done' in line && line.done === 'create'),
    password: Math.max(0, ...confirmed.map(({ password }) => password ?? 0)),
    changingPassword: lines.some(line => 'begin' in line && line.begin === 'password'),
    cases: new Set(confirmed.flatMap(({ caseId }) => caseId ?? [])),
    sources: new Set(confirmed.flatMap(({ sourceId }) => sourceId ?? [])),
    reports: new Set(confirmed.flatMap(({ reportId }) => reportId ?? [])),
    /** What was under way: where the blow fell. */
    during:
      last === undefined ? 'start' : 'begin' in last ? last.begin : 'done' in last ? `after ${last.done}` : 'refusal',
  };
};

/** What a look at a station that was hit found; nothing in `lost` or `broken` means that it holds. */
export interface Aftermath {
  readonly during: string;
  /** Confirmed to the caller and not there any more. */
  readonly lost: readonly string[];
  /** Half states: what `verify` says, rows without entries, entries without rows, no way to go on working. */
  readonly broken: readonly string[];
}

/** Opens the workspace with the product, as its user would after the blow, and looks whether all that was promised holds. */
export const lookAfter = async (home: string, lines: readonly WorkloadLine[]): Promise<Aftermath> => {
  const promised = promises(lines);
  const { during } = promised;
  if (!existsSync(join(home, WORKSPACE, 'workspace.json')))
    return { during, lost: promised.created ? ['the workspace'] : [], broken: [] };
  const engine = new Engine({ homeFolder: home, ports: systemPorts() });
  const broken: string[] = [];
  const lost: string[] = [];
  try {
    const session = engine.openSession();
    const call = async <C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<ChannelAnswer<C>> => {
      const answer = await engine.invoke(session, channel, input);
      if (answer.ok) return answer.value as ChannelAnswer<C>;
      throw new Error(`${channel}: ${JSON.stringify(answer.error)}`);
    };
    const passwords = [promised.password, ...(promised.changingPassword ? [promised.password + 1] : [])];
    const refusals: NexusErrorData[] = [];
    for (const password of passwords) {
      const answer = await engine.invoke(session, 'workspaces.open', {
        location: { name: WORKSPACE },
        passphrase: passphraseOf(password),
        actor: ACTOR,
      });
      if (answer.ok) break;
      refusals.push(answer.error);
    }
    if (refusals.length === passwords.length) return { during, lost, broken: [`open: ${JSON.stringify(refusals)}`] };
    const status = (await call('workspaces.status', {})) as { readonly anchor?: unknown };
    if ((status.anchor ?? null) !== null) broken.push(`anchor: ${JSON.stringify(status.anchor)}`);

    const finished = new Promise<ChannelResult<'audits.verify'>>(resolve => {
      engine.subscribe(event => {
        if (event.name === 'job.finished') resolve((event.payload.result ?? event.payload.error) as never);
      });
    });
    await call('audits.verify', {});
    const verified = await finished;
    if (!verified.ok) broken.push(`verify: ${JSON.stringify(verified.problems ?? verified)}`);

    const { cases } = await call('cases.list', {});
    for (const id of promised.cases) if (!cases.some(known => known.id === id)) lost.push(`case ${id}`);
    const sources: string[] = [];
    const reports: string[] = [];
    for (const { id } of cases) {
      sources.push(...(await call('sources.list', { caseId: id })).sources.map(source => source.id));
      reports.push(...(await call('reports.list', { caseId: id })).reports.map(report => report.id));
    }
    for (const id of promised.sources) if (!sources.includes(id)) lost.push(`source ${id}`);
    for (const id of promised.reports) if (!reports.includes(id)) lost.push(`report ${id}`);

    // Rows and entries one to one.
    const acts = (await call('audits.list', { limit: 1000 })).entries.map(entry => entry.act);
    const counted = (act: string): number => acts.filter(known => known === act).length;
    for (const [act, rows] of [
      ['case.created', cases.length],
      ['evidence.imported', sources.length],
      ['report.built', reports.length],
    ] as const)
      if (counted(act) !== rows) broken.push(`${rows} rows, but ${counted(act)} entries ${act}`);

    await call('cases.create', { name: 'The work goes on' });
  } catch (error) {
    broken.push(String(error));
  } finally {
    await engine.close();
  }
  return { during, lost, broken };
};

/** Runs attacks two at a time: as many as the smallest machine has processors. */
export const twoAtATime = async <T>(count: number, attack: (index: number) => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      results[index] = await attack(index);
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
};
