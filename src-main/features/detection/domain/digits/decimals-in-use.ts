import { currencyExponent } from '../../../../kernel/currency.ts';
import { powerOfTen } from '../../../../kernel/decimal.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { remainderOf } from './whole-multiples.ts';

const areMultiples = (sizes: Float64Array, unit: number): boolean => {
  for (let row = 0; row < sizes.length; row++) {
    const size = sizes[row]!;
    if (!Number.isNaN(size) && remainderOf(size, unit) !== 0) return false;
  }
  return true;
};

/**
 * Decimals the amounts are kept in: those the sizes (units; NaN is not tested) use, and at most what the table's currencies
 * have (two where none is stated). A column of whole amounts has none, whatever its scale.
 */
export const decimalsInUse = (table: TransactionTable, sizes: Float64Array): number => {
  const currencies = table.currency?.values.filter(value => value !== '') ?? [];
  const exponents = currencies.length === 0 ? [2] : currencies.map(currencyExponent);
  const most = Math.min(table.amountScale, Math.max(...exponents));
  for (let decimals = 0; decimals < most; decimals++) {
    const unit = powerOfTen(table.amountScale - decimals);
    if (areMultiples(sizes, unit)) return decimals;
  }
  return most;
};
