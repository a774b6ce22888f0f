import type { Parameters, TestContext } from '../forensic-test.ts';
import { textParameter } from '../parameters.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { scanDigits } from './digit-scan.ts';

const sort = (table: TransactionTable, parameters: Parameters, context: TestContext): Float64Array => {
  const { leadingThree } = scanDigits(table, parameters, context);
  const amounts = requireColumn(table.amountUnits, 'amount');
  const sizes = new Float64Array(table.rowCount);
  let count = 0;
  for (let row = 0; row < table.rowCount; row++)
    if (leadingThree[row] !== 0 && !Number.isNaN(amounts[row]!)) sizes[count++] = Math.abs(amounts[row]!);
  return sizes.slice(0, count).sort();
};

const SORTED = new WeakMap<TransactionTable, { readonly key: string; readonly sizes: Float64Array }>();

/**
 * Exact amounts under test (those that `sign` and `minimum` let through) in ascending order, without their sign; not to be
 * written to. The last ones sorted are kept, since several tests ask for the same.
 */
export const sortedSizes = (table: TransactionTable, parameters: Parameters, context: TestContext): Float64Array => {
  const key = `${textParameter(parameters, 'sign')} ${textParameter(parameters, 'minimum')}`;
  const known = SORTED.get(table);
  if (known?.key === key) return known.sizes;
  const sizes = sort(table, parameters, context);
  SORTED.set(table, { key, sizes });
  return sizes;
};
