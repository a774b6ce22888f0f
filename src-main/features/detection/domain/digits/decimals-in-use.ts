import { currencyExponent } from '../../../../kernel/currency.ts';
import { powerOfTen } from '../../../../kernel/decimal.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { remainderOf } from './whole-multiples.ts';

/** Rows of the currencies whose amounts are kept in the same decimals. */
export interface DecimalsGroup {
  readonly decimals: number;
  /** Codes of currencies, sorted; '' stands for rows that name none. */
  readonly currencies: readonly string[];
  /** Rows with a size. */
  readonly rows: number;
}

/** In which decimals each currency of a table is kept. */
export interface DecimalsInUse {
  /** Groups that have rows, the most decimals first. */
  readonly groups: readonly DecimalsGroup[];
  /** Decimals of the row's currency. */
  readonly at: (row: number) => number;
}

const groupsOf = (names: readonly string[], decimals: Uint8Array, rows: Uint32Array): DecimalsGroup[] => {
  const used = names
    .map((name, own) => ({ name, decimals: decimals[own]!, rows: rows[own]! }))
    .filter(own => own.rows > 0);
  return [...Map.groupBy(used, own => own.decimals)]
    .toSorted(([a], [b]) => b - a)
    .map(([shared, own]) => ({
      decimals: shared,
      currencies: own.map(({ name }) => name).sort(),
      rows: own.reduce((sum, currency) => sum + currency.rows, 0),
    }));
};

/**
 * Decimals that the amounts of each currency are kept in: those its sizes (units without sign; NaN is not looked at) use, and
 * at most what ISO 4217 gives the currency (two where a row names none). Whole amounts have none, whatever the table's scale;
 * what one currency needs says nothing of another.
 */
export const decimalsInUse = (table: TransactionTable, sizes: Float64Array): DecimalsInUse => {
  // The first is for rows without a currency: code −1.
  const names = ['', ...(table.currency?.values ?? [])];
  const codes = table.currency?.codes ?? null;
  const currencyAt = (row: number): number => (codes === null ? 0 : codes[row]! + 1);
  const most = names.map(name => Math.min(table.amountScale, currencyExponent(name)));
  const unitOf = Array.from({ length: table.amountScale + 1 }, (_, decimals) =>
    powerOfTen(table.amountScale - decimals),
  );
  const decimals = new Uint8Array(names.length);
  const rows = new Uint32Array(names.length);
  for (let row = 0; row < sizes.length; row++) {
    const size = sizes[row]!;
    if (Number.isNaN(size)) continue;
    const own = currencyAt(row);
    rows[own]!++;
    while (decimals[own]! < most[own]! && remainderOf(size, unitOf[decimals[own]!]!) !== 0) decimals[own]!++;
  }
  return { groups: groupsOf(names, decimals, rows), at: row => decimals[currencyAt(row)]! };
};

/** What a group holds, in words; with its currencies where the table has other groups: "whole amounts (JPY)". */
export const describeGroup = ({ decimals, currencies }: DecimalsGroup, { groups }: DecimalsInUse): string => {
  const what =
    decimals === 0 ? 'whole amounts' : decimals === 1 ? 'amounts of 1 decimal' : `amounts of ${decimals} decimals`;
  const named = currencies.map(name => (name === '' ? 'no currency stated' : name));
  return groups.length === 1 ? what : `${what} (${named.join(', ')})`;
};
