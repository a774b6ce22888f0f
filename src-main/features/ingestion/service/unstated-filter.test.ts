import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';

/** Four bookings of two files; by eye: two state no currency, one no type, and only one file names its account. */
const FIRST = 'Date,Amount,Currency,Type,Counterparty\n2025-01-02,-1.00,EUR,FEE,Bank\n2025-01-03,-2.00,,FEE,Bank\n';
const SECOND =
  'Date,Amount,Currency,Type,Counterparty,Own account\n2025-01-04,-3.00,,,Bank,DE89370400440532013000\n2025-01-05,4.00,EUR,FEE,Bank,DE89370400440532013000\n';

const station = new Station();
let caseId: string;
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [station.file('first.csv', FIRST), station.file('second.csv', SECOND)]);
});
afterAll(() => station.close());

describe('a filter for what is not stated', () => {
  it.each([
    ['currency', ['-2.00', '-3.00']],
    ['type', ['-3.00']],
    ['account', ['-1.00', '-2.00']],
  ] as const)('finds the rows without a %s, as many as the facet counts', async (field, amounts) => {
    const { total, rows } = await station.invoke('transactions.page', { caseId, filter: { [field]: '' } });
    expect(rows.map(row => row.amount)).toEqual(amounts);
    const { facets } = await station.invoke('transactions.facets', { caseId });
    const unknown = facets.find(({ name }) => name === field)?.values.find(({ value }) => value === null);
    expect(unknown?.count).toBe(total);
  });
});
