import { powerOfTen } from '../../../../kernel/decimal.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { decimalsInUse } from './decimals-in-use.ts';
import { remainderOf } from './whole-multiples.ts';

/**
 * Whether an amount has fewer than `least` significant positions: 7 of whole amounts has one, 7.00 where cents are kept has
 * three. `unit` is the smallest the currency uses; of an amount that is finer than that its own last digit counts.
 */
const isShortAmount = (size: number, unit: number, least: number): boolean => {
  const fewest = powerOfTen(least - 1);
  if (remainderOf(size, unit) === 0) return size / unit < fewest;
  let rest = size;
  while (rest % 10 === 0) rest /= 10;
  return rest < fewest;
};

/**
 * 1 for each row under test (leading digits other than 0) whose amount has fewer than `least` significant positions at the
 * decimals its currency is kept in; null where there is none. Such an amount has no k-th digit: filled up with zeros, whole
 * amounts from 10 to 99 would all lie in the classes 100, 110 … 990 of three digits, where Benford's law expects a tenth of them.
 */
export const shortAmounts = (table: TransactionTable, leadingThree: Uint16Array, least: number): Uint8Array | null => {
  const amounts = requireColumn(table.amountUnits, 'amount');
  const sizes = new Float64Array(table.rowCount);
  for (let row = 0; row < sizes.length; row++)
    sizes[row] = leadingThree[row] === 0 ? Number.NaN : Math.abs(amounts[row]!);
  const inUse = decimalsInUse(table, sizes);
  const isShort = new Uint8Array(sizes.length);
  let found = false;
  for (let row = 0; row < sizes.length; row++) {
    const size = sizes[row]!;
    // Amounts without exact units are counted by the digits of their text.
    if (Number.isNaN(size) || !isShortAmount(size, powerOfTen(table.amountScale - inUse.at(row)), least)) continue;
    isShort[row] = 1;
    found = true;
  }
  return found ? isShort : null;
};
