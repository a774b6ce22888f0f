/**
 * `npm run bench -- reconcile [--rows N] [--seed S]`: `nexus reconcile` as a whole process on two generated files of about N
 * rows each (100,000) with known truth, beside DuckDB joining the same files on amount and date window in the same run: what
 * reading and joining alone cost, without text, combinations, explanations or proofs. A missed aim fails the run.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { knownTruth, truthFigures, USD_EUR } from '../src-main/features/reconciliation/domain/known-truth.fixture.ts';
import type { ReconciliationMatch } from '../src-main/features/reconciliation/domain/reconciliation-match.ts';
import type { FixtureRow } from '../src-main/features/reconciliation/domain/side.fixture.ts';
import { measure } from './measured-process.ts';

const ROOT = join(import.meta.dirname, '..');
const MOST_SECONDS = 60;
const MOST_MIB = 1024;
const LEAST_PRECISION = 0.995;
const LEAST_RECALL = 0.97;
/** About eighty-five movements a day: three years of a busy account. */
const MOVEMENTS_PER_DAY = 85;
/** A header line, and rows counted from 1. */
const FIRST_ROW = 2;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const csv = (rows: readonly FixtureRow[]): string =>
  [
    'Date,Description,Amount,Currency,Reference',
    ...rows.map(row =>
      [row.date, quoted(row.text ?? ''), row.amount, row.currency ?? '', quoted(row.reference ?? '')].join(','),
    ),
    '',
  ].join('\n');

type Reconciled = {
  readonly matches: readonly ReconciliationMatch[];
  readonly unmatchedBank: readonly number[];
  readonly unmatchedLedger: readonly number[];
  readonly balance: {
    readonly proof: readonly { readonly foots: boolean }[];
    readonly proofOfCash: { readonly months: readonly { readonly crossFoots: boolean }[] };
  };
  readonly limits: readonly string[];
};

/** Runs the benchmark; answers the exit code. */
export const benchReconcile = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: { rows: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
  });
  const rows = Number(values.rows);
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(rows) || rows < 100 || !Number.isSafeInteger(seed)) {
    process.stderr.write('usage: npm run bench -- reconcile [--rows N≥100] [--seed S]\n');
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'nexus-reconcile-'));
  try {
    // Batches and splits make somewhat more rows than movements.
    const events = Math.round(rows * 0.95);
    const known = knownTruth(seed, events, Math.max(30, Math.round(events / MOVEMENTS_PER_DAY)));
    const [bank, ledger] = [join(folder, 'bank.csv'), join(folder, 'ledger.csv')];
    writeFileSync(bank, csv(known.bank));
    writeFileSync(ledger, csv(known.ledger));
    // The first run would pay for the build.
    await measure(process.execPath, [join(ROOT, 'scripts/nexus.mjs'), '--version']);
    const nexus = await measure(process.execPath, [
      join(ROOT, 'scripts/nexus.mjs'),
      'reconcile',
      bank,
      ledger,
      '--set',
      `rates=USD/EUR=${USD_EUR}`,
      '--json',
    ]);
    const duckdb = await measure(process.execPath, [join(ROOT, 'bench/reconcile-peer.ts'), bank, ledger]);
    const peer = JSON.parse(duckdb.output) as { readonly pairs: number; readonly exact: number };
    const made = JSON.parse(nexus.output) as Reconciled;
    const index = (row: number): number => row - FIRST_ROW;
    const found = truthFigures(
      known,
      made.matches.map(match => ({ ...match, bank: match.bank.map(index), ledger: match.ledger.map(index) })),
    );
    const missed: string[] = [];
    if (found.precision < LEAST_PRECISION)
      missed.push(`precision ${found.precision.toFixed(4)} below ${LEAST_PRECISION}`);
    if (found.recall < LEAST_RECALL) missed.push(`recall ${found.recall.toFixed(4)} below ${LEAST_RECALL}`);
    if (nexus.seconds > MOST_SECONDS) missed.push(`${nexus.seconds.toFixed(1)} s, at most ${MOST_SECONDS}`);
    if ((nexus.peakMiB ?? 0) > MOST_MIB) missed.push(`${nexus.peakMiB?.toFixed(0)} MiB, at most ${MOST_MIB}`);
    if (!made.balance.proof.every(({ foots }) => foots)) missed.push('a proof does not foot');
    if (!made.balance.proofOfCash.months.every(({ crossFoots }) => crossFoots))
      missed.push('a proof of cash does not cross-foot');
    const memory = (peak: number | null): string => (peak === null ? 'unknown' : `${peak.toFixed(0)} MiB`);
    process.stdout.write(
      [
        `${known.bank.length} × ${known.ledger.length} rows, ${known.truth.length} true matches`,
        `nexus reconcile   ${nexus.seconds.toFixed(2)} s, ${memory(nexus.peakMiB)} (confirmed ${found.confirmed}, all ${made.matches.length})`,
        `DuckDB join       ${duckdb.seconds.toFixed(2)} s, ${memory(duckdb.peakMiB)} (${peer.pairs} pairs within reach, ${peer.exact} rows with one candidate only)`,
        `ratio             ${(nexus.seconds / duckdb.seconds).toFixed(2)} × DuckDB`,
        `precision         ${found.precision.toFixed(4)} of the confirmed`,
        `recall            ${found.recall.toFixed(4)} with proposals: ${JSON.stringify(found.recallOf)}`,
        ...made.limits.map(limit => `note              ${limit}`),
        missed.length === 0 ? 'aims              all reached' : `aims              MISSED: ${missed.join('; ')}`,
        '',
      ].join('\n'),
    );
    return missed.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
