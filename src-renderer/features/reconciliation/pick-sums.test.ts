import { describe, expect, it } from 'vitest';
import { isSettled, pickedSums } from './pick-sums.ts';

const row = (amount: string, currency: string | null = 'EUR') => ({
  id: 1,
  sourceId: '',
  row: 1,
  account: null,
  date: null,
  valueDate: null,
  amount,
  currency,
  counterparty: '',
  reference: '',
  description: '',
  type: '',
});

describe('pickedSums', () => {
  it('is exact where floats are not: 0.1 + 0.2 is 0.3', () => {
    const sums = pickedSums([row('0.10'), row('0.20')], [row('0.30')], false);
    expect(sums).toEqual([{ currency: 'EUR', a: '0.30', b: '0.30', remaining: '0.00' }]);
    expect(isSettled(sums)).toBe(true);
  });

  it('takes side B turned where the sides sign a movement oppositely', () => {
    expect(pickedSums([row('-50.00')], [row('50.00')], true)[0]?.remaining).toBe('0.00');
    expect(pickedSums([row('-50.00')], [row('50.00')], false)[0]?.remaining).toBe('-100.00');
  });

  it('keeps currencies apart, and scales', () => {
    const sums = pickedSums([row('1.5'), row('7', 'JPY')], [row('1.4995')], false);
    expect(sums).toEqual([
      { currency: 'EUR', a: '1.5000', b: '1.4995', remaining: '0.0005' },
      { currency: 'JPY', a: '7', b: '0', remaining: '7' },
    ]);
    expect(isSettled(sums)).toBe(false);
    expect(pickedSums([], [], false)).toEqual([]);
  });

  it('says a small negative rest with its sign', () => {
    expect(pickedSums([row('0.00')], [row('0.05')], false)[0]?.remaining).toBe('-0.05');
  });
});
