import { countOf, describeRow, formatCount } from '../figures.ts';
import type { ForensicTest, TestContext, TestResult } from '../forensic-test.ts';
import { decimalParameter, integerParameter, listParameter } from '../parameters.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { derivedFeatures, type Feature, namedFeatures } from './derived-features.ts';
import {
  addPaths,
  anomalyScore,
  averagePath,
  contributions,
  growForest,
  type IsolationForest,
  type Points,
} from './isolation-trees.ts';
import { largest, leadFindings } from './lead-findings.ts';
import { valueOrder } from './value-order.ts';

/** Up to this many rows every row goes through every tree. */
const FULLY_SCORED = 100_000;
/** Trees that decide, in a larger table, which rows go through the others. */
const SCREENING_TREES = 8;
/** In a larger table, rows kept after screening: this share, and this many times the leads, at the least (measured in the spec). */
const SCREENED_SHARE = 0.15;
const SCREENED_PER_LEAD = 45;

interface Population {
  readonly points: Points;
  /** Row of the table that a point is. */
  readonly rows: Uint32Array;
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
}

/** The rows with all features known, as points; what the first unknown feature of the others is, counted. */
const populationOf = (rowCount: number, features: readonly Feature[]): Population => {
  const width = features.length;
  const values = new Float64Array(rowCount * width);
  for (const [f, { write }] of features.entries()) write(values, f, width);
  const rows = new Uint32Array(rowCount);
  const missing = new Uint32Array(width);
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    let f = 0;
    while (f < width && !Number.isNaN(values[row * width + f]!)) f++;
    if (f < width) {
      missing[f]!++;
      continue;
    }
    if (count < row) values.copyWithin(count * width, row * width, (row + 1) * width);
    rows[count++] = row;
  }
  const excluded = features
    .map(({ name }, f) => ({ reason: `${name} is unknown`, count: missing[f]! }))
    .filter(group => group.count > 0);
  return {
    points: { count, width, values: values.subarray(0, count * width) },
    rows: rows.subarray(0, count),
    excluded,
  };
};

interface Scored {
  /** Score of each point that went through all trees; NaN of the others. */
  readonly scores: Float64Array;
  readonly screened: number;
}

const rowIndexes = (count: number): Uint32Array => {
  const indexes = new Uint32Array(count);
  for (let i = 0; i < count; i++) indexes[i] = i;
  return indexes;
};

const BINS = 65_536;

/** At least `most` points of the smallest path sums, and all that share the last bin of a histogram with them: linear. */
const shortestPaths = (sums: Float64Array, most: number): Uint32Array => {
  let [low, high] = [Infinity, -Infinity];
  for (const sum of sums) {
    if (sum < low) low = sum;
    if (sum > high) high = sum;
  }
  if (!(high > low)) return rowIndexes(sums.length);
  const scale = (BINS - 1) / (high - low);
  const counts = new Uint32Array(BINS);
  for (const sum of sums) counts[Math.floor((sum - low) * scale)]!++;
  let bin = 0;
  for (let taken = counts[0]!; taken < most && bin < BINS - 1; ) taken += counts[++bin]!;
  const points = new Uint32Array(sums.length);
  let count = 0;
  for (let i = 0; i < sums.length; i++) if (Math.floor((sums[i]! - low) * scale) <= bin) points[count++] = i;
  return points.slice(0, count);
};

const scorePoints = (forest: IsolationForest, points: Points, most: number, context: TestContext): Scored => {
  const trees = forest.roots.length;
  const screening = points.count <= FULLY_SCORED ? trees : Math.min(trees, SCREENING_TREES);
  const all = rowIndexes(points.count);
  const sums = new Float64Array(points.count);
  addPaths(forest, points, all, 0, screening, sums, point => context.progress(0.2 + (0.3 * point) / points.count));
  const kept =
    screening === trees ? all : shortestPaths(sums, Math.max(most * SCREENED_PER_LEAD, points.count * SCREENED_SHARE));
  const further = new Float64Array(kept.length);
  addPaths(forest, points, kept, screening, trees, further, i => context.progress(0.5 + (0.4 * i) / kept.length));
  const scores = new Float64Array(points.count).fill(Number.NaN);
  for (let i = 0; i < kept.length; i++)
    scores[kept[i]!] = anomalyScore((sums[kept[i]!]! + further[i]!) / trees, forest.sample);
  return { scores, screened: points.count - kept.length };
};

const reasonOf = (
  table: TransactionTable,
  features: readonly Feature[],
  forest: IsolationForest,
  points: Points,
  point: number,
  row: number,
  score: number,
): string => {
  const credits = contributions(forest, points, point);
  const total = credits.reduce((sum, credit) => sum + credit, 0);
  const parts = features
    .map(({ name }, f) => ({ name, credit: credits[f]!, value: points.values[point * points.width + f]! }))
    .filter(({ credit }) => credit > 0)
    .sort((a, b) => b.credit - a.credit || (a.name < b.name ? -1 : 1))
    .slice(0, 4)
    .map(({ name, credit, value }) => `${name} ${Number(value.toPrecision(4))} (${credit.toFixed(2)})`);
  const what = describeRow(table, row);
  const mean = averagePath(forest.sample);
  return `Lead, no verdict${what === '' ? '' : ` (${what})`}: isolated after ${(mean - total).toFixed(1)} splits on average where an ordinary row takes ${mean.toFixed(1)} (score ${score.toFixed(3)}); what shortened its path: ${parts.join(', ')}.`;
};

/** Rows that are easily told apart from the rest: leads for a person to look at. Spec: docs/specs/isolation-forest.md. */
export const isolationForest: ForensicTest = {
  id: 'isolation-forest',
  version: '1.0.0',
  title: 'Isolation forest',
  group: 'outliers',
  side: 'bank',
  needs: [],
  uses: ['amount', 'date', 'account', 'party'],
  parameters: [
    {
      name: 'features',
      kind: 'columns',
      default: '',
      meaning:
        'columns to compare rows by; none: amount, weekday, day of the month, days since the last row, frequency and median of the party',
    },
    { name: 'trees', kind: 'integer', default: '100', minimum: 1, maximum: 1000, meaning: 'trees in the forest' },
    {
      name: 'sample',
      kind: 'integer',
      default: '256',
      minimum: 2,
      maximum: 65_536,
      meaning: 'rows each tree is grown from',
    },
    {
      name: 'seed',
      kind: 'integer',
      default: '1',
      minimum: 0,
      maximum: 2_147_483_647,
      meaning: 'start of the random numbers: the same seed, the same forest',
    },
    {
      name: 'share',
      kind: 'decimal',
      default: '10',
      minimum: 0,
      maximum: 100,
      meaning: 'per cent of the rows that become leads, at most',
    },
    {
      name: 'leads',
      kind: 'integer',
      default: '1000',
      minimum: 1,
      maximum: 1_000_000,
      meaning: 'rows that become leads, at most; rows that are equal in all that is compared are one lead',
    },
  ],
  explanations: ['recurring', 'customary-amount', 'customary-day', 'immaterial'],
  run(table, parameters, context) {
    context.progress(0);
    const names = listParameter(parameters, 'features');
    const named = namedFeatures(table, names);
    const features = names.length === 0 ? derivedFeatures(table) : named.features;
    const limits = named.missing.map(name => `There is no column “${name}”: it was left out.`);
    const { points, rows, excluded } = populationOf(table.rowCount, features);
    if (points.width === 0 || points.count < 2) return nothing(table, points.count, excluded, limits);
    const settings = {
      trees: integerParameter(parameters, 'trees'),
      sample: integerParameter(parameters, 'sample'),
      seed: integerParameter(parameters, 'seed'),
    };
    context.progress(0.1);
    const forest = growForest(points, valueOrder(points), settings);
    const share = decimalParameter(parameters, 'share');
    const bound = Math.floor((points.count * share.units) / (100 * 10 ** share.scale));
    const most = Math.min(integerParameter(parameters, 'leads'), bound);
    const { scores, screened } = scorePoints(forest, points, most, context);
    const pointOf = new Map<number, number>();
    const candidates = Array.from(most === 0 ? [] : largest(scores, most), point => {
      const row = rows[point]!;
      pointOf.set(row, point);
      const own = points.values.subarray(point * points.width, (point + 1) * points.width);
      return { row, score: scores[point]!, detail: own.join(' ') };
    });
    const findings = leadFindings(table, candidates, most, (row, score) => ({
      severity: 'info',
      reason: reasonOf(table, features, forest, points, pointOf.get(row)!, row, score),
    }));
    const listed = findings.reduce((sum, finding) => sum + finding.rows.length, 0);
    return {
      population: { rows: table.rowCount, used: points.count, excluded },
      statistics: {
        features: features.map(({ name }) => name).join(', '),
        ordinaryPath: averagePath(forest.sample),
        highestScore: findings[0]?.score ?? null,
        lowestLeadScore: findings.at(-1)?.score ?? null,
        flagged: findings.length,
      },
      bins: [],
      findings,
      limits: [
        'A lead says that a row is unlike the others, not that anything is wrong with it; a score near 0.5 says that nothing stands out.',
        ...(points.count > listed
          ? [
              `The ${countOf(listed, 'row')} with the highest scores are leads; ${formatCount(points.count - listed)} rows are not listed.`,
            ]
          : []),
        ...(screened > 0
          ? [
              `${formatCount(screened)} rows whose path was long in the first ${SCREENING_TREES} trees were not put through the other ${settings.trees - SCREENING_TREES}.`,
            ]
          : []),
        ...limits,
      ],
    };
  },
};

const nothing = (
  table: TransactionTable,
  used: number,
  excluded: TestResult['population']['excluded'],
  limits: readonly string[],
): TestResult => ({
  population: { rows: table.rowCount, used, excluded },
  statistics: { features: null, ordinaryPath: null, highestScore: null, lowestLeadScore: null, flagged: 0 },
  bins: [],
  findings: [],
  limits: [
    ...limits,
    'There are no two rows with all features known: nothing could be compared. Name columns with features=COLUMN,COLUMN.',
  ],
});
