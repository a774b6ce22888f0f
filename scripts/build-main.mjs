// Bundles the hosts, the workers and the preload. Everything of main lies in dist/main, because a bundle finds a worker
// beside itself. Two groups, each sharing chunks: the packaged application keeps workers outside the archive (ADR 0013).
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const NATIVE = ['better-sqlite3', '@node-rs/argon2', '@napi-rs/keyring'];

const HOSTS = {
  nexus: 'src-main/hosts/cli/main.ts',
  'node-host': 'src-main/hosts/node/main.ts',
  electron: 'src-main/hosts/electron/main.ts',
};
const WORKERS = {
  'engine.worker': 'src-main/workers/engine.worker.ts',
  'engine-process.worker': 'src-main/workers/engine-process.worker.ts',
  'parser.worker': 'src-main/workers/parser.worker.ts',
  'analysis.worker': 'src-main/workers/analysis.worker.ts',
};

/** CommonJS packages inside an ES module bundle still ask for these. */
const COMMONJS_NAMES = [
  "import { createRequire as createBundleRequire } from 'node:module';",
  'const require = createBundleRequire(import.meta.url);',
  'const __dirname = import.meta.dirname;',
].join('\n');

/** @param {string} root */
export const buildMain = async root => {
  const staging = join(root, 'dist', `staging-${process.pid}`);
  /** @type {import('esbuild').BuildOptions} */
  const shared = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node24',
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'inline',
    logLevel: 'warning',
  };
  /** @type {import('esbuild').BuildOptions} */
  const modules = {
    ...shared,
    format: 'esm',
    splitting: true,
    outdir: join(staging, 'main'),
    external: ['electron', ...NATIVE],
    banner: { js: COMMONJS_NAMES },
  };
  try {
    await Promise.all([
      build({ ...modules, entryPoints: HOSTS, chunkNames: 'host-chunk-[hash]' }),
      build({ ...modules, entryPoints: WORKERS, chunkNames: 'worker-chunk-[hash]' }),
      build({
        ...shared,
        format: 'cjs',
        external: ['electron'],
        entryPoints: { preload: 'src-preload/preload.ts' },
        outdir: join(staging, 'preload'),
        outExtension: { '.js': '.cjs' },
      }),
    ]);
    // Workers run beside the archive, where no package.json of the application says that .js is an ES module.
    writeFileSync(join(staging, 'main', 'package.json'), '{"type":"module"}\n');
    // pdfkit reads the metrics of the standard fonts and its colour profile from beside its code.
    cpSync(join(root, 'node_modules/pdfkit/js/data'), join(staging, 'main', 'data'), { recursive: true });
    for (const part of ['main', 'preload']) replaceFolder(join(root, 'dist', part), join(staging, part), staging);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
};

/** Puts a finished folder in the place of the old one, so that nobody starts a half-written build. */
const replaceFolder = (target, finished, staging) => {
  mkdirSync(join(target, '..'), { recursive: true });
  try {
    renameSync(target, `${staging}/old-${Math.floor(performance.now() * 1000)}`);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error; // the first build has no old one
  }
  renameSync(finished, target);
};
