import { describe, expect, it } from 'vitest';
import { entriesOfStatements } from './statement-entries.ts';

describe('entries of several statements', () => {
  it('with the same number are several entries', () => {
    // Voucher 1 of two files, voucher 2 of the second only; -1 belongs to none.
    const entries = { codes: Int32Array.of(0, 0, 0, 1, -1, 0), values: ['1', '2'] };
    const told = entriesOfStatements(entries, Int32Array.of(0, 0, 1, 1, 1, 2));
    expect([...told.codes]).toEqual([0, 0, 2, 1, -1, 3]);
    expect(told.values).toEqual(['1', '2', '1', '1']);
    expect([...entries.codes]).toEqual([0, 0, 0, 1, -1, 0]);
  });

  it('stay the same column where no number is shared', () => {
    const entries = { codes: Int32Array.of(0, 0, 1), values: ['1', '2'] };
    expect(entriesOfStatements(entries, Int32Array.of(0, 0, 1))).toBe(entries);
  });
});
