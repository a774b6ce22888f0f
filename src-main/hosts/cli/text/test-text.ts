import type { ChannelResult } from '../../../contract/index.ts';
import { cut, figure, printable, tableText } from '../terminal.ts';

type Outcome = ChannelResult<'files.test'>;

const SHOWN_FINDINGS = 20;
const SHOWN_BINS = 10;

const valueText = (value: number | string | null): string =>
  value === null ? 'not computable' : typeof value === 'number' ? figure(value) : value;

type Bin = Outcome['bins'][number];

/** What is listed: all classes in that order, or the first of them. */
const shownOf = (bins: readonly Bin[], order: string): string =>
  bins.length > SHOWN_BINS ? `${order}, ${SHOWN_BINS} of ${bins.length}:` : `${order}:`;

/** Classes that the method expects a count in: those that deviate most by the size of z. */
const deviationLines = (bins: readonly Bin[]): string[] => [
  shownOf(bins, 'Largest deviations first'),
  tableText(
    ['digits', { number: 'count' }, { number: 'expected' }, { number: 'z' }],
    bins
      .toSorted((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0))
      .slice(0, SHOWN_BINS)
      .map(bin => [
        bin.key,
        String(bin.count),
        bin.expected === null ? '–' : bin.expected.toFixed(1),
        bin.z === null ? '–' : bin.z.toFixed(2),
      ]),
  ),
];

/** Classes of money with an expected sum: the largest sums. */
const sumLines = (bins: readonly Bin[]): string[] => [
  shownOf(bins, 'Largest sums first'),
  tableText(
    ['class', { number: 'rows' }, { number: 'sum' }, { number: 'expected sum' }],
    bins
      .toSorted((a, b) => Number(b.amount ?? 0) - Number(a.amount ?? 0))
      .slice(0, SHOWN_BINS)
      .map(bin => [bin.key, String(bin.count), bin.amount ?? '–', bin.expectedAmount ?? '–']),
  ),
];

/** Classes of a profile, of which nothing is expected: in their own order. */
const profileLines = (bins: readonly Bin[]): string[] => {
  const hasSums = bins.some(({ amount }) => amount !== undefined);
  return [
    shownOf(bins, 'Classes'),
    tableText(
      ['class', { number: 'rows' }, ...(hasSums ? [{ number: 'sum' }] : [])],
      bins.slice(0, SHOWN_BINS).map(bin => [bin.key, String(bin.count), ...(hasSums ? [bin.amount ?? '–'] : [])]),
    ),
  ];
};

const binLines = (bins: Outcome['bins']): string[] => {
  if (bins.length === 0) return [];
  if (bins.some(({ expected }) => expected !== null)) return ['', ...deviationLines(bins)];
  if (bins.some(({ expectedAmount }) => expectedAmount !== undefined)) return ['', ...sumLines(bins)];
  return ['', ...profileLines(bins)];
};

const findingLines = (findings: Outcome['findings']): string[] => {
  if (findings.length === 0) return [];
  const lines = [
    '',
    findings.length === 1 ? '1 finding' : `${findings.length} findings`,
    tableText(
      ['severity', { number: 'score' }, 'rows', 'reason'],
      findings
        .slice(0, SHOWN_FINDINGS)
        .map(finding => [
          finding.severity,
          finding.score.toFixed(3),
          cut(finding.rows.join(' '), 30),
          cut(finding.reason, 160),
        ]),
    ),
  ];
  if (findings.length > SHOWN_FINDINGS) lines.push(`… ${findings.length - SHOWN_FINDINGS} more (--json prints all)`);
  return lines;
};

/** What a forensic test found, in words for a terminal. */
export const testText = ({
  test,
  version,
  parameters,
  population,
  statistics,
  bins,
  findings,
  limits,
}: Outcome): string =>
  `${[
    `${test} ${version} on ${population.rows} rows: ${population.used} used`,
    ...population.excluded.map(({ reason, count }) => printable(`  left out: ${count} (${reason})`)),
    ...Object.entries(parameters).map(([name, value]) => printable(`  ${name} = ${value}`)),
    '',
    tableText(
      ['statistic', { number: 'value' }],
      Object.entries(statistics).map(([name, value]) => [name, valueText(value)]),
    ),
    ...binLines(bins),
    ...findingLines(findings),
    '',
    ...limits.map(limit => printable(`note: ${limit}`)),
  ].join('\n')}\n`;
