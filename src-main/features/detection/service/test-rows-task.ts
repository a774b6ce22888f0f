import { NexusError } from '../../../contract/errors.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { findTest } from '../domain/test-catalogue.ts';
import type { PlannedTest } from './run-catalogue-task.ts';
import { CaseTables } from './run-catalogue-task.ts';

/** The rows of one class that a test's run reported. */
export interface TestRowsTask {
  readonly task: 'test-rows';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  readonly planned: PlannedTest;
  /** Key of the class. */
  readonly bin: string;
}

/** Transaction ids in a class of a test, ascending. Throws `filter.bin` for a test that has no classes of rows. */
export const testRows = ({ storePath, key, sources, events, planned, bin }: TestRowsTask): Float64Array => {
  const test = findTest(planned.test);
  if (test?.rowsOfBin === undefined)
    throw new NexusError({
      code: 'filter.bin',
      category: 'usage',
      message: `The test “${planned.test}” has no classes whose rows could be listed.`,
    });
  const connection = openDatabase(storePath, key, { mode: 'read' });
  try {
    const { rows } = new CaseTables(sources, events, new ReadStore(connection)).of(planned.side);
    return rows.transactionIds(test.rowsOfBin(rows.table, planned.parameters, bin));
  } finally {
    connection.close();
  }
};
