import type { Parameters, TestContext, TestResult } from '../forensic-test.ts';
import { NO_EXACT_UNITS } from '../off-scale-amounts.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { scanDigits } from './digit-scan.ts';

/** The exact amounts a digit test looks at: their sizes in units, NaN where a row is not tested. */
export interface AmountsUnderTest {
  readonly sizes: Float64Array;
  readonly used: number;
  readonly excluded: TestResult['population']['excluded'];
}

/** Sizes of the amounts that `sign` and `minimum` let through. Amounts without exact units have no size here: only their digits are known. */
export const amountsUnderTest = (
  table: TransactionTable,
  parameters: Parameters,
  context: TestContext,
): AmountsUnderTest => {
  const { leadingThree, used, excluded } = scanDigits(table, parameters, context);
  const amounts = requireColumn(table.amountUnits, 'amount');
  const sizes = new Float64Array(table.rowCount);
  let offScale = 0;
  for (let row = 0; row < table.rowCount; row++) {
    sizes[row] = leadingThree[row] === 0 ? Number.NaN : Math.abs(amounts[row]!);
    if (leadingThree[row] !== 0 && Number.isNaN(sizes[row]!)) offScale++;
  }
  return {
    sizes,
    used: used - offScale,
    excluded: offScale === 0 ? excluded : [...excluded, { reason: NO_EXACT_UNITS, count: offScale }],
  };
};

/** Rows (indexes, ascending) whose size passes a test. */
export const rowsWhere = (sizes: Float64Array, holds: (size: number) => boolean): Uint32Array => {
  const rows: number[] = [];
  for (let row = 0; row < sizes.length; row++) if (holds(sizes[row]!)) rows.push(row);
  return Uint32Array.from(rows);
};
