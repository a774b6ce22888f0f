import { err, ok, type Result } from '../../../kernel/result.ts';
import type { ForensicTest, Parameters, TestContext, TestResult } from './forensic-test.ts';
import { tellOffScale } from './off-scale-amounts.ts';
import { type ParameterRefusal, resolveParameters } from './parameters.ts';
import { type ColumnName, hasColumn, type TransactionTable } from './transaction-table.ts';

/** The table lacks columns that the test cannot do without. */
export interface ColumnRefusal {
  readonly code: 'test.column-missing';
  readonly message: string;
  readonly columns: readonly ColumnName[];
}

/** What ran: every parameter with the value that was used (defaults included), and what came out. */
export interface CompletedTest {
  readonly parameters: Parameters;
  readonly result: TestResult;
}

/**
 * Runs one test on a table: resolves the parameters (an unknown name or a wrong value is refused, listing what is allowed),
 * checks the needed columns (refused, naming those missing), runs. Throws only what `context.progress` throws to cancel.
 */
export const runTest = (
  test: ForensicTest,
  table: TransactionTable,
  given: Parameters,
  context: TestContext,
): Result<CompletedTest, ParameterRefusal | ColumnRefusal> => {
  const parameters = resolveParameters(test.parameters, given);
  if (!parameters.ok) return parameters;
  const columns = test.needs.filter(name => !hasColumn(table, name));
  if (columns.length > 0) {
    const message = `${test.id} needs ${columns.join(' and ')}, which this data does not have`;
    return err({ code: 'test.column-missing', message, columns });
  }
  const result = test.run(table, parameters.value, context);
  return ok({ parameters: parameters.value, result: tellOffScale(test, table, result) });
};
