import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { valueAtRank } from '../order-statistics.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { LEFT_OUT, MARKED } from './unusual-share.ts';

/** The thousandth that counts as large: at least so many rows are needed, or none is. */
const ONE_OF = 1000;

/**
 * By currency code + 1, the size above which an amount belongs to the largest thousandth; Infinity where there are too few rows.
 * Amounts equal to it do not: where many share it they are no exception.
 */
const largestThousandth = (table: TransactionTable, amounts: Float64Array, marks: Uint8Array): Float64Array => {
  const currencies = table.currency?.codes ?? null;
  const counts = new Uint32Array((table.currency?.values.length ?? 0) + 1);
  for (let row = 0; row < amounts.length; row++)
    if (marks[row] !== LEFT_OUT && !Number.isNaN(amounts[row]))
      counts[(currencies === null ? UNKNOWN_CODE : currencies[row]!) + 1]!++;
  return Float64Array.from(counts, (count, bucket) => {
    if (count < ONE_OF) return Infinity;
    const sizes = new Float64Array(count);
    let at = 0;
    for (let row = 0; row < amounts.length; row++) {
      const own = (currencies === null ? UNKNOWN_CODE : currencies[row]!) + 1;
      if (own === bucket && marks[row] !== LEFT_OUT && !Number.isNaN(amounts[row]))
        sizes[at++] = Math.abs(amounts[row]!);
    }
    return valueAtRank(sizes, count - Math.floor(count / ONE_OF) - 1);
  });
};

/**
 * Marked rows whose amount is at least `material` (integer units), or belongs to the largest thousandth of its currency where
 * no materiality is given (null). Ascending.
 */
export const largestRows = (table: TransactionTable, marks: Uint8Array, material: number | null): number[] => {
  const amounts = table.amountUnits;
  if (amounts === null) return [];
  const bounds = material === null ? largestThousandth(table, amounts, marks) : null;
  const rows: number[] = [];
  for (let row = 0; row < amounts.length; row++) {
    if (marks[row] !== MARKED) continue;
    const size = Math.abs(amounts[row]!);
    if (material === null ? size > bounds![(table.currency?.codes[row] ?? UNKNOWN_CODE) + 1]! : size >= material)
      rows.push(row);
  }
  return rows;
};
