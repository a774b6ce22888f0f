import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SCRIPT = join(ROOT, 'scripts/nexus.mjs');
/** The standing clock of every run: same input, same bytes. */
export const CLOCK = '2026-01-02T03:04:05Z';
export const PASSPHRASE = 'correct horse battery staple';

/** A file or folder of the public test data; a test fails where it is missing. */
export const shared = (path: string): string => {
  const found = join(ROOT, '../shared/data', path);
  if (!existsSync(found)) throw new Error(`the test data ${found} is missing`);
  return found;
};

/** Builds the bundle where its sources changed; call it before the first run. */
export const ensureBundle = (): void => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/ensure-build.mjs'), 'main'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build failed: ${stderr}`);
};

/** A folder that is removed with `remove`. */
export const temporaryFolder = (): { readonly path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'nexus-cli-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
};

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Settings {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** The memory of the station that the commands of a test file run at. */
const STATION = mkdtempSync(join(tmpdir(), 'nexus-cli-station-'));
process.once('exit', () => rmSync(STATION, { recursive: true, force: true }));

const start = (args: readonly string[], { folder, environment }: Settings) =>
  spawn(process.execPath, [SCRIPT, ...args], {
    cwd: folder ?? ROOT,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NEXUS_CLOCK: CLOCK,
      NEXUS_PASSPHRASE: PASSPHRASE,
      NEXUS_HOME: STATION,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Starts `nexus` in a process of its own; `finished` resolves when it has ended. */
export const launch = (args: readonly string[], settings: Settings = {}) => {
  const child = start(args, settings);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  return { child, finished };
};

/** Runs `nexus` to its end. */
export const nexus = (args: readonly string[], settings: Settings = {}): Promise<Finished> =>
  launch(args, settings).finished;

/** Runs `nexus … --json`: standard output must be one JSON document and nothing else, standard error empty. */
export const nexusJson = async <T>(
  args: readonly string[],
  settings: Settings = {},
): Promise<{ readonly code: number | null; readonly value: T }> => {
  const { code, out, err } = await nexus([...args, '--json'], settings);
  if (err !== '') throw new Error(`text on standard error: ${err}`);
  return { code, value: JSON.parse(out) as T };
};

/** An error as `--json` prints it. */
export interface Refusal {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly candidates?: Readonly<Record<string, string[]>>;
  };
}

/** The files of a ZIP archive, by its central directory (APPNOTE 6.3.10, 4.3.12); stored or deflated entries only. */
export const unzip = (path: string): { readonly name: string; readonly bytes: Buffer }[] => {
  const archive = readFileSync(path);
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files: { name: string; bytes: Buffer }[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let i = 0; i < archive.readUInt16LE(end + 10); i++) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(from, from + archive.readUInt32LE(at + 20));
    files.push({ name, bytes: archive.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed) });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
};
