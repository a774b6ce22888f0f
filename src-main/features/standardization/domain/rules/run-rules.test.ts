import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { Dictionary } from '../../../../kernel/dictionary.ts';
import type { Rule, RuleAction, RuleCondition, RuleGroup } from './rule.ts';
import { ruleProblems } from './rule-problems.ts';
import { ruleSentence } from './rule-sentence.ts';
import type { RuleTable } from './rule-table.ts';
import { runRules } from './run-rules.ts';

interface Row {
  readonly amount: number;
  readonly date?: string;
  readonly counterparty?: string;
  readonly description?: string;
}

const tableOf = (rows: readonly Row[]): RuleTable => ({
  rowCount: rows.length,
  amountUnits: Float64Array.from(rows, row => row.amount),
  amountScale: 2,
  bookingDay: Int32Array.from(rows, row => (row.date === undefined ? UNKNOWN_DAY : (parseIsoDate(row.date) ?? 0))),
  coded: field => {
    const dictionary = new Dictionary();
    const codes = Int32Array.from(rows, row =>
      dictionary.code(field === 'counterparty' ? (row.counterparty ?? '') : ''),
    );
    return { codes, values: dictionary.values };
  },
  texts: field => rows.map(row => (field === 'description' ? (row.description ?? '') : '')),
});

const ROWS: readonly Row[] = [
  { amount: -2500, date: '2025-03-04', counterparty: 'Café Central', description: 'CARD 12 COFFEE' },
  { amount: -120000, date: '2025-03-31', counterparty: 'Acme GmbH', description: 'Rent March' },
  { amount: 300000, date: '2025-04-01', counterparty: '', description: 'Salary' },
  { amount: Number.NaN, counterparty: 'Acme GmbH', description: '' },
];

let made = 0;
const rule = (
  when: readonly (RuleCondition | RuleGroup)[],
  actions: readonly RuleAction[] = [{ kind: 'add-tag', value: 'hit' }],
  more: Partial<Rule> = {},
): Rule => ({
  id: `r${++made}`,
  name: 'A rule',
  version: 1,
  enabled: true,
  order: made,
  when: { combinator: 'and', rules: when },
  actions,
  ...more,
});
const matched = (...when: readonly (RuleCondition | RuleGroup)[]): number[] => [
  ...runRules([rule(when)], tableOf(ROWS)).rules[0]!.matched,
];

describe('conditions', () => {
  it('compare text without letter case and compatibility forms', () => {
    expect(matched({ field: 'counterparty', operator: '=', value: 'CAFÉ CENTRAL' })).toEqual([0]);
    expect(matched({ field: 'description', operator: 'contains', value: 'ｃoffee' })).toEqual([0]);
    expect(matched({ field: 'counterparty', operator: 'in', value: ['acme gmbh', 'x'] })).toEqual([1, 3]);
  });

  it('know that unknown is no value: neither equal nor unequal to one', () => {
    expect(matched({ field: 'counterparty', operator: '!=', value: 'Acme GmbH' })).toEqual([0]);
    expect(matched({ field: 'description', operator: 'doesNotContain', value: 'coffee' })).toEqual([1, 2]);
    expect(matched({ field: 'counterparty', operator: 'null', value: '' })).toEqual([2]);
    expect(matched({ field: 'amount', operator: '!=', value: '1' })).toEqual([0, 1, 2]);
    expect(matched({ field: 'amount', operator: '<', value: '0' })).toEqual([0, 1]);
    expect(matched({ field: 'date', operator: '<', value: '2026-01-01' })).toEqual([0, 1, 2]);
    expect(matched({ field: 'direction', operator: '=', value: 'in' })).toEqual([2]);
  });

  it('compare amounts exactly, bounds finer than the scale included', () => {
    expect(matched({ field: 'amount', operator: '=', value: '-25' })).toEqual([0]);
    expect(matched({ field: 'amount', operator: '=', value: '-25.001' })).toEqual([]);
    expect(matched({ field: 'amount', operator: '>=', value: '-25.001' })).toEqual([0, 2]);
    expect(matched({ field: 'amount', operator: '<=', value: '-25.001' })).toEqual([1]);
    expect(matched({ field: 'amount', operator: 'between', value: ['-1200', '-25'] })).toEqual([0, 1]);
  });

  it('combine by and, or, not', () => {
    const acme: RuleCondition = { field: 'counterparty', operator: 'beginsWith', value: 'acme' };
    const rent: RuleCondition = { field: 'description', operator: 'matches', value: '^rent' };
    const coffee: RuleCondition = { field: 'description', operator: 'endsWith', value: 'coffee' };
    expect(matched(acme, rent)).toEqual([1]);
    expect(matched({ combinator: 'or', rules: [coffee, rent] })).toEqual([0, 1]);
    expect(matched({ combinator: 'or', not: true, rules: [coffee, rent] })).toEqual([2, 3]);
  });

  it('a group and its negation part the rows, whatever the conditions (property)', () => {
    const condition = fc.oneof(
      fc.record({
        field: fc.constantFrom('counterparty' as const, 'description' as const),
        operator: fc.constantFrom('contains' as const, '=' as const, 'null' as const, 'doesNotContain' as const),
        value: fc.constantFrom('a', 'acme gmbh', 'rent march'),
      }),
      fc.record({
        field: fc.constant('amount' as const),
        operator: fc.constantFrom('<' as const, '>=' as const, '=' as const),
        value: fc.constantFrom('0', '-25', '3000'),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('and' as const, 'or' as const),
        (rules, combinator) => {
          const yes = matched({ combinator, rules });
          const no = matched({ combinator, rules, not: true });
          expect([...yes, ...no].sort()).toEqual([0, 1, 2, 3]);
        },
      ),
    );
  });
});

describe('runRules', () => {
  const coffee: RuleCondition = { field: 'description', operator: 'contains', value: 'coffee' };
  const any: RuleCondition = { field: 'description', operator: 'notNull', value: '' };

  it('lets the first rule in order decide, and says so', () => {
    const first = rule([coffee], [{ kind: 'set-category', value: 'Coffee' }], { order: 1, id: 'first' });
    const second = rule([any], [{ kind: 'set-category', value: 'Other' }], { order: 2, id: 'second' });
    const run = runRules([second, first], tableOf(ROWS));
    const { codes, values } = run.set.category;
    expect([...codes].map(code => values[code] ?? null)).toEqual(['Coffee', 'Other', 'Other', null]);
    expect(run.conflicts).toEqual([{ winner: 'first', loser: 'second', target: 'category', rows: 1 }]);
    expect(run.rules.map(each => [each.ruleId, each.matched.length, each.effective, each.dead])).toEqual([
      ['first', 1, 1, null],
      ['second', 3, 2, null],
    ]);
  });

  it('tells dead rules: never met, or always too late', () => {
    const all = rule([any], [{ kind: 'set-type', value: 'card' }], { order: 1, id: 'all' });
    const late = rule([coffee], [{ kind: 'set-type', value: 'cash' }], { order: 2, id: 'late' });
    const never = rule([{ field: 'amount', operator: '=', value: '7' }], undefined, { order: 3, id: 'never' });
    expect(runRules([all, late, never], tableOf(ROWS)).rules.map(each => each.dead)).toEqual([
      null,
      'shadowed',
      'unmatched',
    ]);
  });

  it('leaves a switched-off rule out and gives tags from several rules', () => {
    const off = rule([any], [{ kind: 'add-tag', value: 'off' }], { enabled: false });
    const one = rule([coffee], [{ kind: 'add-tag', value: 'seen' }]);
    const two = rule([{ field: 'amount', operator: '>', value: '0' }], [{ kind: 'add-tag', value: 'seen' }]);
    const run = runRules([off, one, two], tableOf(ROWS));
    expect(run.tags.map(({ tag, rows }) => [tag, [...rows]])).toEqual([['seen', [0, 2]]]);
  });

  it('reads a text column once for all rules', () => {
    let read = 0;
    const table = {
      ...tableOf(ROWS),
      texts: () => {
        read += 1;
        return ['a', 'b', 'c', 'd'];
      },
    };
    runRules([rule([coffee]), rule([any]), rule([coffee, any])], table);
    expect(read).toBe(1);
  });
});

describe('ruleProblems', () => {
  const problem = (condition: RuleCondition): string | undefined => ruleProblems(rule([condition]))[0]?.message;

  it('says beside the condition what is wrong', () => {
    expect(ruleProblems(rule([{ field: 'amount', operator: '<', value: '0' }]))).toEqual([]);
    expect(problem({ field: 'amount', operator: '<', value: '1,5' })).toContain('is not an amount');
    expect(problem({ field: 'date', operator: '=', value: '2025-02-30' })).toContain('is not a day');
    expect(problem({ field: 'amount', operator: 'contains', value: '5' })).toContain('cannot be asked of amount');
    expect(problem({ field: 'amount', operator: 'between', value: ['1'] })).toContain('Two values');
    expect(problem({ field: 'description', operator: 'contains', value: '' })).toContain('A value is needed');
    expect(problem({ field: 'amount', operator: '=', value: '' })).toContain('A value is needed');
    expect(ruleProblems({ name: ' ', when: { combinator: 'and', rules: [] }, actions: [] }).length).toBe(3);
  });

  it('names the place in the tree', () => {
    const nested: RuleGroup = {
      combinator: 'or',
      rules: [
        { field: 'description', operator: 'notNull', value: '' },
        { field: 'description', operator: 'matches', value: '(' },
      ],
    };
    expect(ruleProblems(rule([nested]))[0]?.path).toEqual([0, 1]);
  });

  // ASVS 1.3.12: patterns that blow up in a backtracking engine.
  it.each(['(a+)+$', '(a|aa)+$', '(.*)*b', '(x+x+)+y'])('runs %s in linear time', pattern => {
    const condition: RuleCondition = { field: 'description', operator: 'matches', value: pattern };
    expect(ruleProblems(rule([condition]))).toEqual([]);
    const hostile = `${'a'.repeat(50_000)}${'x'.repeat(50_000)}!`;
    runRules([rule([condition])], tableOf([{ amount: 1, description: hostile }]));
  });

  it.each([
    ['(a)\\1', 'linear time'],
    ['(?=a)b', 'linear time'],
    ['((a{100}){100}){10}', 'pattern'],
    ['a'.repeat(501), '501 characters'],
  ])('refuses %s', (pattern, reason) => {
    expect(problem({ field: 'description', operator: 'matches', value: pattern })).toContain(reason);
  });
});

describe('ruleSentence', () => {
  it('says all of a rule', () => {
    const all = rule(
      [
        { field: 'party', operator: 'contains', value: 'acme' },
        { combinator: 'or', not: true, rules: [{ field: 'amount', operator: 'between', value: ['1', '2'] }] },
      ],
      [
        { kind: 'set-category', value: 'Rent' },
        { kind: 'add-tag', value: 'check' },
      ],
    );
    expect(ruleSentence(all)).toBe(
      'Where party contains “acme” and not (amount lies between “1” and “2”), the category becomes “Rent” and the row gets the tag “check”.',
    );
  });
});
