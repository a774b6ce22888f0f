import { NexusError } from '../../../contract/errors.ts';
import { gunzip, isGzip, SourceFile } from '../../../platform/source-file.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import type { TableColumns, TableMapping } from '../../ingestion/domain/csv-table.ts';
import { createTableReader } from '../../ingestion/domain/csv-table.ts';
import { FileRefused } from '../../ingestion/domain/statement-sink.ts';
import { refusalOf } from '../../ingestion/service/read-source.ts';
import { runTest } from '../domain/run-test.ts';
import { findTest, TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import type { TransactionTable } from '../domain/transaction-table.ts';

export interface TestFileTask {
  readonly task: 'test-file';
  readonly path: string;
  readonly name: string;
  readonly test: string;
  readonly columns: TableMapping;
  readonly parameters: Readonly<Record<string, string>>;
}

const usage = (code: string, message: string): NexusError => new NexusError({ code, category: 'usage', message });

const readTableFile = async (path: string, name: string, mapping: TableMapping): Promise<TableColumns> => {
  const file = new SourceFile(path, name);
  try {
    const reader = createTableReader(codecFor, mapping);
    const chunks = file.chunks();
    const first = chunks.next().value as Buffer;
    const original = (function* (): Generator<Buffer> {
      yield first;
      yield* chunks;
    })();
    for await (const chunk of isGzip(first) ? gunzip(original, name) : original) reader.write(chunk);
    return reader.end();
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const refused = refusalOf(name, error);
    // A column that is not there is a wrong call, not a bad file.
    throw error.code === 'dialect.unknown' ? usage(error.code, refused.data.message) : refused;
  } finally {
    file.close();
  }
};

/** Runs one forensic test on the named columns of any table. Throws NexusError for an unknown test, column or parameter. */
export const testFile = async (task: TestFileTask) => {
  const test = findTest(task.test);
  if (test === null)
    throw usage(
      'test.unknown',
      `There is no test “${task.test}”. Known are ${TEST_CATALOGUE.map(({ id }) => id).join(', ')}.`,
    );
  const table: TableColumns & TransactionTable = {
    ...(await readTableFile(task.path, task.name, task.columns)),
    valueDay: null,
    enteredDay: null,
    minute: null,
    counterpartyAccount: null,
    type: null,
    category: null,
    ledgerAccount: null,
    entry: null,
    poster: null,
    description: null,
    referenceText: null,
    named: new Map(),
  };
  const outcome = runTest(test, table, task.parameters, { progress: () => undefined });
  if (!outcome.ok) throw usage(outcome.error.code, `${outcome.error.message}.`);
  const { parameters, result } = outcome.value;
  const called = (row: number): number | string => {
    const id = table.id === null ? undefined : table.id.values[table.id.codes[row]!];
    return id ?? table.rowNumber[row]!;
  };
  const { unreadable } = table;
  const notes: string[] = [];
  if (unreadable.amount > 0)
    notes.push(`${unreadable.amount} cells of the amount column are no amounts and were left out.`);
  if (unreadable.date > 0) notes.push(`${unreadable.date} cells of the date column are no dates and were left out.`);
  if (unreadable.tooLong > 0) notes.push(`${unreadable.tooLong} records are longer than 1 MiB and were left out.`);
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
    limits: [...result.limits, ...notes],
  };
};
