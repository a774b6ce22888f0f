/**
 * `npm run bench -- detect [--rows N] [--runs K] [--seed S]`: the whole catalogue on rows that are already in the encrypted store,
 * as a process of its own from the opening of the workspace, against the same aggregates as raw DuckDB SQL in the same run.
 * Prints milliseconds a test, totals, peak memory and ratios.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateFile } from './generate-file.ts';
import { measure } from './measured-process.ts';

interface Examined {
  readonly daily: { readonly tests: readonly string[]; readonly ms: number };
  readonly whole: {
    readonly ms: number;
    readonly analysisMs: number;
    readonly timings: Readonly<Record<string, number>>;
  };
  readonly again: { readonly ms: number };
  readonly findings: Readonly<Record<string, number>>;
  readonly notRun: Readonly<Record<string, string>>;
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** Answers the exit code. */
export const benchDetect = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '1000000' },
      runs: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      file: { type: 'string' },
    },
  });
  const rows = Number(values.rows);
  const folder = mkdtempSync(join(tmpdir(), 'nexus-bench-'));
  const script = (name: string): string => join(import.meta.dirname, name);
  const run = (name: string, ...given: string[]) => measure(process.execPath, [script(name), ...given]);
  try {
    const file = values.file ?? join(folder, 'payments.csv');
    if (values.file === undefined) generateFile(file, rows, Number(values.seed));
    const store = join(folder, 'peer.duckdb');
    const home = join(folder, 'home');
    await run('detect-nexus.ts', 'build', file, home);
    await run('detect-duckdb.ts', 'build', file, store);
    const own: { readonly examined: Examined; readonly peakMiB: number }[] = [];
    const theirs: { readonly tests: Readonly<Record<string, number>>; readonly peakMiB: number }[] = [];
    for (let i = 0; i < Number(values.runs); i++) {
      const nexus = await run('detect-nexus.ts', 'run', home);
      own.push({ examined: JSON.parse(nexus.output) as Examined, peakMiB: nexus.peakMiB ?? Number.NaN });
      const peer = await run('detect-duckdb.ts', 'run', store);
      const { tests } = JSON.parse(peer.output) as { tests: Record<string, number> };
      theirs.push({ tests, peakMiB: peer.peakMiB ?? Number.NaN });
    }
    print(own, theirs);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const print = (
  own: readonly { readonly examined: Examined; readonly peakMiB: number }[],
  theirs: readonly { readonly tests: Readonly<Record<string, number>>; readonly peakMiB: number }[],
): void => {
  const { examined } = own.at(-1)!;
  const ours = (test: string): number => median(own.map(run => run.examined.whole.timings[`test ${test}`] ?? 0));
  const peer = (test: string): number => median(theirs.map(run => run.tests[test] ?? 0));
  const tests = Object.keys(examined.findings);
  const line = (...cells: readonly (string | number)[]): void => {
    process.stdout.write(
      `${cells.map((cell, i) => (i === 0 ? String(cell).padEnd(32) : String(cell).padStart(12))).join('')}\n`,
    );
  };
  line('test', 'nexus ms', 'DuckDB ms', 'findings');
  for (const test of tests) {
    if (examined.notRun[test] !== undefined) line(test, 'not run', '', '');
    else
      line(test, ours(test).toFixed(0), peer(test) === 0 ? '–' : peer(test).toFixed(0), examined.findings[test] ?? 0);
  }
  const both = tests.filter(test => peer(test) > 0 && examined.notRun[test] === undefined);
  const sum = (of: (test: string) => number, list: readonly string[]): number =>
    list.reduce((total, test) => total + of(test), 0);
  const script = sum(peer, both);
  const whole = median(own.map(run => run.examined.whole.analysisMs));
  const stored = median(own.map(run => run.examined.whole.ms));
  const peak = median(own.map(run => run.peakMiB));
  process.stdout.write(`
tests run on one processor   ${seconds(sum(ours, tests))} in all; ${seconds(sum(ours, both))} for those with SQL beside them
DuckDB script, ${both.length} tests      ${seconds(script)}, ${median(theirs.map(run => run.peakMiB)).toFixed(0)} MiB
whole examination            ${seconds(whole)} computed, ${seconds(stored)} stored and audited, peak ${peak.toFixed(0)} MiB
ratio                        ${(whole / script).toFixed(2)} × DuckDB (must be at most 3; what it has no SQL for is in our time)
daily tests (${examined.daily.tests.length})             ${seconds(median(own.map(run => run.examined.daily.ms)))} from the sealed columns to the stored findings
again, nothing changed       ${seconds(median(own.map(run => run.examined.again.ms)))}
`);
};
