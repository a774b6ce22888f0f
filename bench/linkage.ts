/**
 * `npm run bench -- linkage [--rows N]`: `nexus link` as a whole process on the sets with known true pairs and on N generated
 * people (50,000). Labels are never given to the command. Prints precision, recall and F1 of the listed pairs and of the
 * clusters, seconds and peak memory, beside two baselines. An aim that is missed fails the run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatePeople } from './generate-people.ts';
import { bestField, clusterFigures, exactKey, pairFigures, truePairsOf } from './linkage-figures.ts';
import { DATA, type LinkageSet, REAL_SETS, readRows } from './linkage-sets.ts';
import { measure } from './measured-process.ts';

interface Linked {
  readonly pairs: readonly { readonly a: string | number; readonly b: string | number }[];
  readonly clusters: readonly (readonly (string | number)[])[];
}

/** What generated people must be linked within. */
const MOST_SECONDS = 30;
const MOST_MIB = 1024;

const ROOT = join(import.meta.dirname, '..');
const HEADINGS = [
  'set',
  'records',
  'true pairs',
  'precision',
  'recall',
  'F1',
  'clusters F1',
  'seconds',
  'peak MiB',
  'all fields equal F1',
  'best single field F1',
];

/** Runs one set; answers its line and what missed its aim. */
const runSet = async (set: LinkageSet, folder: string): Promise<{ cells: string[]; missed: string[] }> => {
  const tables = set.files.map(file => readRows(join(folder, file)));
  const labelled = { tables, truth: set.truth };
  const truePairs = truePairsOf(labelled);
  // Row numbers count the header, as a spreadsheet shows them.
  const entities = tables.map(
    rows => new Map(rows.map((row, i) => [set.id === null ? String(i + 2) : (row[set.id] ?? ''), set.truth(row)])),
  );
  const { output, seconds, peakMiB } = await measure(process.execPath, [
    join(ROOT, 'scripts/nexus.mjs'),
    'link',
    ...set.files.map(file => join(folder, file)),
    ...(set.id === null ? [] : ['--id', set.id]),
    '--fields',
    set.fields.join(','),
    '--json',
  ]);
  const { pairs, clusters } = JSON.parse(output) as Linked;
  const found = pairFigures(pairs, entities[0]!, entities.at(-1)!, truePairs);
  const single = bestField(labelled, set.fields);
  const missed: string[] = [];
  if (set.aim !== null && found.f1 < set.aim) missed.push(`${set.name}: F1 ${found.f1.toFixed(4)} below ${set.aim}`);
  if (folder !== DATA && seconds > MOST_SECONDS) missed.push(`${set.name}: ${seconds.toFixed(1)} s`);
  if (folder !== DATA && (peakMiB ?? 0) > MOST_MIB) missed.push(`${set.name}: ${peakMiB?.toFixed(0)} MiB`);
  return {
    cells: [
      set.name,
      String(tables.reduce((sum, rows) => sum + rows.length, 0)),
      String(truePairs),
      found.precision.toFixed(4),
      found.recall.toFixed(4),
      found.f1.toFixed(4),
      tables.length > 1 ? '' : clusterFigures(clusters, entities[0]!, truePairs).f1.toFixed(4),
      seconds.toFixed(1),
      peakMiB === null ? 'unknown' : peakMiB.toFixed(0),
      exactKey(labelled, set.fields).f1.toFixed(4),
      `${single.f1.toFixed(4)} (${single.field})`,
      set.note,
    ],
    missed,
  };
};

const peopleSet = (file: string, rows: number): LinkageSet => ({
  name: `${rows} generated people`,
  files: [file],
  id: 'rec_id',
  fields: 'given_name surname street_number address_1 suburb postcode state date_of_birth soc_sec_id'.split(' '),
  truth: row => row.entity ?? '',
  aim: null,
  note: `limit ${MOST_SECONDS} s, ${MOST_MIB} MiB`,
});

/** Runs the benchmark; answers the exit code. */
export const benchLinkage = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options: { rows: { type: 'string', default: '50000' } } });
  const rows = Number(values.rows);
  if (!Number.isSafeInteger(rows) || rows < 100) {
    process.stderr.write('usage: npm run bench -- linkage [--rows N≥100]\n');
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'nexus-linkage-'));
  try {
    generatePeople(join(folder, 'people.csv'), rows, 1);
    // The first run would pay for the build.
    await measure(process.execPath, [join(ROOT, 'scripts/nexus.mjs'), '--version']);
    const lines: string[][] = [[...HEADINGS, '']];
    const missed: string[] = [];
    for (const [set, from] of [
      ...REAL_SETS.map(real => [real, DATA] as const),
      [peopleSet('people.csv', rows), folder] as const,
    ]) {
      const done = await runSet(set, from);
      lines.push(done.cells);
      missed.push(...done.missed);
    }
    const widths = lines[0]!.map((_, column) => Math.max(...lines.map(cells => cells[column]!.length)));
    for (const cells of lines)
      process.stdout.write(
        `${cells
          .map((cell, c) => (c === 0 || c > 9 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
          .join('  ')
          .trimEnd()}\n`,
      );
    process.stdout.write(
      missed.length === 0 ? '\naims            all reached\n' : `\naims            MISSED: ${missed.join('; ')}\n`,
    );
    return missed.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
