import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelResult } from '../../contract/index.ts';
import { generate, type Truth } from '../../engine/engine.fixture.ts';
import { ensureBundle, launch, nexusJson, PASSPHRASE, type Refusal, temporaryFolder } from './command-line.fixture.ts';
import type { ExaminationResult } from './examination-result.ts';

// What holds after a crash, an interrupt, a full disk and a hand that changes bytes: the workspace opens, `verify` tells the
// truth, nothing is half there, and the work can be done again.
const BANK = fileURLToPath(new URL('golden/input/bank.csv', import.meta.url));
const SCRIPT = fileURLToPath(new URL('../../../scripts/nexus.mjs', import.meta.url));
const work = temporaryFolder();
const large = join(work.path, 'large.csv');
/** A workspace that holds one small examined file; each test takes a copy. */
const base = join(work.path, 'base');
let truth: Truth;

beforeAll(async () => {
  ensureBundle();
  truth = generate(large, 200_000);
  const { code } = await nexusJson(['examine', BANK, '--workspace', base], at(base));
  expect(code).toBe(0);
}, 120_000);
afterAll(() => work.remove());

type Verification = ChannelResult<'workspaces.verify'>;
/** Each workspace at a station of its own: one station would see copies of one workspace as an older and a newer one. */
const homeOf = (workspace: string): string => `${workspace}.home`;
const at = (workspace: string) => ({ environment: { NEXUS_HOME: homeOf(workspace) } });
const verify = (workspace: string) => nexusJson<Verification>(['verify', workspace], at(workspace));
const copyOf = (name: string): string => {
  const folder = join(work.path, name);
  cpSync(base, folder, { recursive: true });
  cpSync(homeOf(base), homeOf(folder), { recursive: true });
  return folder;
};
const evidence = (workspace: string): string[] => {
  const folder = join(workspace, 'evidence');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const sealedBytes = (workspace: string, known: readonly string[]): number =>
  evidence(workspace)
    .filter(name => name.endsWith('.sealed') && !known.includes(name))
    .reduce((bytes, name) => bytes + statSync(join(workspace, 'evidence', name), { throwIfNoEntry: false })!.size, 0);

/** Resolves when this share of the large file has been sealed. */
const sealed = async (workspace: () => string | null, share: number, known: readonly string[] = []): Promise<void> => {
  const bytes = statSync(large).size * share;
  for (let waited = 0; waited < 30_000; waited++) {
    const folder = workspace();
    if (folder !== null && sealedBytes(folder, known) >= bytes) return;
    await new Promise(resolve => setTimeout(resolve, 1));
  }
  throw new Error('the import did not get there');
};

const assertWholeExamination = async (workspace: string): Promise<void> => {
  const { code, value } = await nexusJson<ExaminationResult>(
    ['examine', large, '--workspace', workspace],
    at(workspace),
  );
  expect(code).toBe(0);
  const [file] = value.files;
  const { rows, rejected, sumMinor } = truth.answers;
  expect([file!.alreadyImported, file!.statements.reduce((sum, { count }) => sum + count, 0)]).toEqual([false, rows]);
  expect(file!.rejected).toHaveLength(rejected);
  const minor = (text: string): number => Number(text.replace('.', ''));
  expect(file!.statements.reduce((sum, { credits, debits }) => sum + minor(credits) - minor(debits), 0)).toBe(sumMinor);
  const verified = await verify(workspace);
  expect([verified.code, verified.value.ok, verified.value.evidence.files]).toEqual([0, true, 2]);
  // The sealed original and the sealed columns of each of the two files: no stray file of the broken import is left.
  expect(evidence(workspace)).toHaveLength(4);
};

describe('kill -9 in the middle of an import', () => {
  it.each(process.env.NEXUS_ATTACKS === 'full' ? [0.02, 0.35, 0.7, 1] : [0.35, 1])(
    'after %f of the file',
    async share => {
      const workspace = copyOf(`killed-${share}`);
      const known = evidence(workspace);
      const { child, finished } = launch(['examine', large, '--workspace', workspace], at(workspace));
      await sealed(() => workspace, share, known);
      // Somewhere in the next moment, wherever that is: each run hits another instruction.
      await new Promise(resolve => setTimeout(resolve, Math.random() * 60));
      child.kill('SIGKILL');
      expect((await finished).signal).toBe('SIGKILL');

      const verified = await verify(workspace);
      expect([verified.code, verified.value.ok, verified.value.problems]).toEqual([0, true, []]);
      expect(verified.value.evidence.files).toBe(1);
      const { value } = await nexusJson<{ cases: { sources: number; transactions: number }[] }>(
        ['cases.list', '--workspace', workspace],
        at(workspace),
      );
      expect(value.cases.map(({ sources, transactions }) => [sources, transactions])).toEqual([[1, 8]]);
      expect(evidence(workspace).sort()).toEqual(known.sort());
      await assertWholeExamination(workspace);
    },
    180_000,
  );
});

describe('an interrupt (Ctrl+C)', () => {
  it('cancels an examination in a named workspace; nothing of it stays', async () => {
    const workspace = copyOf('interrupted');
    const known = evidence(workspace);
    const { child, finished } = launch(['examine', large, '--workspace', workspace, '--json'], at(workspace));
    await sealed(() => workspace, 0.3, known);
    child.kill('SIGINT');
    const { code, out, err } = await finished;
    expect([code, err]).toEqual([70, '']);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'job.cancelled' } });
    const verified = await verify(workspace);
    expect([verified.code, verified.value.ok, verified.value.evidence.files]).toEqual([0, true, 1]);
    expect(evidence(workspace).sort()).toEqual(known.sort());
    await assertWholeExamination(workspace);
  }, 180_000);

  it('removes a temporary workspace', async () => {
    const temporary = temporaryFolder();
    const { child, finished } = launch(['examine', large], { environment: { TMPDIR: temporary.path } });
    const folder = (): string | null => readdirSync(temporary.path).map(name => join(temporary.path, name))[0] ?? null;
    await sealed(folder, 0.3);
    child.kill('SIGINT');
    const { code, out, err } = await finished;
    expect([code, out]).toEqual([70, '']);
    expect(err).toContain('nexus: Cancelled.');
    expect(readdirSync(temporary.path)).toEqual([]);
    temporary.remove();
  }, 180_000);
});

describe('a disk that takes no more', () => {
  const environment = (workspace: string) => ({
    ...process.env,
    NODE_OPTIONS: '',
    NEXUS_PASSPHRASE: PASSPHRASE,
    NEXUS_HOME: homeOf(workspace),
  });
  const shell = (workspace: string, command: string, script: string, ...args: string[]) =>
    spawnSync(command, [...script.split(' '), ...args], { encoding: 'utf8', env: environment(workspace) });

  it('a limit on the size of files: refused in words, what was confirmed stays, works again without it', async () => {
    const workspace = copyOf('limited');
    // 20,000 blocks of 512 bytes: a third of the sealed original.
    const { status, stdout } = spawnSync(
      'sh',
      [
        '-c',
        'ulimit -f 20000; exec "$0" "$@"',
        process.execPath,
        SCRIPT,
        'examine',
        large,
        '--workspace',
        workspace,
        '--json',
      ],
      { encoding: 'utf8', env: environment(workspace) },
    );
    const { error } = JSON.parse(stdout) as Refusal;
    expect([status, error.code]).toEqual([70, expect.stringMatching(/^disk\.(file-limit|failed|full)$/)]);
    const verified = await verify(workspace);
    expect([verified.code, verified.value.ok, verified.value.evidence.files]).toEqual([0, true, 1]);
    await assertWholeExamination(workspace);
  }, 180_000);

  const mounts = shell(base, 'unshare', '-rm true').status === 0;
  it.runIf(mounts)(
    'a full file system of its own: refused as disk.full; the same workspace goes on once there is room',
    () => {
      const script = [
        'mount -t tmpfs -o size=30m tmpfs "$1" && cp -r "$2" "$1/ws" || exit 99',
        '"$3" "$4" examine "$5" --workspace "$1/ws" --json; echo "exit $?"',
        'mount -o remount,size=400m "$1"',
        '"$3" "$4" verify "$1/ws" --json; echo "exit $?"',
        '"$3" "$4" examine "$5" --workspace "$1/ws" --json > "$1/out.json"; echo "exit $?"',
        '"$3" "$4" verify "$1/ws" --json; echo "exit $?"',
      ].join('\n');
      const mount = temporaryFolder();
      const workspace = copyOf('full');
      const { status, stdout, stderr } = shell(
        workspace,
        'unshare',
        '-rm sh -c',
        script,
        'sh',
        mount.path,
        workspace,
        process.execPath,
        SCRIPT,
        large,
      );
      mount.remove();
      expect([status, stderr]).toEqual([0, '']);
      const lines = stdout.trim().split('\n');
      expect(lines.filter(line => line.startsWith('exit'))).toEqual(['exit 70', 'exit 0', 'exit 0', 'exit 0']);
      expect(JSON.parse(lines[0]!)).toMatchObject({ error: { code: 'disk.full' } });
      expect(JSON.parse(lines[2]!)).toMatchObject({ ok: true, evidence: { files: 1 } });
      expect(JSON.parse(lines[5]!)).toMatchObject({ ok: true, evidence: { files: 2 } });
    },
    180_000,
  );
});

it('a file that is refused near its end, while its rows are being stored, leaves none of them', async () => {
  const workspace = copyOf('refused late');
  const known = evidence(workspace);
  const packed = join(work.path, 'cut.csv.gz');
  const whole = gzipSync(readFileSync(large), { level: 1 });
  writeFileSync(packed, whole.subarray(0, whole.length - 1000));
  const { code, value } = await nexusJson<Refusal>(['examine', packed, '--workspace', workspace], at(workspace));
  expect([code, value.error.code]).toEqual([3, 'input.all-refused']);
  const verified = await verify(workspace);
  expect([verified.code, verified.value.problems]).toEqual([0, []]);
  expect(evidence(workspace).sort()).toEqual(known.sort());
  await assertWholeExamination(workspace);
}, 180_000);

describe('nexus verify', () => {
  const flipped = (name: string, file: (workspace: string) => string, at: (bytes: number) => number): string => {
    const workspace = copyOf(name);
    const path = file(workspace);
    const bytes = readFileSync(path);
    bytes[at(bytes.length)]! ^= 1;
    writeFileSync(path, bytes);
    return workspace;
  };
  const sealedFile = (ending: string) => (workspace: string) =>
    join(workspace, 'evidence', evidence(workspace).find(name => name.endsWith(ending))!);
  const store = (workspace: string): string => join(workspace, 'store.db');

  it('tells a good workspace and leaves every byte as it was', async () => {
    const before = readdirSync(base, { recursive: true, encoding: 'utf8' }).sort();
    const bytes = readFileSync(join(base, 'store.db'));
    const { code, value } = await verify(base);
    expect(code).toBe(0);
    expect(value).toMatchObject({
      ok: true,
      root: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      // One when it was made, one over what its report rests on, one when it was closed.
      checkpoints: 3,
      checkpointsVerified: 3,
      highWater: { holds: true },
      evidence: { files: 1, mismatched: [] },
      problems: [],
    });
    expect([value.entries > 0, value.unwitnessed]).toEqual([true, value.entries]);
    expect(readdirSync(base, { recursive: true, encoding: 'utf8' }).sort()).toEqual(before);
    expect(readFileSync(join(base, 'store.db')).equals(bytes)).toBe(true);
  });

  it.each([
    ['the sealed original', sealedFile('.sealed'), (bytes: number) => bytes >> 1, 'evidence.damaged'],
    ['the sealed columns', sealedFile('.columns'), (bytes: number) => bytes >> 1, 'evidence.damaged'],
    ['the store, first page', store, () => 100, 'store.page'],
    ['the store, in the middle', store, (bytes: number) => bytes >> 1, 'store.page'],
    ['the store, last byte', store, (bytes: number) => bytes - 1, 'store.page'],
    ['the store, anywhere', store, (bytes: number) => Math.floor(Math.random() * bytes), 'store.page'],
  ] as const)('one bit changed in %s: exit 5, and where', async (where, file, at, problem) => {
    const workspace = flipped(`flipped ${where}`, file, at);
    const { code, value } = await verify(workspace);
    expect([code, value.ok]).toEqual([5, false]);
    expect(value.problems[0]).toMatchObject({ code: problem, where: expect.stringMatching(/./) as string });
    if (problem === 'evidence.damaged') expect(value.evidence.mismatched).toEqual(['bank.csv']);
  });

  it.each([
    ['the sealed original', sealedFile('.sealed'), 'evidence.missing'],
    ['the sealed columns', sealedFile('.columns'), 'columns.missing'],
    ['the store', store, 'store.missing'],
  ] as const)('%s removed: exit 5', async (what, file, problem) => {
    const workspace = copyOf(`without ${what}`);
    rmSync(file(workspace));
    const { code, value } = await verify(workspace);
    expect([code, value.ok, value.problems[0]?.code]).toEqual([5, false, problem]);
  });

  it('a damaged header is an integrity failure, a wrong passphrase a refusal, another folder bad usage', async () => {
    const damaged = copyOf('damaged header');
    writeFileSync(join(damaged, 'workspace.json'), '{}');
    expect(await verify(damaged)).toMatchObject({
      code: 5,
      value: { ok: false, problems: [{ code: 'workspace.damaged-header' }] },
    });
    const wrong = await nexusJson<Refusal>(['verify', base], {
      environment: { ...at(base).environment, NEXUS_PASSPHRASE: 'wrong' },
    });
    expect([wrong.code, wrong.value.error.code]).toEqual([4, 'workspace.locked']);
    const other = await nexusJson<Refusal>(['verify', work.path]);
    expect([other.code, other.value.error.code]).toEqual([2, 'workspace.not-one']);
  });
});
