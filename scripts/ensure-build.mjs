// Builds what changed since the last build: `node scripts/ensure-build.mjs all|main|renderer`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requirePinnedNode } from './pinned-node.mjs';
import { readStamp, stampOf, writeStamp } from './source-stamp.mjs';

export const ROOT = resolve(import.meta.dirname ?? fileURLToPath(new URL('.', import.meta.url)), '..');

const PARTS = {
  main: {
    sources: ['src-main', 'src-preload', 'migrations', 'scripts/build-main.mjs', 'package-lock.json'],
    output: 'dist/main/nexus.js',
    // esbuild is loaded only when there is something to build.
    build: async () => (await import('./build-main.mjs')).buildMain(ROOT),
  },
  renderer: {
    sources: ['src-renderer', 'src-main/contract', 'src-main/kernel', 'package-lock.json'],
    output: 'dist/renderer/index.html',
    build: () => buildRenderer(),
  },
};

/** @param {'main' | 'renderer'} name */
export const ensureBuilt = async name => {
  const part = PARTS[name];
  const file = join(ROOT, 'dist', `${name}.stamp`);
  // Taken before the build: a source that changes meanwhile is built again next time.
  const stamp = stampOf(ROOT, part.sources);
  if (readStamp(file) === stamp && existsSync(join(ROOT, part.output))) return;
  await part.build();
  writeStamp(file, stamp);
};

const buildRenderer = () => {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  // Standard output belongs to the command that asked for the build.
  const result = spawnSync(process.execPath, [vite, 'build', 'src-renderer', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) throw new Error('The window could not be built; see the messages above.');
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  requirePinnedNode(ROOT, process.argv[1], process.argv.slice(2));
  const asked = process.argv[2] ?? 'all';
  if (asked !== 'all' && !Object.hasOwn(PARTS, asked)) {
    console.error('Usage: node scripts/ensure-build.mjs all|main|renderer');
    process.exit(2);
  }
  for (const name of asked === 'all' ? Object.keys(PARTS) : [asked]) await ensureBuilt(name);
}
