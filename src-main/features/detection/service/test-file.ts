import { NexusError } from '../../../contract/errors.ts';
import type { TableColumns, TableMapping, TableWishes } from '../../ingestion/domain/csv-table.ts';
import { FileRefused } from '../../ingestion/domain/statement-sink.ts';
import { refusalOf } from '../../ingestion/service/read-source.ts';
import type { ForensicTest } from '../domain/forensic-test.ts';
import { runTest } from '../domain/run-test.ts';
import { findTest, TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import type { TransactionTable } from '../domain/transaction-table.ts';
import { readStatementTable } from './statement-table.ts';
import { type ReadTable, readTableFile } from './table-file.ts';

export interface TestFileTask {
  readonly task: 'test-file';
  readonly path: string;
  readonly name: string;
  readonly test: string;
  readonly columns: TableMapping;
  readonly parameters: Readonly<Record<string, string>>;
}

const usage = (code: string, message: string): NexusError => new NexusError({ code, category: 'usage', message });

/** What the test wants of a table: the columns it needs, and those that its parameters name. */
const wishesOf = (test: ForensicTest, parameters: TestFileTask['parameters']): TableWishes => ({
  needed: test.needs.flatMap(name =>
    name === 'record' ? [] : name === 'reference-text' ? ['reference' as const] : [name],
  ),
  named: test.parameters
    .filter(({ kind }) => kind === 'columns')
    .flatMap(spec => (parameters[spec.name] ?? spec.default).split(','))
    .map(column => column.trim())
    .filter((column, i, all) => column !== '' && all.indexOf(column) === i),
  referenceTexts: [...test.needs, ...test.uses].includes('reference-text'),
});

/** The file as a table: by named columns, or with the columns its format states. */
const tableOf = async (
  { path, name, columns }: TestFileTask,
  wishes: TableWishes,
): Promise<ReadTable | { readonly statement: TransactionTable }> => {
  try {
    const read = await readTableFile(path, name, columns, wishes);
    if (!('format' in read)) return read;
    const given = Object.keys(columns);
    if (given.length > 0)
      throw usage(
        'usage.columns',
        `${name} is a ${read.format} file, which states its own columns: leave ${given.map(key => `--${key}`).join(', ')} out.`,
      );
    return { statement: await readStatementTable(path, name) };
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const refused = refusalOf(name, error);
    // A column that is not there is a wrong call, not a bad file.
    throw error.code === 'dialect.unknown' ? usage(error.code, refused.data.message) : refused;
  }
};

const notesOf = ({ unreadable, taken }: TableColumns): string[] => [
  ...taken.map(({ key, column }) => `${key}: no column was named; “${column}” was taken by its name.`),
  ...(unreadable.amount > 0
    ? [`${unreadable.amount} cells of the amount column are no amounts and were left out.`]
    : []),
  ...(unreadable.date > 0 ? [`${unreadable.date} cells of the date column are no dates and were left out.`] : []),
  ...(unreadable.tooLong > 0 ? [`${unreadable.tooLong} records are longer than 1 MiB and were left out.`] : []),
];

/** Runs one forensic test on any table or readable file. Throws NexusError for an unknown test, column or parameter. */
export const testFile = async (task: TestFileTask) => {
  const test = findTest(task.test);
  if (test === null)
    throw usage(
      'test.unknown',
      `There is no test “${task.test}”. Known are ${TEST_CATALOGUE.map(({ id }) => id).join(', ')}.`,
    );
  const read = await tableOf(task, wishesOf(test, task.parameters));
  const table: TransactionTable = 'statement' in read ? read.statement : read.table;
  const outcome = runTest(test, table, task.parameters, { progress: () => undefined });
  if (!outcome.ok) throw usage(outcome.error.code, `${outcome.error.message}.`);
  const { parameters, result } = outcome.value;
  const ids = 'statement' in read ? null : read.table.id;
  const called = (row: number): number | string => ids?.values[ids.codes[row]!] ?? table.rowNumber[row]!;
  return {
    test: test.id,
    version: test.version,
    parameters: { ...parameters },
    population: { ...result.population, excluded: [...result.population.excluded] },
    statistics: { ...result.statistics },
    bins: [...result.bins],
    findings: result.findings.map(finding => ({
      rows: Array.from(finding.rows, called),
      score: finding.score,
      reason: finding.reason,
      severity: finding.severity,
    })),
    limits: [...result.limits, ...('statement' in read ? [] : [...read.notes, ...notesOf(read.table)])],
  };
};
