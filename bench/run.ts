/**
 * `npm run bench [-- --rows N] [--runs K] [--seed S]`: `nexus examine` as a whole process (encrypted, durable, audited) against a raw
 * DuckDB script (unencrypted) on the same seeded file in the same run. Prints per stage seconds and rows/s, peak memory
 * and the ratio. Wrong answers fail the run: a fast wrong number is worth nothing. `npm run bench -- linkage`: linkage.ts; `npm run bench -- accuracy`: accuracy.ts; `npm run bench -- unlock`: unlock.ts; `npm run bench -- audit`: audit.ts; `npm run bench -- audit-export`: audit-export.ts.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateFile } from './generate-file.ts';
import type { Measured } from './measured-process.ts';
import { measure } from './measured-process.ts';

interface Examination {
  readonly files: readonly {
    readonly statements: readonly { readonly count: number }[];
    readonly rejected: readonly { readonly row: number }[];
  }[];
  readonly findings: readonly { readonly test: string; readonly rows: readonly number[] }[];
  readonly timings: Readonly<Record<string, number>>;
}

if (process.argv[2] === 'reconcile') {
  const { benchReconcile } = await import('./reconcile.ts');
  process.exit(await benchReconcile(process.argv.slice(3)));
}
if (process.argv[2] === 'audit-export') {
  const { benchAuditExport } = await import('./audit-export.ts');
  process.exit(benchAuditExport(process.argv.slice(3)));
}
if (process.argv[2] === 'audit') {
  const { benchAudit } = await import('./audit.ts');
  process.exit(await benchAudit(process.argv.slice(3)));
}
if (process.argv[2] === 'unlock') {
  const { benchUnlock } = await import('./unlock.ts');
  process.exit(await benchUnlock(process.argv.slice(3)));
}
if (process.argv[2] === 'linkage') {
  const { benchLinkage } = await import('./linkage.ts');
  process.exit(await benchLinkage(process.argv.slice(3)));
}

if (process.argv[2] === 'detect') {
  const { benchDetect } = await import('./detect.ts');
  process.exit(await benchDetect(process.argv.slice(3)));
}

if (process.argv[2] === 'accuracy') {
  const { benchAccuracy } = await import('./accuracy.ts');
  process.exit(await benchAccuracy(process.argv.slice(3)));
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '200000' },
    runs: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
});
const rows = Number(values.rows);
const runs = Number(values.runs);
if (!Number.isSafeInteger(rows) || rows < 1000 || !Number.isSafeInteger(runs) || runs < 1) {
  process.stderr.write('usage: npm run bench -- [--rows N≥1000] [--runs K] [--seed S]\n');
  process.exit(2);
}
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'nexus-bench-'));
const file = join(folder, 'payments.csv');
const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
const seconds = (ms: number): string => (ms / 1000).toFixed(2);

try {
  const planted = generateFile(file, rows, Number(values.seed));
  const nexus: Measured[] = [];
  const duckdb: Measured[] = [];
  for (let run = 0; run < runs; run++) {
    nexus.push(await measure(process.execPath, [join(root, 'scripts/nexus.mjs'), 'examine', file, '--json']));
    rmSync(join(folder, 'peer.duckdb'), { force: true });
    duckdb.push(
      await measure(process.execPath, [join(root, 'bench/duckdb-peer.ts'), file, join(folder, 'peer.duckdb')]),
    );
  }
  const examination = JSON.parse(nexus.at(-1)!.output) as Examination;
  const peer = JSON.parse(duckdb.at(-1)!.output) as {
    readonly rows: number;
    readonly duplicates: number;
    readonly stages: Record<string, number>;
  };
  const wrong = wrongAnswers(examination, peer.rows, planted.duplicateRows, planted.unreadableRows);

  const own = median(nexus.map(run => run.seconds));
  const theirs = median(duckdb.map(run => run.seconds));
  process.stdout.write(`${rows} rows, ${(statSync(file).size / 1e6).toFixed(0)} MB, median of ${runs} runs\n\n`);
  for (const [name, stages] of [
    ['nexus examine', examination.timings],
    ['DuckDB script', peer.stages],
  ] as const) {
    process.stdout.write(`${name}\n`);
    for (const [stage, ms] of Object.entries(stages))
      process.stdout.write(
        `  ${stage.padEnd(22)} ${seconds(ms).padStart(8)} s ${
          ms > 0
            ? Math.round(rows / (ms / 1000))
                .toString()
                .padStart(12)
            : ''.padStart(12)
        } rows/s\n`,
      );
  }
  const memory = (list: readonly Measured[]): string =>
    `${median(list.map(run => run.peakMiB ?? Number.NaN)).toFixed(0)} MiB`;
  process.stdout.write(
    `\nwhole process   nexus ${own.toFixed(2)} s, ${memory(nexus)} (encrypted, durable, audited) · DuckDB ${theirs.toFixed(2)} s, ${memory(duckdb)} (plain)\n`,
  );
  process.stdout.write(`ratio           ${(own / theirs).toFixed(2)} × DuckDB\n`);
  process.stdout.write(
    wrong.length === 0 ? 'answers         all right\n' : `answers         WRONG: ${wrong.join('; ')}\n`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function wrongAnswers(
  examination: Examination,
  peerRows: number,
  duplicates: readonly number[],
  unreadable: readonly number[],
): string[] {
  const wrong: string[] = [];
  const count = examination.files.flatMap(read => read.statements).reduce((sum, statement) => sum + statement.count, 0);
  if (count !== peerRows) wrong.push(`${count} transactions, DuckDB ${peerRows}`);
  const rejected = examination.files.flatMap(read => read.rejected.map(({ row }) => row));
  if (rejected.join() !== unreadable.join())
    wrong.push(`rejected rows ${rejected.length}, planted ${unreadable.length}`);
  const found = new Set(
    examination.findings.filter(finding => finding.test === 'duplicate-exact').flatMap(finding => finding.rows),
  );
  const missed = duplicates.filter(row => !found.has(row));
  if (missed.length > 0) wrong.push(`${missed.length} planted duplicates not found`);
  return wrong;
}
