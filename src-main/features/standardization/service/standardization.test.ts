import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';

const STATEMENT = `Date,Amount,Currency,Counterparty,Counterparty account,Type,Reference,Description
2025-03-04,-25.00,EUR,Café  Central,DE89 3704 0044 0532 0130 00,Kartenzahlung,RF18 5390 0754 7034,CARD 12 COFFEE
2025-03-31,-1200.00,EUR,Acme GmbH,DE89370400440532013001,Überweisung,RF19 5390 0754 7034,Rent March
2025-04-01,3000.00,EUR,Employer,,Gehalt,NOTPROVIDED,Salary
2025-04-02,-12.50,EUX,Acme Ltd,,card,,CARD 12 LUNCH
`;

const station = new Station();
let caseId: string;
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [station.file('statement.csv', STATEMENT)]);
});
afterAll(() => station.close());

const rowsOf = async (set: string): Promise<number[]> =>
  (await station.invoke('transactions.page', { caseId, filter: { set } })).rows.map(({ row }) => row);

describe('the pipeline over a case', () => {
  it('standardizes beside the originals, and every figure opens exactly its rows', async () => {
    const run = await station.done('standardization.run', { caseId });
    expect(run).toMatchObject({ rows: 4, recipeSeq: expect.any(Number) });
    const format = run.stages.find(({ stage }) => stage === 'FormatStandardizer')!;
    expect(Object.fromEntries(format.figures.map(({ name, count }) => [name, count]))).toMatchObject({
      'changed:counterpartyAccount': 1,
      'changed:reference': 3,
      'problem:counterpartyAccount': 1,
      'problem:currency': 1,
      'problem:reference': 1,
    });
    for (const { set, count } of run.stages.flatMap(stage => stage.figures))
      expect((await rowsOf(set!)).length).toBe(count);
    expect(await rowsOf('problem:counterpartyAccount')).toEqual([3]);
    expect(await rowsOf('problem:currency')).toEqual([5]);
  });

  it('lists values before and after, the untouched original beside each', async () => {
    const { values } = await station.invoke('standardization.changes', {
      caseId,
      field: 'counterpartyAccount',
      only: 'all',
    });
    expect(values.map(({ original, standardized, problem }) => [original, standardized, problem])).toEqual([
      ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000', null],
      ['DE89370400440532013001', 'DE89370400440532013001', expect.stringContaining('check digits')],
    ]);
    const types = await station.invoke('standardization.changes', { caseId, field: 'type' });
    expect(Object.fromEntries(types.values.map(({ original, standardized }) => [original, standardized]))).toEqual({
      Kartenzahlung: 'card',
      Überweisung: 'transfer',
      Gehalt: 'salary',
    });
  });

  it('takes rules, labels and merged parties into account, row by row as over all rows', async () => {
    await station.invoke('rules.save', {
      caseId,
      rule: {
        name: 'Rent',
        when: { combinator: 'and', rules: [{ field: 'description', operator: 'contains', value: 'rent' }] },
        actions: [
          { kind: 'set-category', value: 'Rent' },
          { kind: 'add-tag', value: 'housing' },
        ],
      },
    });
    await station.invoke('categories.confirm', {
      caseId,
      subject: { party: 'CAFÉ CENTRAL', direction: 'out' },
      category: 'Coffee',
    });
    await station.invoke('recipes.apply', {
      caseId,
      recipe: {
        format: 'nexus-recipe',
        version: 1,
        steps: [{ title: 'Acme', step: { kind: 'parties-merged', parties: ['ACME GMBH', 'ACME LTD'], name: 'Acme' } }],
      },
    });
    expect(await station.invoke('standardization.read', { caseId })).toMatchObject({ stale: true });
    const run = await station.done('standardization.run', { caseId });
    expect(run.rules).toMatchObject([{ matched: 1, effective: 1, dead: null }]);
    expect(await rowsOf('category:rule:Rent')).toEqual([3]);
    expect(await rowsOf('category:confirmed:Coffee')).toEqual([2]);
    expect(await rowsOf('tag:housing')).toEqual([3]);
    const { rows } = await station.invoke('transactions.page', { caseId });
    const read = await Promise.all(
      rows.map(({ id }) => station.invoke('standardization.row', { caseId, transactionId: id })),
    );
    expect(read.map(({ fields }) => fields.find(({ field }) => field === 'party')?.standardized)).toEqual([
      'CAFÉ CENTRAL',
      'Acme',
      'EMPLOYER',
      'Acme',
    ]);
    expect(read.map(({ fields }) => fields.find(({ field }) => field === 'category')).slice(0, 3)).toMatchObject([
      { standardized: 'Coffee', origin: 'confirmed' },
      { standardized: 'Rent', origin: 'rule' },
      { standardized: 'Salary', origin: 'standardizer', reason: expect.stringContaining('Gehalt') },
    ]);
    expect(read[1]).toMatchObject({
      tags: ['housing'],
      rules: [{ name: 'Rent', decided: ['set-category: Rent', 'add-tag: housing'] }],
    });
  });

  it('gives the same digest for the same records and recipe, another after a step, the first again after its undo', async () => {
    const first = await station.done('standardization.run', { caseId });
    expect((await station.done('standardization.run', { caseId })).digest).toBe(first.digest);
    const { seq } = await station.invoke('categories.confirm', {
      caseId,
      subject: { transactionId: (await station.invoke('transactions.page', { caseId })).rows[3]!.id },
      category: 'Lunch',
    });
    expect((await station.done('standardization.run', { caseId })).digest).not.toBe(first.digest);
    await station.invoke('recipes.undo', { caseId, seqs: [seq] });
    expect((await station.done('standardization.run', { caseId })).digest).toBe(first.digest);
  });

  it('suggests categories with a reason and learns from what is confirmed', async () => {
    const { suggestions } = await station.invoke('categories.suggestions', { caseId });
    expect(suggestions.map(({ party }) => party)).not.toContain('CAFÉ CENTRAL');
    for (const { reason } of suggestions) expect(reason).not.toBe('');
    for (const { set, rows } of suggestions) expect((await rowsOf(set!)).length).toBe(rows);
    const listed = await station.invoke('categories.list', { caseId });
    expect(listed.taxonomy.length).toBeGreaterThan(40);
    expect(listed.counts.reduce((sum, { rows }) => sum + rows, 0)).toBe(4);
  });

  it('opens exactly the rows of every value before and after, also while no run knows of them', async () => {
    for (const field of [
      'party',
      'counterpartyAccount',
      'account',
      'type',
      'currency',
      'reference',
      'category',
    ] as const) {
      const { values } = await station.invoke('standardization.changes', { caseId, field, only: 'all' });
      for (const { set, rows } of values) expect((await rowsOf(set!)).length).toBe(rows);
    }
    // Rows of the statement above: 2 is the header's successor, the one with the RF check digits of ISO 11649.
    expect(await rowsOf('value:reference:["RF18 5390 0754 7034","RF18539007547034","standardizer"]')).toEqual([2]);
    expect(await rowsOf('value:reference:not json')).toEqual([]);
  });

  it('opens the rows a rule decided apart from those it only matches, and those two rules disagree on', async () => {
    const rule = (name: string, value: string) => ({
      name,
      when: { combinator: 'and' as const, rules: [{ field: 'amount' as const, operator: '<' as const, value: '0' }] },
      actions: [{ kind: 'set-category' as const, value }],
    });
    const { rule: late } = await station.invoke('rules.save', { caseId, rule: rule('Money out', 'Spending') });
    const run = await station.done('standardization.run', { caseId });
    const figures = new Map(run.stages.flatMap(stage => stage.figures).map(figure => [figure.name, figure]));
    // Three rows are money out; the rule “Rent” before it decides row 3.
    expect(await rowsOf(`rule:${late.id}`)).toEqual([2, 3, 5]);
    expect(await rowsOf(`rule-decided:${late.id}`)).toEqual([2, 5]);
    expect(figures.get(`rule:${late.id}`)?.title).toBe('Rule “Money out” matches');
    const [conflict] = run.conflicts;
    expect(conflict).toMatchObject({ loser: late.id, target: 'category', rows: 1 });
    expect(await rowsOf(`conflict:category:${conflict!.winner}:${late.id}`)).toEqual([3]);
    expect(await rowsOf('stage:RuleEngine')).toEqual([2, 3, 5]);
  });

  it('leaves a log that verifies', async () => {
    expect(await station.done('audits.verify', {})).toMatchObject({ ok: true, problems: [] });
  });
});
