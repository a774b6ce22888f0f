import { describe, expect, it } from 'vitest';
import { TransactionFilter } from '../../../src-main/contract/transactions.contract.ts';
import { filterOfUnknown, filterOfValue } from './field-filter.ts';

describe('the filter of a field’s value', () => {
  it.each([
    ['currency', 'EUR', { currency: 'EUR' }],
    ['amount', '-9940.00', { minimum: '-9940.00', maximum: '-9940.00' }],
    ['bookingDate', '2025-03-07', { from: '2025-03-07', to: '2025-03-07' }],
  ])('%s %s', (field, value, filter) => {
    expect(filterOfValue(field, value, undefined)).toEqual(filter);
    expect(TransactionFilter.safeParse(filter).success).toBe(true);
  });

  it('keeps to the chosen file', () => {
    const sourceId = '00000002-0000-4000-8000-000000000001';
    expect(filterOfValue('type', 'FEE', sourceId)).toEqual({ sourceId, type: 'FEE' });
  });

  it('is none where a filter would give other rows: texts are searched, not compared', () => {
    for (const field of ['counterparty', 'counterpartyAccount', 'reference', 'valueDate', 'entry'])
      expect(filterOfValue(field, 'x', undefined)).toBeNull();
  });

  it('for what is not stated is empty text, and none for amounts and dates, which have no such text', () => {
    expect(filterOfUnknown('currency', undefined)).toEqual({ currency: '' });
    expect(filterOfUnknown('amount', undefined)).toBeNull();
    expect(filterOfUnknown('bookingDate', undefined)).toBeNull();
  });
});
