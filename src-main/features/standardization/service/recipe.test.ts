import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelInput } from '../../../contract/index.ts';
import { Station } from '../../../engine/engine.fixture.ts';

const STATEMENT = `Date,Amount,Currency,Counterparty,Description
2025-03-04,-25.00,EUR,Café Central,CARD 12 COFFEE
2025-03-31,-1200.00,EUR,Acme GmbH,Rent March
2025-04-01,3000.00,EUR,Employer,Salary
2025-04-02,-12.50,EUR,Café Central,CARD 12 LUNCH
`;
const COFFEE: ChannelInput<'rules.check'>['rule'] = {
  name: 'Coffee',
  when: { combinator: 'and', rules: [{ field: 'description', operator: 'contains', value: 'coffee' }] },
  actions: [{ kind: 'set-category', value: 'Coffee' }],
};

const station = new Station();
let caseId: string;
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [station.file('statement.csv', STATEMENT)]);
});
afterAll(() => station.close());

const standing = async (): Promise<[string, boolean][]> =>
  (await station.invoke('recipes.list', { caseId })).steps
    .filter(step => step.kind !== 'source-read')
    .map(step => [step.title, step.standing]);

describe('rules and recipe of a case', () => {
  it('tries a rule without storing it, with counts, sum and examples', async () => {
    const run = await station.invoke('rules.dryRun', { caseId, rule: COFFEE });
    expect(run).toMatchObject({ rows: 4, matched: 1, effective: 1, sum: '-25.00', conflicts: [] });
    expect(run.examples.map(row => row.description)).toEqual(['CARD 12 COFFEE']);
    expect((await station.invoke('rules.list', { caseId })).rules).toEqual([]);
  });

  it('saves versions as steps, undoes and redoes any of them, and never loses an event', async () => {
    const { rule, seq } = await station.invoke('rules.save', { caseId, rule: COFFEE });
    const second = await station.invoke('rules.save', { caseId, rule: { ...COFFEE, id: rule.id, name: 'Cafés' } });
    expect(second.rule).toMatchObject({ id: rule.id, version: 2, name: 'Cafés', order: rule.order });
    await station.invoke('recipes.undo', { caseId, seqs: [second.seq] });
    expect((await station.invoke('rules.list', { caseId })).rules.map(each => each.rule.name)).toEqual(['Coffee']);
    expect(await standing()).toEqual([
      ['Rule “Cafés”, version 2', false],
      ['Rule “Coffee”', true],
    ]);
    expect(await station.refusal('recipes.undo', { caseId, seqs: [second.seq] })).toMatchObject({
      code: 'recipe.step-state',
    });
    await station.invoke('recipes.redo', { caseId, seqs: [second.seq] });
    const removed = await station.invoke('rules.remove', { caseId, ruleId: rule.id });
    expect(await station.invoke('recipes.previewUndo', { caseId, seqs: [seq, second.seq] })).toEqual({
      superseded: [{ seq: removed.seq, title: 'Rule “Cafés” removed' }],
    });
  });

  it('refuses a rule that cannot run, naming the condition', async () => {
    const rule = {
      ...COFFEE,
      when: {
        combinator: 'and' as const,
        rules: [{ field: 'description' as const, operator: 'matches' as const, value: '(a)\\1' }],
      },
    };
    expect(await station.refusal('rules.save', { caseId, rule })).toMatchObject({
      code: 'rule.invalid',
      message: expect.stringContaining('condition 1'),
    });
    expect((await station.invoke('rules.check', { rule })).problems[0]?.path).toEqual([0]);
  });

  it('carries rules and recipe to another case, which then behaves the same', async () => {
    await station.invoke('rules.save', { caseId, rule: COFFEE });
    const other = await station.createCase('Other');
    await station.invoke('recipes.apply', {
      caseId: other,
      recipe: await station.invoke('recipes.export', { caseId }),
    });
    const rulesOf = async (id: string) =>
      (await station.invoke('rules.list', { caseId: id })).rules.map(({ rule }) => rule);
    expect(await rulesOf(other)).toEqual(await rulesOf(caseId));
    const third = await station.createCase('Third');
    await station.invoke('rules.import', { caseId: third, file: await station.invoke('rules.export', { caseId }) });
    expect((await rulesOf(third)).map(rule => rule.when)).toEqual((await rulesOf(caseId)).map(rule => rule.when));
  });

  it('is proved by the log: a changed event is found', async () => {
    expect((await station.done('audits.verify', {})).ok).toBe(true);
    await station.inStore(db => {
      db.exec('DROP TRIGGER recipe_events_no_update');
      db.prepare(`UPDATE recipe_events SET body = replace(body, 'coffee', 'toffee')`).run();
    }, 'write');
    const verified = await station.done('audits.verify', {});
    expect(verified.problems.map(problem => problem.code)).toContain('records.recipe');
    await station.inStore(db => {
      db.prepare(`UPDATE recipe_events SET body = 'no JSON'`).run();
    }, 'write');
    const unreadable = await station.done('audits.verify', {});
    expect(unreadable.problems.map(problem => problem.code)).toContain('records.recipe');
  });
});
