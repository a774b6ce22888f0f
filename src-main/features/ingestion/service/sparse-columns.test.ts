import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';

// Columns most files do not fill: shown, counted and filtered by where a file states them, absent elsewhere.
const station = new Station();
beforeAll(() => station.create());
afterAll(() => station.close());

const CATEGORIZED = `date,amount,currency,description,category
2024-01-01,-10.00,EUR,a,Groceries
2024-01-02,-20.00,EUR,b,Rent
2024-01-03,-30.00,EUR,c,
2024-01-04,-40.00,EUR,d,Groceries
`;

describe('a file that states categories', () => {
  it('shows them in rows, facets and filters; a file without them shows none', async () => {
    const caseId = await station.createCase();
    const plain = 'date,amount,currency,description\n2024-02-01,1.00,EUR,x\n';
    await station.import(caseId, [station.file('plain.csv', plain)]);
    expect((await station.invoke('transactions.facets', { caseId })).facets.map(facet => facet.name)).not.toContain(
      'category',
    );
    const [file] = await station.import(caseId, [station.file('categorized.csv', CATEGORIZED)]);
    const filter = { sourceId: file!.sourceId! };
    const { rows } = await station.invoke('transactions.page', { caseId, filter });
    expect(rows.map(row => row.category)).toEqual(['Groceries', 'Rent', undefined, 'Groceries']);
    const all = (await station.invoke('transactions.page', { caseId })).rows;
    expect('category' in all[0]!).toBe(false);
    const { facets } = await station.invoke('transactions.facets', { caseId });
    expect(facets.find(facet => facet.name === 'category')?.values).toEqual([
      { value: null, count: 2 },
      { value: 'Groceries', count: 2 },
      { value: 'Rent', count: 1 },
    ]);
    const groceries = await station.invoke('transactions.page', { caseId, filter: { category: 'Groceries' } });
    expect(groceries.rows.map(row => row.amount)).toEqual(['-10.00', '-40.00']);
    const { transaction } = await station.invoke('transactions.read', { caseId, transactionId: rows[1]!.id });
    expect(transaction.category).toBe('Rent');
    const { files } = await station.done('files.inspect', {
      files: [{ grant: station.grant(station.file('categorized.csv', CATEGORIZED)) }],
    });
    expect(files[0]!.statements[0]!.transactions!.map(row => row.category)).toEqual([
      'Groceries',
      'Rent',
      undefined,
      'Groceries',
    ]);
    // The same from the sealed columns as from those of the import.
    await station.closeWorkspace();
    await station.open();
    expect((await station.invoke('transactions.facets', { caseId })).facets).toEqual(facets);
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
  });

  it('a category that was changed in the store is noticed', async () => {
    await station.inStore(
      db =>
        db
          .prepare(
            'UPDATE transactions SET category = 1 WHERE id = (SELECT min(id) FROM transactions WHERE category = 0)',
          )
          .run(),
      'write',
    );
    expect((await station.done('audits.verify', {})).problems.map(problem => problem.code)).toEqual(['records.differ']);
  });
});
