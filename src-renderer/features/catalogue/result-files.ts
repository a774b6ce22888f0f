import { binFacts } from '../findings/bin-chart.ts';
import type { CatalogueTest, TestRun } from './catalogue-types.ts';

/** A cell of a CSV file (RFC 4180). Text that a spreadsheet would take for a formula is marked as text; a plain decimal, also below zero, is none. */
const cell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (/^-?\d+(\.\d+)?$/.test(value)) return value;
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map(row => `${row.map(cell).join(',')}\r\n`).join('');

/** A row a class; sums, and rows that are no observations, in columns of their own where the test has them. Exact text. */
const classRows = (bins: TestRun['bins']): readonly (readonly (string | number | null)[])[] => {
  const { hasSums, isOfMoney, hasOwnRows } = binFacts(bins);
  return [
    [
      'class',
      'observed',
      'expected',
      'z',
      ...(hasSums ? ['sum'] : []),
      ...(isOfMoney ? ['expected sum'] : []),
      ...(hasOwnRows ? ['rows'] : []),
    ],
    ...bins.map(({ key, count, expected, z, amount, expectedAmount, rows }) => [
      key,
      count,
      expected,
      z,
      ...(hasSums ? [amount ?? null] : []),
      ...(isOfMoney ? [expectedAmount ?? null] : []),
      ...(hasOwnRows ? [rows ?? null] : []),
    ]),
  ];
};

/** The classes of a run where it has some, else its figures. */
export const resultCsv = (run: TestRun): string =>
  run.bins.length > 0
    ? csv(classRows(run.bins))
    : csv([
        ['figure', 'value'],
        ['rows', run.population.rows],
        ['used', run.population.used],
        ...run.population.excluded.map(({ reason, count }) => [`left out: ${reason}`, count] as const),
        ...Object.entries(run.statistics),
        ['findings', run.findings],
      ]);

/** All that it takes to run the test again and to know what it rested on. */
export const parametersJson = (
  test: Pick<CatalogueTest, 'id' | 'title'>,
  run: TestRun,
  savedBy: string | null,
): string =>
  `${JSON.stringify(
    {
      format: 'nexus-test-result',
      test: test.id,
      title: test.title,
      version: run.version,
      ranAt: run.ranAt ?? null,
      savedBy,
      parameters: run.parameters,
      population: run.population,
      statistics: run.statistics,
      limits: run.limits,
      findings: run.findings,
      basis: run.basis ?? null,
    },
    null,
    2,
  )}\n`;

/** Name of a saved file: the test and what it is. */
export const resultName = (test: string, extension: 'svg' | 'csv' | 'json'): string => `${test}.${extension}`;
