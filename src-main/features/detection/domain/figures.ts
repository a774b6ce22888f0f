import { isoDate } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import type { TransactionTable } from './transaction-table.ts';

/** Decimal text with grouped thousands: 12345.678 is "12,345.678". */
export const groupThousands = (text: string): string => {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};

/** A count with grouped thousands: 12345 is "12,345". */
export const formatCount = (count: number): string => groupThousands(String(count));

/** A count with its noun: `1 row`, `2 rows`, `3 copies`. */
export const countOf = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : plural}`;

/** An amount of the table with grouped thousands and its currency where known: "-1,234.50 EUR". Exact: no digit is rounded off. */
export const formatAmount = (table: TransactionTable, units: number, currency: string | null): string => {
  const decimals = Math.min(table.amountScale, currencyExponent(currency));
  const figure = groupThousands(formatUnits(units, table.amountScale, decimals));
  return currency === null ? figure : `${figure} ${currency}`;
};

/** The text of a coded column in a row; null where unknown or where there is no such column. */
export const textAt = (column: CodedColumn | null, row: number): string | null =>
  column?.values[column.codes[row] ?? -1] ?? null;

/** The currency that all the rows share; null where it is unknown or differs. */
export const sharedCurrency = (table: TransactionTable, rows: ArrayLike<number>): string | null => {
  if (table.currency === null || rows.length === 0) return null;
  const { codes, values } = table.currency;
  const first = codes[rows[0] ?? 0] ?? -1;
  for (let i = 1; i < rows.length; i++) if (codes[rows[i] ?? 0] !== first) return null;
  return values[first] ?? null;
};

/** What is known of a row, in words: "-1,234.50 EUR, 2024-03-01, ACME LTD". */
export const describeRow = (table: TransactionTable, row: number): string => {
  const units = table.amountUnits?.[row] ?? Number.NaN;
  const amount = Number.isNaN(units) ? null : formatAmount(table, units, textAt(table.currency, row));
  const day = table.bookingDay?.[row];
  const parts = [amount, day === undefined ? null : isoDate(day), textAt(table.party, row)];
  return parts.filter(part => part !== null).join(', ');
};
