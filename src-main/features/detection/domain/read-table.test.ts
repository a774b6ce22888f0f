import { describe, expect, it } from 'vitest';
import { ReadTable } from './read-table.ts';
import { TEST_CATALOGUE } from './test-catalogue.ts';
import { resultOf, tableOf } from './transaction-table.fixture.ts';

const table = tableOf([
  { amount: '12.50', date: '2024-03-01', account: 'A', party: 'ACME', currency: 'EUR', reference: 'R-1' },
  { amount: '12.50', date: '2024-03-02', account: 'A', party: 'ACME', currency: 'EUR', reference: 'R-2' },
]);

describe('a table that remembers what was read', () => {
  it('shows every column of the table it stands for', () => {
    const read = new ReadTable(table) as unknown as Record<string, unknown>;
    for (const [name, column] of Object.entries(table)) expect(read[name], name).toBe(column);
  });

  it('names each column by its own name, and forgets them once told', () => {
    const read = new ReadTable(table);
    for (const name of Object.keys(table)) {
      read.taken();
      Reflect.get(read, name);
      const isColumn = !['rowCount', 'amountScale', 'offScaleAmounts', 'named'].includes(name);
      expect(read.taken()).toEqual(isColumn ? [name] : []);
    }
    expect(read.taken()).toEqual([]);
  });

  it('changes no result', () => {
    for (const test of TEST_CATALOGUE.filter(({ needs }) => needs.every(name => name === 'amount' || name === 'date')))
      expect(resultOf(test, new ReadTable(table)), test.id).toEqual(resultOf(test, table));
  });
});
