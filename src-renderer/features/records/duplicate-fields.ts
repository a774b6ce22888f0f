import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';

/** Fields of two rows set side by side, in the order in which a person compares them. */
export const DUPLICATE_FIELDS = [
  'date',
  'valueDate',
  'amount',
  'currency',
  'account',
  'counterparty',
  'reference',
  'description',
  'type',
] as const;
export type DuplicateField = (typeof DUPLICATE_FIELDS)[number];

/** same: equal as shown; different: both stated, not equal; one-sided: only one states it; unstated: neither does. */
export type Agreement = 'same' | 'different' | 'one-sided' | 'unstated';

export interface ComparedField {
  readonly field: DuplicateField;
  readonly a: string | null;
  readonly b: string | null;
  readonly agreement: Agreement;
}

const stated = (row: TransactionRow, field: DuplicateField): string | null => {
  const value = row[field];
  return value === null || value === '' ? null : value;
};

/** What two rows state, field by field, as the files wrote it: a word that differs is shown even where the test passed over it. */
export const compareRows = (a: TransactionRow, b: TransactionRow): ComparedField[] =>
  DUPLICATE_FIELDS.map(field => {
    const [first, second] = [stated(a, field), stated(b, field)];
    const agreement: Agreement =
      first === null && second === null
        ? 'unstated'
        : first === null || second === null
          ? 'one-sided'
          : first === second
            ? 'same'
            : 'different';
    return { field, a: first, b: second, agreement };
  });
