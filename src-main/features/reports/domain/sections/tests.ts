import {
  alert,
  type Block,
  code,
  facts,
  heading,
  list,
  paragraph,
  quiet,
  strong,
  type Text,
} from '../report-document.ts';
import { countOf, formatCount, formatParameters, formatStatistic, wordsOf } from '../report-figures.ts';
import type { ReportModel, ReportTest } from '../report-model.ts';
import type { SourceLabels } from '../source-labels.ts';
import { guidanceOf } from '../test-guidance.ts';
import { distributionOf } from './distribution.ts';
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

/** The figures of a run with their names; those without a value in one line. */
const figuresOf = (test: ReportTest): readonly (readonly [name: string, value: string])[] => {
  const figures = Object.entries(test.statistics);
  const nameOf = (name: string): string => STATISTICS[name] ?? wordsOf(name);
  const unknown = figures.filter(([, value]) => value === null);
  return [
    ...figures
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [nameOf(name), formatStatistic(value)] as const),
    ...(unknown.length === 0
      ? []
      : [['could not be computed', unknown.map(([name]) => nameOf(name)).join('; ')] as const]),
  ];
};

const statisticsOf = (test: ReportTest): readonly Block[] => {
  const figures = figuresOf(test);
  return figures.length === 0 ? [] : [heading(3, 'Figures'), facts(`Statistics of ${test.title}`, figures)];
};

const testBlocks = (test: ReportTest, first: number, given: number, labels: SourceLabels): readonly Block[] => {
  const guidance = guidanceOf(test.test);
  return [
    heading(2, test.title, `test-${test.test}`),
    paragraph(guidance.looksFor),
    facts(`Run of ${test.title}`, [
      ['Test', `${test.test}, version ${test.version}`],
      ['Population', populationOf(test, given)],
      ['Parameters', formatParameters(test.parameters)],
      ['Findings', formatCount(test.findings.total)],
    ]),
    ...statisticsOf(test),
    ...distributionOf(test),
    heading(3, 'What this test does not show, and innocent explanations to try'),
    list([
      ...test.limits,
      ...guidance.innocent.map((explanation): Text => [quiet('Innocent explanation: '), `${explanation}.`]),
    ]),
    ...findingsOf(test, first, labels),
  ];
};

/** A profile expects nothing and has no findings: its distribution is what it says. */
const isProfile = ({ bins }: ReportTest): boolean =>
  bins.length > 0 && bins.every(({ expected, expectedAmount }) => expected === null && expectedAmount === undefined);

/** A test without findings in a few lines: what it was run on, its figures, what it could not see. */
const clearItem = (test: ReportTest): Text => {
  const figures = figuresOf(test).map(([name, value]) => `${name} ${value}`);
  const population = populationOf(test, test.population.rows);
  return [
    strong(test.title),
    ` (${test.test}, version ${test.version}): `,
    ...(typeof population === 'string' ? [population] : population),
    ...(figures.length === 0 ? ['.'] : [`. Figures: ${figures.join('; ')}.`]),
    ...test.limits.flatMap(limit => [' ', quiet(limit)]),
  ];
};

const clearBlocks = (tests: readonly ReportTest[], given: number): readonly Block[] =>
  tests.length === 0
    ? []
    : [
        heading(2, 'Tests without findings', 'tests-without-findings'),
        paragraph([
          `No record asked for attention under ${countOf(tests.length, 'test')}; the files hold ${countOf(given, 'transaction')} in all. ${tests.length === 1 ? 'Its' : 'Their'} parameters stand under Method; the Tests screen of the workspace shows the distributions, and the command under Method prints them with `,
          code('--json'),
          '.',
        ]),
        list(tests.map(clearItem)),
      ];

const notRunBlocks = (tests: readonly ReportTest[]): readonly Block[] =>
  tests.length === 0
    ? []
    : [
        heading(2, 'Tests that did not run', 'tests-not-run'),
        list(tests.map((test): Text => [strong(test.title), ` (${test.test}): `, test.notRun ?? ''])),
      ];

/** Each test that has something to show: what it looks for, its figures, its findings. The others in a few lines each. */
export const testsSection = (model: ReportModel, labels: SourceLabels): readonly Block[] => {
  if (model.tests.length === 0) return [paragraph('No forensic test was run.')];
  let next = 1;
  const given = model.sources.reduce((sum, source) => sum + source.transactions, 0);
  const ran = model.tests.filter(test => test.notRun === null);
  const isShown = (test: ReportTest): boolean => test.findings.total > 0 || isProfile(test);
  return [
    paragraph(
      'Each test applies one stated rule to all rows of its population. Severity says how soon a finding asks for attention (critical, high, medium, low, info), not how likely a fault is.',
    ),
    ...ran.filter(isShown).flatMap(test => {
      const first = next;
      next += test.findings.shown.length;
      return testBlocks(test, first, given, labels);
    }),
    ...clearBlocks(
      ran.filter(test => !isShown(test)),
      given,
    ),
    ...notRunBlocks(model.tests.filter(test => test.notRun !== null)),
  ];
};
