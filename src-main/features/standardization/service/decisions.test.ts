import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';

/** Decisions meeting what changes around them: sources set aside, parties merged later, recipes from elsewhere. */
const HEAD = 'Date,Amount,Currency,Counterparty,Description\n';
const FIRST = `${HEAD}2025-01-12,-120.50,EUR,Meridian Supplies,paper\n2025-01-13,-10.00,,Meridian Ltd,pens\n`;
const SECOND = `${HEAD}2025-01-12,-120.50,EUR,Meridian Supplies,paper\n2025-01-28,-4.00,EUR,Bank,fee\n`;

const station = new Station();
let caseId: string;
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [station.file('first.csv', FIRST), station.file('second.csv', SECOND)]);
});
afterAll(() => station.close());

const run = () => station.done('standardization.run', { caseId });
const figureOf = async (name: string): Promise<number> =>
  (await run()).stages.flatMap(({ figures }) => figures).find(figure => figure.name === name)?.count ?? 0;
const transactionId = async (description: string): Promise<number> =>
  (await station.invoke('transactions.page', { caseId })).rows.find(row => row.description === description)!.id;

describe('decisions', () => {
  it('of which a source was set aside: the pairs are still listed, and the only copy counts', async () => {
    await station.done('examinations.run', { caseId });
    const { pairs } = await station.invoke('duplicates.list', { caseId, kind: 'overlap' });
    expect(pairs).toHaveLength(1);
    const { a, b } = pairs[0]!;
    await station.invoke('duplicates.decide', { caseId, state: 'confirmed', pairs: [{ keep: a.id, duplicate: b.id }] });
    expect(await figureOf('duplicate:confirmed')).toBe(1);
    await station.invoke('sources.archive', { sourceId: a.sourceId, reason: 'wrong account' });
    expect((await station.invoke('duplicates.list', { caseId, state: 'confirmed' })).total).toBe(1);
    expect(await figureOf('duplicate:confirmed')).toBe(0);
    expect(await station.invoke('standardization.row', { caseId, transactionId: b.id })).toMatchObject({
      duplicateOf: null,
    });
    await station.invoke('sources.restore', { sourceId: a.sourceId, reason: 'it is ours' });
    expect(await figureOf('duplicate:confirmed')).toBe(1);
  });

  it('on a party stay with its rows when the party is merged, and the digest tells the merge', async () => {
    await station.invoke('categories.confirm', {
      caseId,
      subject: { party: 'MERIDIAN LTD', direction: 'out' },
      category: 'Stationery',
    });
    const { digest } = await run();
    await station.invoke('parties.merge', { caseId, parties: ['MERIDIAN LTD', 'MERIDIAN SUPPLIES'], name: 'Meridian' });
    expect((await run()).digest).not.toBe(digest);
    expect(await figureOf('category:confirmed:Stationery')).toBe(1);
  });

  it('are told row by row as they were made: what an earlier rule decided is not told of a later one', async () => {
    const rule = (name: string, category: string) => ({
      name,
      when: {
        combinator: 'and' as const,
        rules: [{ field: 'description' as const, operator: '=' as const, value: 'pens' }],
      },
      actions: [
        { kind: 'set-category' as const, value: category },
        { kind: 'add-tag' as const, value: name },
      ],
    });
    await station.invoke('rules.save', { caseId, rule: rule('one', 'Pens') });
    await station.invoke('rules.save', { caseId, rule: rule('two', 'Pencils') });
    const row = await station.invoke('standardization.row', { caseId, transactionId: await transactionId('pens') });
    expect(row.rules.map(({ decided }) => decided)).toEqual([['set-category: Pens', 'add-tag: one'], ['add-tag: two']]);
    // The file states no currency: that is not known, and no fault.
    expect(row.fields.find(({ field }) => field === 'currency')).toMatchObject({ original: '', problem: null });
  });

  it('come in recipes that can run: a rule that cannot is refused with its step, however deep it is', async () => {
    const apply = (when: unknown) =>
      station.refusal('recipes.apply', {
        caseId,
        recipe: {
          format: 'nexus-recipe',
          version: 1,
          steps: [
            {
              title: 'Hostile',
              step: {
                kind: 'rule-saved',
                rule: {
                  id: '00000000-0000-4000-8000-000000000000',
                  name: 'Hostile',
                  version: 1,
                  enabled: true,
                  order: 1,
                  when: when as never,
                  actions: [{ kind: 'add-tag', value: 'x' }],
                },
              },
            },
          ],
        },
      });
    const { head } = await station.invoke('recipes.list', { caseId });
    expect(
      await apply({ combinator: 'and', rules: [{ field: 'description', operator: 'matches', value: '(a' }] }),
    ).toMatchObject({ code: 'recipe.rule-invalid', message: expect.stringContaining('Step 1') });
    let deep: unknown = { field: 'amount', operator: '<', value: '0' };
    for (let i = 0; i < 20; i++) deep = { combinator: 'and', rules: [deep] };
    expect(await apply(deep)).toMatchObject({ code: 'recipe.rule-invalid' });
    for (let i = 0; i < 50_000; i++) deep = { combinator: 'and', rules: [deep] };
    expect((await apply(deep)).code).not.toMatch(/internal/);
    expect((await station.invoke('recipes.list', { caseId })).head).toBe(head);
    await run();
  });

  it('on parties with long names are exported as a recipe that can be applied', async () => {
    const parties = ['A', 'B', 'C'].map(letter => `${letter} ${'X'.repeat(180)}`);
    await station.invoke('parties.merge', { caseId, parties, name: 'Long' });
    const recipe = await station.invoke('recipes.export', { caseId });
    const other = await station.createCase('Other');
    expect(await station.invoke('recipes.apply', { caseId: other, recipe })).toMatchObject({
      applied: recipe.steps.length,
    });
  });

  it('rest on sums that hold a large amount beside the nine decimals of another file', async () => {
    const other = await station.createCase('Scales');
    // 12,345,678.90 in units of nine decimals is more than 2^53: it has no number there, and still counts.
    await station.import(other, [
      station.file('large.csv', `${HEAD}2025-01-12,12345678.90,EUR,Big Payer,sale\n`),
      station.file('fine.csv', `${HEAD}2025-01-12,0.123456789,EUR,Big Payer,rest\n`),
    ]);
    const { parties } = await station.invoke('parties.list', { caseId: other });
    expect(parties[0]!.members[0]).toMatchObject({
      rows: 2,
      sums: [{ currency: 'EUR', credits: '12345679.023456789', debits: '0.00' }],
    });
  });
});
