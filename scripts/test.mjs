// `npm test`: every check of the project, in order of how fast it fails, ending in plain counts.
// `npm test -- unit` (or check, e2e) runs one part.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './ensure-build.mjs';
import { requirePinnedNode } from './pinned-node.mjs';

requirePinnedNode(ROOT, join(ROOT, 'scripts/test.mjs'), process.argv.slice(2));

const bin = name => join(ROOT, 'node_modules/.bin', name);
const results = mkdtempSync(join(tmpdir(), 'nexus-test-'));
const part = process.argv[2] ?? 'all';
const counts = { passed: 0, failed: 0, skipped: 0 };

const seconds = started => ((performance.now() - started) / 1000).toFixed(0);

const run = (title, command, args, environment = {}) => {
  process.stdout.write(`\n== ${title}\n`);
  const started = performance.now();
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...environment } });
  process.stdout.write(`== ${title}: ${status === 0 ? 'passed' : 'FAILED'} (${seconds(started)} s)\n`);
  return status === 0;
};

/** A check that passes or fails as one; what it prints comes together, at its end. */
const check = async (title, command, ...args) => {
  const started = performance.now();
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => printed.push(chunk));
  const status = await new Promise(resolve => {
    child.on('error', error => printed.push(Buffer.from(`${error.message}\n`)));
    child.on('close', resolve);
  });
  process.stdout.write(`\n== ${title}\n${Buffer.concat(printed)}`);
  process.stdout.write(`== ${title}: ${status === 0 ? 'passed' : 'FAILED'} (${seconds(started)} s)\n`);
  counts[status === 0 ? 'passed' : 'failed'] += 1;
};

/** The linter takes longer than all others together: they run beside it, one after the other. */
const checks = () => Promise.all([check('lint (eslint)', bin('eslint'), '.'), checksBesideLint()]);

const checksBesideLint = async () => {
  for (const [title, config] of [
    ['types', 'tsconfig.json'],
    ['types of pure folders', 'tsconfig.pure.json'],
    ['types of the renderer', 'tsconfig.renderer.json'],
    ['types of e2e', 'tsconfig.e2e.json'],
  ])
    await check(title, bin('tsc'), '-p', config);
  await check('format and lint (biome)', bin('biome'), 'ci', '--error-on-warnings');
  const layers = ['src-main', 'src-preload', 'src-renderer', 'migrations'];
  await check('layers', bin('depcruise'), ...layers, '--config', '.dependency-cruiser.cjs');
  await check('dead code', bin('knip'));
};

const unit = () => {
  const file = join(results, 'unit.json');
  const ok = run('unit, property, service and contract tests', bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${file}`,
  ]);
  add(() => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    // A file that does not load has no tests to count: it is a failure all the same.
    const unloaded = testResults.filter(
      result => result.status === 'failed' && result.assertionResults.length === 0,
    ).length;
    return { passed: numPassedTests, failed: numFailedTests + unloaded, skipped: numPendingTests + numTodoTests };
  }, ok);
};

const e2e = () => {
  const file = join(results, 'e2e.json');
  const ok = run('end to end in a browser', bin('playwright'), ['test'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  add(() => {
    const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(file, 'utf8')).stats;
    return { passed: expected, failed: unexpected + flaky, skipped };
  }, ok);
};

const add = (read, ok) => {
  try {
    const part = read();
    for (const key of Object.keys(counts)) counts[key] += part[key];
    if (!ok && part.failed === 0) counts.failed += 1;
  } catch (error) {
    process.stdout.write(`no results to count: ${error.message}\n`);
    counts.failed += 1;
  }
};

const parts = { check: checks, unit, e2e };
if (part !== 'all' && !Object.hasOwn(parts, part)) {
  process.stderr.write(`usage: npm test [-- ${Object.keys(parts).join(' | ')}]\n`);
  process.exit(2);
}
for (const [name, start] of Object.entries(parts)) if (part === 'all' || part === name) await start();
rmSync(results, { recursive: true, force: true });
if (counts.skipped > 0) process.stdout.write(`\n${counts.skipped} tests were skipped; the output above names them\n`);
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
