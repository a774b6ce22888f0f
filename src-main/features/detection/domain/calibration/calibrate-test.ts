import type { FindingDraft, ForensicTest, Parameters, TestContext } from '../forensic-test.ts';
import { runTest } from '../run-test.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { PlantedRows } from './planted-table.ts';
import type { Planter } from './planter.ts';
import { isTemplate } from './planter.ts';
import { seededRandom } from './seeded-random.ts';

/** What a test found of what was planted; `notCalibrated` says why there are no figures. */
export type Calibrated =
  | { readonly notCalibrated: string }
  | {
      readonly notCalibrated: null;
      readonly motif: string;
      readonly planted: number;
      readonly found: number;
      /** Findings on the same table before anything was planted. */
      readonly alarms: number;
      /** Median place of the findings that hold a motif among all findings (1 is first); null where none was found. */
      readonly medianRank: number | null;
      /** Findings on the planted table. */
      readonly ranked: number;
    };

/** Draws seeded rows that motifs can be made from, each at most once; fewer where the table has fewer. */
const templatesOf = (table: TransactionTable, seed: number): ((count: number) => readonly number[]) => {
  const random = seededRandom(seed);
  const drawn = new Set<number>();
  return count => {
    const rows: number[] = [];
    // A table of which most rows are unusable is searched in order once chance has had its turns.
    for (let turn = 0; turn < count * 50 && rows.length < count && table.rowCount > 0; turn++) {
      const row = random.below(table.rowCount);
      if (drawn.has(row) || !isTemplate(table, row)) continue;
      drawn.add(row);
      rows.push(row);
    }
    for (let row = 0; row < table.rowCount && rows.length < count; row++)
      if (!drawn.has(row) && isTemplate(table, row)) {
        drawn.add(row);
        rows.push(row);
      }
    return rows;
  };
};

/** Places (from 1) of the first finding that holds all rows of each motif; null where none does. */
const placesOf = (
  findings: readonly FindingDraft[],
  motifs: readonly (readonly number[])[],
  rowCount: number,
): (number | null)[] => {
  const motifOf = new Map<number, number[]>();
  for (const [motif, rows] of motifs.entries())
    for (const row of rows) motifOf.set(row, [...(motifOf.get(row) ?? []), motif]);
  const marked = new Uint8Array(rowCount);
  for (const row of motifOf.keys()) marked[row] = 1;
  const places: (number | null)[] = motifs.map(() => null);
  for (const [at, finding] of findings.entries()) {
    const held = new Map<number, number>();
    for (const row of finding.rows)
      if (marked[row] === 1) for (const motif of motifOf.get(row)!) held.set(motif, (held.get(motif) ?? 0) + 1);
    for (const [motif, count] of held) if (count === motifs[motif]!.length) places[motif] ??= at + 1;
  }
  return places;
};

const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

/**
 * Plants motifs into a copy of the table and runs the test before and after. The table stays as it is; the same table, seed and
 * parameters give the same result. Method and limits: docs/specs/calibration.md.
 */
export const calibrateTest = (
  test: ForensicTest,
  planter: Planter | null,
  table: TransactionTable,
  given: Parameters,
  { seed, motifs: wanted }: { readonly seed: number; readonly motifs: number },
  context: TestContext,
): Calibrated => {
  if (planter === null) return { notCalibrated: 'no motif is known that could be planted for it' };
  const before = runTest(test, table, given, context);
  if (!before.ok) return { notCalibrated: before.error.message };
  const missing = (planter.needs ?? []).filter(name => table[name] === null);
  if (missing.length > 0)
    return { notCalibrated: `the motif needs ${missing.join(' and ')}, which this data does not have` };
  const draw = templatesOf(table, seed);
  const rows = new PlantedRows(table);
  const ground = { table, rows, random: seededRandom(seed + 1), parameters: before.value.parameters, templates: draw };
  const motifs = draw(wanted)
    .map((from, at) => planter.plant(ground, from, at))
    .filter(planted => planted.length > 0);
  if (motifs.length === 0) return { notCalibrated: 'no row of this data can serve as the pattern of a motif' };
  const planted = rows.build();
  const after = runTest(test, planted, given, context);
  if (!after.ok) return { notCalibrated: after.error.message };
  const { findings } = after.value.result;
  const places = placesOf(findings, motifs, planted.rowCount).filter(place => place !== null);
  return {
    notCalibrated: null,
    motif: planter.motif,
    planted: motifs.length,
    found: places.length,
    alarms: before.value.result.findings.length,
    medianRank: median(places),
    ranked: findings.length,
  };
};
