import { negated, swiftAmount, swiftDay } from './mt940-values.ts';
import type { StatedBalance } from './statement-sink.ts';

export interface SwiftBalance extends StatedBalance {
  readonly currency: string;
  /** Its amount has a decimal point, against the standard. */
  readonly point: boolean;
}

/** Fields 60a, 62a, 64 and 65 (`1!a6!n3!a15d`): mark, date, currency, amount. A debit balance is negative. Null where it is not one. */
export const swiftBalance = (text: string): SwiftBalance | null => {
  const match = /^([CD])(\d{6})([A-Z]{3})([\d,.]+)$/.exec(text.trim());
  if (match === null) return null;
  const [, mark, date, currency, digits] = match as unknown as [string, string, string, string, string];
  const day = swiftDay(date);
  const amount = swiftAmount(digits);
  if (day === null || amount === null) return null;
  const { units, scale, point } = amount;
  return { amount: mark === 'D' ? negated(amount) : { units, scale }, date: day, currency, point };
};

/** The currency of a balance whose date or amount cannot be read; null where it states none. */
export const currencyOfBalance = (text: string): string | null => /^[CD]\d{6}([A-Z]{3})/.exec(text)?.[1] ?? null;

export interface EntryTotal {
  readonly mark: 'C' | 'D';
  readonly count: number;
  readonly amount: { readonly units: number; readonly scale: number };
}

/** Fields 90C and 90D (`5n3!a15d`): number and sum of entries; null where it is not one. */
export const entryTotal = (mark: 'C' | 'D', text: string): EntryTotal | null => {
  const match = /^(\d{1,9})([A-Z]{3})([\d,.]+)$/.exec(text.trim());
  const amount = match === null ? null : swiftAmount(match[3]!);
  return match === null || amount === null ? null : { mark, count: Number(match[1]), amount };
};

/**
 * Totals as ING writes them into the information field after the closing balance: `D000004C000002D25,24C28,71`
 * (numbers of debits and credits, sums of debits and credits). Empty where the text is none.
 */
export const totalsInInformation = (text: string): readonly EntryTotal[] => {
  const match = /^D(\d{6})C(\d{6})D([\d,]+)C([\d,]+)$/.exec(text.trim());
  if (match === null) return [];
  const debit = swiftAmount(match[3]!);
  const credit = swiftAmount(match[4]!);
  if (debit === null || credit === null) return [];
  return [
    { mark: 'D', count: Number(match[1]), amount: debit },
    { mark: 'C', count: Number(match[2]), amount: credit },
  ];
};
