import type { TransactionFilter } from '../../../src-main/contract/transactions.contract.ts';

/** The filter for the rows that state this value of a field; null where no filter can say it. */
export const filterOfValue = (field: string, value: string, sourceId: string | undefined): TransactionFilter | null => {
  const source = sourceId === undefined ? {} : { sourceId };
  switch (field) {
    case 'account':
    case 'currency':
    case 'type':
    case 'category':
      return { ...source, [field]: value };
    case 'amount':
      return { ...source, minimum: value, maximum: value };
    case 'bookingDate':
      return { ...source, from: value, to: value };
    default:
      return null;
  }
};

/** The filter for the rows that do not state a field; null where no filter can say it. */
export const filterOfUnknown = (field: string, sourceId: string | undefined): TransactionFilter | null =>
  field === 'amount' || field === 'bookingDate' ? null : filterOfValue(field, '', sourceId);
