import { TransactionFilter } from '../../../src-main/contract/transactions.contract.ts';

export type FilterField = keyof TransactionFilter;
export const FILTER_FIELDS = Object.keys(TransactionFilter.shape) as FilterField[];

/** A filter as search parameters of an address; the same filter always gives the same text. */
export const filterToSearch = (filter: TransactionFilter): string => {
  const search = new URLSearchParams();
  for (const field of FILTER_FIELDS) {
    const value = filter[field];
    if (value !== undefined) search.set(field, value);
  }
  return search.toString();
};

/** The filter an address asks for. A condition that the contract does not know or would refuse is left out. */
export const filterFromSearch = (search: URLSearchParams): TransactionFilter => {
  const filter: Record<string, unknown> = {};
  for (const field of FILTER_FIELDS) {
    const value = search.get(field);
    if (value !== null && TransactionFilter.shape[field].safeParse(value).success) filter[field] = value;
  }
  return filter as TransactionFilter;
};

/** A filter without some of its fields. */
export const withoutFields = (filter: TransactionFilter, fields: readonly FilterField[]): TransactionFilter =>
  Object.fromEntries(Object.entries(filter).filter(([field]) => !fields.includes(field as FilterField)));

/** First and last day (ISO) of a month given as YYYY-MM; null for text that is no month. */
export const monthDays = (month: string): { readonly from: string; readonly to: string } | null => {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (!match) return null;
  const last = new Date(Date.UTC(Number(match[1]), Number(match[2]), 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` };
};
