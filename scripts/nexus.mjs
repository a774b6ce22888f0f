// The `nexus` command in a checkout: builds when sources changed, then runs the bundle in this process.
import module from 'node:module';
import { join } from 'node:path';
import { ensureBuilt, ROOT } from './ensure-build.mjs';
import { requirePinnedNode } from './pinned-node.mjs';

requirePinnedNode(ROOT, join(ROOT, 'scripts/nexus.mjs'), process.argv.slice(2));
const compileCache = join(ROOT, 'node_modules/.cache/nexus-compile');
module.enableCompileCache(compileCache);
// Worker threads look for it here.
process.env.NODE_COMPILE_CACHE = compileCache;
await ensureBuilt('main');

// npm runs its scripts in the package's folder; a path on the command line is meant from where the user stands.
const calledFrom = process.env.npm_lifecycle_event === 'nexus' ? process.env.INIT_CWD : undefined;
if (calledFrom !== undefined && process.cwd() === ROOT) process.chdir(calledFrom);

await import(new URL('../dist/main/nexus.js', import.meta.url));
