import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../rules/rule.ts';
import { foldRecipe, partyLabelKey, recordKeyText, stepStatuses, supersededByUndo } from './fold-recipe.ts';
import { PartyGroups } from './party-groups.ts';
import type { RecipeEvent, RecipeStep } from './recipe-step.ts';

const eventsOf = (...bodies: readonly RecipeEvent['body'][]): RecipeEvent[] =>
  bodies.map((body, i) => ({ seq: i + 1, title: body.kind, actor: 'examiner', at: '2025-01-01T00:00:00Z', body }));
const rule = (id: string, version = 1): Rule => ({
  id,
  name: id,
  version,
  enabled: true,
  order: 1,
  when: { combinator: 'and', rules: [{ field: 'amount', operator: '<', value: '0' }] },
  actions: [{ kind: 'set-category', value: 'Out' }],
});
const merged = (name: string, ...parties: string[]): RecipeStep => ({ kind: 'parties-merged', parties, name });
const undone = (of: number): RecipeEvent['body'] => ({ kind: 'step-undone', of });
const redone = (of: number): RecipeEvent['body'] => ({ kind: 'step-redone', of });

describe('foldRecipe', () => {
  it('keeps the last version of a rule, and the one before when the last is undone', () => {
    const events = eventsOf({ kind: 'rule-saved', rule: rule('a') }, { kind: 'rule-saved', rule: rule('a', 2) });
    expect(foldRecipe(events).rules.map(each => each.version)).toEqual([2]);
    expect(foldRecipe([...events, ...eventsOf(undone(2)).map(e => ({ ...e, seq: 3 }))]).rules[0]?.version).toBe(1);
  });

  it('undoes any step, and redoes it, without losing an event', () => {
    const events = eventsOf(
      merged('Acme', 'acme', 'acme gmbh'),
      merged('Bank', 'bank a', 'bank b'),
      undone(1),
      redone(1),
    );
    expect(stepStatuses(events).map(({ standing, undoneBy }) => [standing, undoneBy])).toEqual([
      [true, null],
      [true, null],
    ]);
    expect(stepStatuses(events.slice(0, 3)).map(({ standing, undoneBy }) => [standing, undoneBy])).toEqual([
      [false, 3],
      [true, null],
    ]);
    expect(foldRecipe(events.slice(0, 3)).parties.merged()).toEqual([{ name: 'Bank', members: ['bank a', 'bank b'] }]);
    expect(foldRecipe(events).parties.nameOf('acme gmbh')).toBe('Acme');
  });

  it('tells which later steps an undo would leave without effect', () => {
    const events = eventsOf(
      merged('Acme', 'acme', 'acme gmbh', 'acme ag'),
      { kind: 'parties-split', parties: ['acme ag'] },
      { kind: 'rule-saved', rule: rule('a') },
      { kind: 'rule-removed', ruleId: 'a' },
    );
    expect(supersededByUndo(events, [1])).toEqual([2]);
    expect(supersededByUndo(events, [3])).toEqual([4]);
    expect(supersededByUndo(events, [2])).toEqual([]);
  });

  it('confirms and rejects duplicates by what the records are', () => {
    const a = { source: 'f'.repeat(64), index: 3 };
    const b = { source: 'e'.repeat(64), index: 0 };
    const pairs = [{ keep: a, duplicate: b }];
    const confirmed = foldRecipe(eventsOf({ kind: 'duplicates-confirmed', pairs }));
    expect(confirmed.duplicates.get(recordKeyText(b))).toBe(recordKeyText(a));
    const after = foldRecipe(
      eventsOf(
        { kind: 'duplicates-confirmed', pairs },
        { kind: 'duplicates-rejected', pairs: [{ keep: b, duplicate: a }] },
      ),
    );
    expect([after.duplicates.size, after.distinct.size]).toEqual([0, 1]);
  });

  it('folds a chain of a hundred thousand copies in seconds', () => {
    const key = (index: number) => ({ source: 'f'.repeat(64), index });
    const pairs = Array.from({ length: 100_000 }, (_, i) => ({ keep: key(i), duplicate: key(i + 1) }));
    const started = performance.now();
    expect(foldRecipe(eventsOf({ kind: 'duplicates-confirmed', pairs })).duplicates.size).toBe(100_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('labels a party in one direction of money, or one record', () => {
    const record = { source: 'a'.repeat(64), index: 1 };
    const state = foldRecipe(
      eventsOf(
        { kind: 'category-confirmed', subject: { party: 'acme', direction: 'out' }, category: 'Rent' },
        { kind: 'category-confirmed', subject: { record }, category: 'Deposit' },
      ),
    );
    expect(state.partyLabels.get(partyLabelKey('acme', 'out'))).toBe('Rent');
    expect(state.partyLabels.has(partyLabelKey('acme', 'in'))).toBe(false);
    expect(state.recordLabels.get(recordKeyText(record))).toBe('Deposit');
  });
});

describe('PartyGroups', () => {
  it('joins groups, splits members and forgets a group of one', () => {
    const groups = new PartyGroups();
    expect(groups.merge(['a', 'b'], 'AB')).toBe(true);
    expect(groups.merge(['b', 'c'], 'ABC')).toBe(true);
    expect(groups.membersOf('a')).toEqual(['a', 'b', 'c']);
    expect(groups.merge(['a', 'c'], 'ABC')).toBe(false);
    expect(groups.split(['a'])).toBe(true);
    expect(groups.split(['b'])).toBe(true);
    expect(groups.merged()).toEqual([]);
    expect(groups.nameOf('c')).toBe('c');
    expect(groups.split(['a'])).toBe(false);
  });

  it('lets the later of merging and keeping apart prevail', () => {
    const groups = new PartyGroups();
    groups.merge(['a', 'b', 'c'], 'ABC');
    groups.keepApart(['a', 'b']);
    expect(groups.membersOf('a')).not.toContain('b');
    expect(groups.areKeptApart('b', 'a')).toBe(true);
    groups.merge(['a', 'b'], 'AB');
    expect(groups.areKeptApart('a', 'b')).toBe(false);
    expect(groups.membersOf('a')).toContain('b');
  });

  it('never gives different parties one name: what is counted by name would be merged silently', () => {
    const groups = new PartyGroups();
    groups.merge(['A GMBH', 'A LTD'], 'ACME');
    groups.merge(['B GMBH', 'B LTD'], 'ACME');
    const names = ['A GMBH', 'B GMBH', 'ACME', 'ACME (2)'].map(key => groups.nameOf(key));
    expect(new Set(names).size).toBe(4);
    expect(groups.nameOf('A LTD')).toBe('ACME');
    groups.merge(['A GMBH', 'ACME'], 'ACME');
    expect(groups.nameOf('ACME')).toBe('ACME');
  });

  it('folds a hundred thousand decisions on a growing party, and many large ones to keep apart, in seconds', () => {
    const started = performance.now();
    const groups = new PartyGroups();
    for (let i = 0; i < 100_000; i++) groups.merge(['A', `B${i}`], 'A');
    const keys = Array.from({ length: 1000 }, (_, i) => `C${i}`);
    for (let i = 0; i < 200; i++) groups.keepApart([...keys, `D${i}`]);
    expect(groups.membersOf('B7')).toHaveLength(100_001);
    expect(groups.areKeptApart('C1', 'D199')).toBe(true);
    expect(groups.areKeptApart('D1', 'D2')).toBe(false);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('always parts the keys: no key is in two parties (property)', () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 4 });
    const act = fc.record({ kind: fc.constantFrom('merge', 'split', 'apart'), keys });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), acts => {
        const groups = new PartyGroups();
        for (const { kind, keys: parties } of acts) {
          if (kind === 'merge') groups.merge(parties, parties.join());
          else if (kind === 'split') groups.split(parties);
          else groups.keepApart(parties);
        }
        const members = groups.merged().flatMap(group => group.members);
        expect(new Set(members).size).toBe(members.length);
        for (const group of groups.merged()) {
          expect(group.members.length).toBeGreaterThan(1);
          for (const member of group.members) expect(groups.membersOf(member)).toEqual(group.members);
        }
      }),
    );
  });
});
