import { fork, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { build, Platform } from 'electron-builder';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Packs the application for Linux with a stand-in for Electron's unpacked folder, so that nothing is downloaded, and
// looks into the result. The stand-in's binary carries a fuse wire, so the fuses are flipped and read back for real.

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** Marks the fuse wire in Electron’s binary (electronjs.org, “Electron Fuses”, “Editing the fuse wire”). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

let folder: string;
let unpackedApp: string;
let archive: string;
let entries: readonly string[];

const makeElectronStandIn = (dist: string): void => {
  mkdirSync(join(dist, 'resources'), { recursive: true });
  mkdirSync(join(dist, 'locales'));
  writeFileSync(join(dist, 'locales', 'en-US.pak'), '');
  const allFusesOn = Buffer.concat([Buffer.from([1, 9]), Buffer.from('111111111')]); // version, length, states
  writeFileSync(join(dist, 'electron'), Buffer.concat([Buffer.from(`stand-in ${SENTINEL}`), allFusesOn]));
  chmodSync(join(dist, 'electron'), 0o755);
  writeFileSync(join(dist, 'version'), '45.0.0');
  writeFileSync(join(dist, 'LICENSE'), '');
  writeFileSync(join(dist, 'LICENSES.chromium.html'), '');
};

beforeAll(async () => {
  const built = spawnSync(process.execPath, [join(ROOT, 'scripts/ensure-build.mjs'), 'all'], { encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
  folder = mkdtempSync(join(tmpdir(), 'nexus-package-'));
  makeElectronStandIn(join(folder, 'electron'));
  await build({
    projectDir: ROOT,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    // Merged over electron-builder.yml, which electron-builder reads from the project folder.
    config: {
      electronDist: join(folder, 'electron'),
      directories: { output: join(folder, 'release') },
    },
  });
  unpackedApp = join(folder, 'release', 'linux-unpacked');
  archive = join(unpackedApp, 'resources', 'app.asar');
  entries = listPackage(archive, { isPack: false }).map(entry => entry.replaceAll('\\', '/'));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isUnpacked = (path: string): boolean => {
  const entry = statFile(archive, path);
  return 'unpacked' in entry && entry.unpacked === true;
};

test('the archive holds what runs', () => {
  expect(entries).toEqual(
    expect.arrayContaining([
      '/package.json',
      '/dist/main/electron.js',
      '/dist/main/engine.worker.js',
      '/dist/main/engine-process.worker.js',
      '/dist/main/parser.worker.js',
      '/dist/main/analysis.worker.js',
      '/dist/preload/preload.cjs',
      '/dist/renderer/index.html',
      '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
      '/node_modules/@node-rs/argon2-linux-x64-gnu/argon2.linux-x64-gnu.node',
      '/node_modules/@napi-rs/keyring-linux-x64-gnu/keyring.linux-x64-gnu.node',
    ]),
  );
  expect(JSON.parse(extractFile(archive, 'package.json').toString())).toMatchObject({
    main: 'dist/main/electron.js',
    type: 'module',
  });
});

test('the archive holds nothing else', () => {
  const top = new Set(entries.map(entry => entry.split('/')[1]));
  expect([...top].sort()).toEqual(['dist', 'node_modules', 'package.json']);
  const packages = new Set(entries.filter(entry => /^\/node_modules\/[^/]+$/.test(entry)));
  expect([...packages].sort()).toEqual([
    '/node_modules/@napi-rs',
    '/node_modules/@node-rs',
    '/node_modules/better-sqlite3',
  ]);
  const unwanted = entries.filter(entry =>
    /(?<!\.d)\.(ts|tsx|map|cpp|hpp|gyp)$|\.test\.|\.fixture\.|\/bin\/node|(win32|darwin|musl|arm64)[^/]*\.node$|nexus\.js$|node-host\.js$/.test(
      entry,
    ),
  );
  expect(unwanted).toEqual([]);
  const manifest = JSON.parse(extractFile(archive, 'package.json').toString());
  expect(manifest).not.toHaveProperty('devDependencies');
});

test('workers and native modules lie beside the archive, the page and the main process inside', () => {
  const outside = entries.filter(entry =>
    /\.node$|\.worker\.js$|worker-chunk-\w+\.js$|^\/dist\/main\/data\/./.test(entry),
  );
  expect(outside.length).toBeGreaterThan(5);
  for (const entry of outside) {
    expect(isUnpacked(entry.slice(1)), entry).toBe(true);
    expect(existsSync(join(`${archive}.unpacked`, entry)), entry).toBe(true);
  }
  for (const entry of ['dist/main/electron.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html', 'package.json'])
    expect(isUnpacked(entry), entry).toBe(false);
});

test('the bundles import nothing but Node, Electron and two native modules; the keychain’s is asked for at need', () => {
  const asked = new Set<string>();
  for (const entry of entries.filter(path => /^\/dist\/(main|preload)\/[^/]+\.c?js$/.test(path))) {
    const code = extractFile(archive, entry.slice(1)).toString();
    for (const match of code.matchAll(/(?:^import\s(?:[^;"]*?\sfrom\s)?|\b(?:__)?require\()"([^"]+)"/gm))
      if (match[1] !== undefined && !match[1].startsWith('.') && !isBuiltin(match[1])) asked.add(match[1]);
  }
  expect([...asked].sort()).toEqual(['@node-rs/argon2', 'better-sqlite3', 'electron']);
});

test('a bundle inside the archive starts its workers outside of it', () => {
  const hosts = entries.filter(path => /^\/dist\/main\/(electron|host-chunk-\w+)\.js$/.test(path));
  const code = hosts.map(path => extractFile(archive, path.slice(1)).toString()).join('\n');
  const place = code.indexOf('.worker.js');
  expect(code.slice(Math.max(0, place - 400), place + 400)).toMatch(/app\.asar\.unpacked/);
});

test('the fuses of R-28 are flipped in the binary', () => {
  const binary = readFileSync(join(unpackedApp, 'nexus'));
  const wire = binary.subarray(binary.indexOf(SENTINEL) + SENTINEL.length + 2).toString();
  // RunAsNode, CookieEncryption, NodeOptions, Inspect, AsarIntegrity, OnlyAsar, browser snapshot, FileProtocol; the ninth,
  // WebAssembly's trap handlers, stays as Electron ships it.
  expect(wire).toBe('010011001');
});

test('resources lie beside the archive', () => {
  expect(readdirSync(join(unpackedApp, 'resources')).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
  const bundles = join(`${archive}.unpacked`, 'dist/main');
  expect(existsSync(join(bundles, '../../resources/sample-examination/bank'))).toBe(true);
  expect(existsSync(join(bundles, '../../resources/sample-examination/ledger'))).toBe(true);
});

/** The engine as the desktop application forks it, from the packed files, by plain Node in a folder of its own. */
const packedEngine = (home: string) => {
  const entry = join(`${archive}.unpacked`, 'dist/main/engine-process.worker.js');
  const child = fork(entry, [JSON.stringify({ homeFolder: home, fixedClock: null })], {
    cwd: folder,
    serialization: 'advanced',
    execArgv: [],
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
  });
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
  let id = 0;
  const ask = (request: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      id += 1;
      const asked = id;
      child.on('message', (reply: { id?: number; value?: unknown }) => {
        if (reply.id === asked) resolve(reply.value);
      });
      void ended.then(code => reject(new Error(`the engine ended with ${code}`)));
      child.send({ ...request, id: asked });
    });
  return { ask, ended, child };
};

test('the unpacked engine process needs nothing from outside: encrypted store, stretching and keychain are there', async () => {
  const { ask, ended, child } = packedEngine(join(folder, 'home'));
  const session = await ask({ method: 'openSession' });
  const invoke = (channel: string, input: object) => ask({ method: 'invoke', session, channel, input });
  // The keychain's own library answers that there is no D-Bus here: it was found.
  expect(await invoke('workspaces.list', {})).toMatchObject({
    ok: true,
    value: { keychain: { available: false, reason: expect.stringMatching(/platform|secret service|d-?bus/i) } },
  });
  expect(
    await invoke('workspaces.create', {
      location: { name: 'Packed' },
      passphrase: 'correct horse battery staple',
      actor: 'tester',
    }),
  ).toMatchObject({ ok: true, value: { open: true, name: 'Packed' } });
  await ask({ method: 'close' });
  child.disconnect();
  expect(await ended).toBe(0);
});

test('the size of the application without Electron is told', () => {
  const bytesOf = (path: string): number =>
    statSync(path).isDirectory()
      ? readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
      : statSync(path).size;
  const megabytes = bytesOf(join(unpackedApp, 'resources')) / 1e6;
  console.log(`application without Electron: ${megabytes.toFixed(1)} MB`);
  expect(megabytes).toBeLessThan(60);
});
