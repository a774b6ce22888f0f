import { describe, expect, it } from 'vitest';
import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { compareRows } from './duplicate-fields.ts';

const row = (given: Partial<TransactionRow>): TransactionRow => ({
  id: 1,
  sourceId: '00000002-0000-4000-8000-000000000001',
  row: 2,
  account: null,
  date: '2025-05-13',
  valueDate: null,
  amount: '-84.30',
  currency: 'EUR',
  counterparty: 'Ebersgrund Fuel',
  reference: '',
  description: 'fuel',
  type: '',
  ...given,
});

describe('compareRows', () => {
  it('tells equal, different, one-sided and unstated fields apart', () => {
    const compared = compareRows(
      row({ reference: 'KB-0031', currency: null }),
      row({ id: 2, date: '2025-05-15', currency: null, description: 'Fuel' }),
    );
    expect(Object.fromEntries(compared.map(({ field, agreement }) => [field, agreement]))).toEqual({
      date: 'different',
      valueDate: 'unstated',
      amount: 'same',
      currency: 'unstated',
      account: 'unstated',
      counterparty: 'same',
      reference: 'one-sided',
      // Capital letters are a difference of the files, and the person sees it.
      description: 'different',
      type: 'unstated',
    });
  });

  it('says the same of the two rows whichever comes first', () => {
    const [a, b] = [row({ reference: 'A' }), row({ id: 2, amount: '84.30' })];
    expect(compareRows(a, b).map(({ agreement }) => agreement)).toEqual(
      compareRows(b, a).map(({ agreement }) => agreement),
    );
  });
});
