import { binGraph, GRAPH_WIDTH, Z_MARKED } from '../bin-graph.ts';
import {
  alert,
  type Block,
  type Fact,
  facts,
  heading,
  list,
  paragraph,
  quiet,
  strong,
  type Text,
  table,
} from '../report-document.ts';
import { countOf, formatCount, formatFixed, formatParameters, formatStatistic, wordsOf } from '../report-figures.ts';
import type { ReportBin, ReportModel, ReportTest } from '../report-model.ts';
import type { SourceLabels } from '../source-labels.ts';
import { guidanceOf } from '../test-guidance.ts';
import { findingsOf } from './findings.ts';

/** Usual names of statistics; the others are named by their own words. */
const STATISTICS: Readonly<Record<string, string>> = {
  chiSquare: 'chi-square',
  pValue: 'p-value (chance of a chi-square at least as large if the law holds)',
  mad: 'mean absolute deviation (MAD), as a share',
  conformity: 'conformity by MAD (Nigrini 2012)',
  expectedMad: 'MAD that chance alone gives',
  excessMad: 'MAD above what chance gives',
  ks: 'Kolmogorov–Smirnov distance',
  ksCritical: 'its critical value at 5 %',
  distortion: 'distortion factor, in percent',
  ratio: 'ratio of below to above',
};
/** The table of bins is folded into this many columns of bins, side by side. */
const BIN_FOLDS = 3;
const UNFOLDED_BINS = 15;

/** What was tested of what was given; a difference between the two is always said. */
const populationOf = (test: ReportTest, given: number): Text => {
  const { rows, used, excluded } = test.population;
  const reasons = excluded.map(({ reason, count }) => `${formatCount(count)} (${reason})`);
  const left = excluded.reduce((sum, { count }) => sum + count, 0);
  const head = `${formatCount(used)} of ${countOf(rows, 'row')} tested; ${formatCount(left)} left out${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`;
  const missing = rows - used - left;
  const apart = given === rows ? '' : ` (the files hold ${countOf(given, 'transaction')} in all)`;
  return missing === 0 ? `${head}${apart}` : [head, apart, '; ', alert(`${formatCount(missing)} not accounted for`)];
};

const zText = (z: number | null): Text => {
  if (z === null) return '–';
  return Math.abs(z) > Z_MARKED ? [strong(formatFixed(z, 2))] : formatFixed(z, 2);
};

const binTable = (bins: readonly ReportBin[]): Block => {
  const folds = bins.length > UNFOLDED_BINS ? BIN_FOLDS : 1;
  const height = Math.ceil(bins.length / folds);
  const cells = (bin: ReportBin | undefined): readonly Text[] =>
    bin === undefined
      ? ['', '', '', '']
      : [bin.key, formatCount(bin.count), formatFixed(bin.expected, 1), zText(bin.z)];
  const columns = [
    { title: 'Group', kind: 'short', share: 34 },
    { title: 'Found', kind: 'figure', share: 44 },
    { title: 'Expected', kind: 'figure', share: 50 },
    { title: 'z', kind: 'figure', share: 38 },
  ] as const;
  return table(
    `Rows found and expected in each group${folds > 1 ? ' (read down, then to the right)' : ''}; z above ${Z_MARKED} in bold`,
    Array.from({ length: folds }, () => columns).flat(),
    Array.from({ length: height }, (_, row) =>
      Array.from({ length: folds }, (_, fold) => cells(bins[fold * height + row])).flat(),
    ),
  );
};

const binBlocks = (test: ReportTest): readonly Block[] => {
  if (test.bins.length === 0) return [];
  const marked = test.bins.filter(bin => Math.abs(bin.z ?? 0) > Z_MARKED).length;
  return [
    {
      kind: 'graph',
      svg: binGraph(test.bins),
      widthPoints: GRAPH_WIDTH,
      caption: `Counts found (bars) and expected (line) for ${countOf(test.bins.length, 'group')}; ${formatCount(marked)} with z above ${Z_MARKED}. If the expectation held, chance alone would mark about 1 in 100. The table below gives the figures.`,
    },
    binTable(test.bins),
  ];
};

const statisticsOf = (test: ReportTest): readonly Block[] => {
  const figures = Object.entries(test.statistics);
  if (figures.length === 0) return [];
  const nameOf = (name: string): string => STATISTICS[name] ?? wordsOf(name);
  const known = figures.filter(([, value]) => value !== null);
  const unknown = figures.filter(([, value]) => value === null);
  return [
    heading(3, 'Figures'),
    facts(`Statistics of ${test.title}`, [
      ...known.map(([name, value]): Fact => [nameOf(name), formatStatistic(value)]),
      ...(unknown.length === 0
        ? []
        : [['could not be computed', unknown.map(([name]) => nameOf(name)).join('; ')] as const]),
    ]),
  ];
};

const testBlocks = (test: ReportTest, first: number, given: number, labels: SourceLabels): readonly Block[] => {
  const guidance = guidanceOf(test.test);
  const head = [heading(2, test.title, `test-${test.test}`), paragraph(guidance.looksFor)];
  if (test.notRun !== null) return [...head, paragraph([strong('Not run: '), test.notRun])];
  return [
    ...head,
    facts(`Run of ${test.title}`, [
      ['Test', `${test.test}, version ${test.version}`],
      ['Population', populationOf(test, given)],
      ['Parameters', formatParameters(test.parameters)],
      ['Findings', formatCount(test.findings.total)],
    ]),
    ...statisticsOf(test),
    ...binBlocks(test),
    heading(3, 'What this test does not show, and innocent explanations to try'),
    list([
      ...test.limits,
      ...guidance.innocent.map((explanation): Text => [quiet('Innocent explanation: '), `${explanation}.`]),
    ]),
    ...findingsOf(test, first, labels),
  ];
};

/** Each test: what it looks for, on what it ran, its figures, what it does not show, and its findings. */
export const testsSection = (model: ReportModel, labels: SourceLabels): readonly Block[] => {
  if (model.tests.length === 0) return [paragraph('No forensic test was run.')];
  let next = 1;
  const given = model.sources.reduce((sum, source) => sum + source.transactions, 0);
  return [
    paragraph(
      'Each test applies one stated rule to all rows of its population. Severity says how soon a finding asks for attention (critical, high, medium, low, info), not how likely a fault is.',
    ),
    ...model.tests.flatMap(test => {
      const first = next;
      next += test.findings.shown.length;
      return testBlocks(test, first, given, labels);
    }),
  ];
};
