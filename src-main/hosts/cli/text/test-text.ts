import type { ChannelResult } from '../../../contract/index.ts';
import { cut, figure, tableText } from '../terminal.ts';

type Outcome = ChannelResult<'files.test'>;

const SHOWN_FINDINGS = 20;
const SHOWN_BINS = 10;

const valueText = (value: number | string | null): string =>
  value === null ? 'not computable' : typeof value === 'number' ? figure(value) : value;

/** The bins that deviate most, by the size of their z score. */
const binLines = (bins: Outcome['bins']): string[] => {
  if (bins.length === 0) return [];
  const largest = bins.toSorted((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0)).slice(0, SHOWN_BINS);
  return [
    '',
    bins.length > SHOWN_BINS ? `The ${SHOWN_BINS} largest deviations of ${bins.length}:` : 'Deviations, largest first:',
    tableText(
      ['digits', { number: 'count' }, { number: 'expected' }, { number: 'z' }],
      largest.map(bin => [
        bin.key,
        String(bin.count),
        bin.expected.toFixed(1),
        bin.z === null ? '–' : bin.z.toFixed(2),
      ]),
    ),
  ];
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
    ...population.excluded.map(({ reason, count }) => `  left out: ${count} (${reason})`),
    ...Object.entries(parameters).map(([name, value]) => `  ${name} = ${value}`),
    '',
    tableText(
      ['statistic', { number: 'value' }],
      Object.entries(statistics).map(([name, value]) => [name, valueText(value)]),
    ),
    ...binLines(bins),
    ...findingLines(findings),
    '',
    ...limits.map(limit => `note: ${limit}`),
  ].join('\n')}\n`;
