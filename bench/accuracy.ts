/**
 * `npm run bench -- accuracy [--write]`: how the tests and the combined risk score rank rows of labelled sets, beside three
 * baselines. Labels are in no table that a test sees. Prints average precision, and precision and recall among the first k,
 * where k is the number of positives. `--write` renews the tables of docs/accuracy.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ForensicTest } from '../src-main/features/detection/domain/forensic-test.ts';
import type { Hit } from '../src-main/features/detection/domain/risk/finding-hits.ts';
import { GROUP_WEIGHTS, riskTable } from '../src-main/features/detection/domain/risk/risk-score.ts';
import { runTest } from '../src-main/features/detection/domain/run-test.ts';
import { TEST_CATALOGUE } from '../src-main/features/detection/domain/test-catalogue.ts';
import type { TransactionTable } from '../src-main/features/detection/domain/transaction-table.ts';
import { examinationDefaults } from '../src-main/features/detection/service/run-catalogue-plan.ts';
import { type RankingFigures, rankingFigures } from './accuracy-figures.ts';
import { LABELLED_SETS, type LabelledSet } from './accuracy-sets.ts';

interface Line {
  readonly name: string;
  readonly findings: number | null;
  readonly figures: RankingFigures;
}

const DOCUMENT = join(import.meta.dirname, '../docs/accuracy.md');
/** Between these the document holds what is renewed. */
const START = '<!-- tables -->';
const END = '<!-- end of tables -->';
const SEVERITY_ORDER = { info: 0, low: 1, medium: 2, high: 3, critical: 4 } as const;

const median = (values: Float64Array): number => {
  const sorted = values.filter(value => !Number.isNaN(value)).sort();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
};

/** Distance from the median in robust standard deviations (Iglewicz and Hoaglin 1993); unknown amounts come last. */
const robustZ = (amounts: Float64Array): Float64Array => {
  const middle = median(amounts);
  const distances = amounts.map(value => Math.abs(value - middle));
  const spread = median(distances) || 1;
  return distances.map(distance => (Number.isNaN(distance) ? -1 : (0.6745 * distance) / spread));
};

/** Strongest finding of each row: severity first, then score; rows without one are equal and last. */
const scoresOf = (hits: readonly Hit[], rowCount: number): Float64Array => {
  const scores = new Float64Array(rowCount).fill(-1);
  for (const { severity, score, rows } of hits)
    for (const row of rows) scores[row] = Math.max(scores[row]!, 2 * SEVERITY_ORDER[severity] + score);
  return scores;
};

const hitsOf = (test: ForensicTest, set: LabelledSet, first: number): Hit[] | null => {
  const given = { ...examinationDefaults(test), ...set.parameters[test.id] };
  const outcome = runTest(test, set.table, given, { progress: () => undefined });
  if (!outcome.ok) {
    if (outcome.error.code !== 'test.column-missing') throw new Error(`${test.id}: ${outcome.error.message}`);
    return null;
  }
  return outcome.value.result.findings.map(({ severity, score, rows }, i) => ({
    test: test.id,
    ordinal: first + i,
    severity,
    score,
    rows,
  }));
};

/** Figures over the rows that were judged. */
const judged = (scores: Float64Array, labels: Uint8Array, k: number | null = null): RankingFigures => {
  const rows = Uint32Array.from(labels.keys()).filter(row => labels[row] !== 2);
  const own = Uint8Array.from(rows, row => labels[row]!);
  const positives = own.reduce((sum, label) => sum + label, 0);
  return rankingFigures(
    Float64Array.from(rows, row => scores[row]!),
    own,
    k ?? positives,
  );
};

const baselines = ({ amountUnits, rowCount }: TransactionTable, labels: Uint8Array): Line[] => {
  const amounts = amountUnits ?? new Float64Array(rowCount);
  return [
    { name: '*random*', findings: null, figures: judged(new Float64Array(rowCount), labels) },
    {
      name: '*largest amount*',
      findings: null,
      figures: judged(
        amounts.map(units => (Number.isNaN(units) ? -1 : Math.abs(units))),
        labels,
      ),
    },
    { name: '*robust z of the amount*', findings: null, figures: judged(robustZ(amounts), labels) },
  ];
};

const run = (set: LabelledSet): string[] => {
  const { table, labels } = set;
  const all: Hit[] = [];
  const lines: Line[] = [];
  const silent: string[] = [];
  const absent: string[] = [];
  const own: Line[] = [];
  for (const test of TEST_CATALOGUE) {
    const hits = hitsOf(test, set, all.length);
    if (hits === null) {
      absent.push(test.id);
      continue;
    }
    if (hits.length === 0) silent.push(test.id);
    else {
      const scores = scoresOf(hits, table.rowCount);
      lines.push({ name: `\`${test.id}\``, findings: hits.length, figures: judged(scores, labels) });
      const planted = set.planted[test.id];
      if (planted !== undefined) {
        const mine = new Uint8Array(table.rowCount);
        for (const row of planted) mine[row] = 1;
        own.push({ name: `\`${test.id}\``, findings: hits.length, figures: judged(scores, mine) });
      }
    }
    for (const hit of hits) all.push(hit);
  }
  const weights = new Map(TEST_CATALOGUE.map(({ id, group }) => [id, GROUP_WEIGHTS[group]]));
  const risk = riskTable(all, { count: table.rowCount, rowCount: table.rowCount, unitOf: null }, weights);
  const combined = new Float64Array(table.rowCount);
  risk.units.forEach((row, place) => {
    combined[row] = risk.scores[place]!;
  });
  const positives = labels.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
  const negatives = labels.reduce((sum, label) => sum + (label === 0 ? 1 : 0), 0);
  return [
    `### ${set.name}`,
    '',
    `Positive: ${set.positive}. ${positives.toLocaleString('en')} positives among ${(positives + negatives).toLocaleString('en')} judged rows of ${table.rowCount.toLocaleString('en')}; k = ${positives.toLocaleString('en')}.`,
    '',
    ...tableLines([
      ...baselines(table, labels),
      { name: '**combined risk score**', findings: all.length, figures: judged(combined, labels) },
      ...lines.sort((a, b) => b.figures.averagePrecision - a.figures.averagePrecision),
    ]),
    '',
    ...(silent.length === 0 ? [] : [`No finding: ${silent.join(', ')}.`, '']),
    ...(absent.length === 0 ? [] : [`Cannot run (columns are missing): ${absent.join(', ')}.`, '']),
    ...(own.length === 0
      ? []
      : [
          'Each test against only what was planted for it (k is the number of those rows):',
          '',
          ...tableLines(own),
          '',
        ]),
  ];
};

const tableLines = (lines: readonly Line[]): string[] => [
  '| ranking | findings | average precision | precision at k | recall at k |',
  '|---|---:|---:|---:|---:|',
  ...lines.map(
    ({ name, findings, figures: { averagePrecision, precisionAt, recallAt } }) =>
      `| ${name} | ${findings?.toLocaleString('en') ?? ''} | ${averagePrecision.toFixed(3)} | ${precisionAt.toFixed(3)} | ${recallAt.toFixed(3)} |`,
  ),
];

/** Runs every labelled set; answers the exit code. */
export const benchAccuracy = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options: { write: { type: 'boolean', default: false } } });
  const text: string[] = [];
  for (const make of LABELLED_SETS) {
    const started = performance.now();
    const lines = run(make());
    text.push(...lines);
    process.stdout.write(`${lines.join('\n')}(${((performance.now() - started) / 1000).toFixed(1)} s)\n\n`);
  }
  if (values.write) {
    const document = readFileSync(DOCUMENT, 'utf8');
    const [from, to] = [document.indexOf(START), document.indexOf(END)];
    if (from < 0 || to < from) throw new Error(`${DOCUMENT} has no place for the tables: ${START} … ${END}`);
    writeFileSync(DOCUMENT, `${document.slice(0, from + START.length)}\n\n${text.join('\n')}${document.slice(to)}`);
    process.stdout.write('docs/accuracy.md was renewed\n');
  }
  return 0;
};
