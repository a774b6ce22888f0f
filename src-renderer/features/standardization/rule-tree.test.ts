import fc from 'fast-check';
import type { RuleGroupType } from 'react-querybuilder';
import { describe, expect, it } from 'vitest';
import {
  RULE_FIELDS,
  RULE_OPERATORS,
  type RuleGroupInput,
  RuleGroupShape,
} from '../../../src-main/contract/rules.contract.ts';
import { operatorsOf as engineOperators } from '../../../src-main/features/standardization/domain/rules/rule.ts';
import { conditionCount, groupOfQuery, listOfLines, operatorsOf, valueFor } from './rule-tree.ts';

describe('rule tree', () => {
  it.each(RULE_FIELDS)('offers for %s exactly the operators the engine takes', field => {
    expect([...operatorsOf(field)].sort()).toEqual([...engineOperators(field)].sort());
  });

  it('gives the contract any tree the editor can hold, and loses no condition', () => {
    const condition = fc.record({
      id: fc.uuid(),
      field: fc.constantFrom(...RULE_FIELDS),
      operator: fc.constantFrom(...RULE_OPERATORS),
      value: fc.oneof(fc.string({ maxLength: 20 }), fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 })),
      valueSource: fc.constant('value'),
    });
    const { group } = fc.letrec<{ group: RuleGroupType }>(tie => ({
      group: fc.record({
        id: fc.uuid(),
        combinator: fc.constantFrom('and', 'or'),
        not: fc.boolean(),
        rules: fc.array(fc.oneof({ depthSize: 'small' }, condition, tie('group')), { maxLength: 3 }),
      }) as fc.Arbitrary<RuleGroupType>,
    }));
    const leaves = (query: RuleGroupType): number =>
      query.rules.reduce((sum, part) => sum + ('rules' in part ? leaves(part) : 1), 0);
    fc.assert(
      fc.property(group, query => {
        const tree = groupOfQuery(query);
        expect(RuleGroupShape.parse(tree)).toEqual(tree);
        expect(conditionCount(tree)).toBe(leaves(query));
      }),
    );
  });

  it('brings a stored tree back as it was', () => {
    const stored: RuleGroupInput = {
      combinator: 'or',
      rules: [
        { field: 'amount', operator: 'between', value: ['-10', '0'] },
        { combinator: 'and', not: true, rules: [{ field: 'type', operator: 'in', value: ['ATM', 'CASH'] }] },
      ],
    };
    expect(groupOfQuery(stored as RuleGroupType)).toEqual(stored);
  });

  it('keeps what was typed when the operator changes', () => {
    expect(valueFor('between', '5')).toEqual(['5', '']);
    expect(valueFor('=', ['5', '9'])).toBe('5');
    expect(valueFor('in', 'ATM')).toEqual(['ATM']);
    expect(valueFor('null', 'ATM')).toBe('');
    expect(valueFor('between', undefined)).toEqual(['', '']);
  });

  it('takes one value a line', () => {
    expect(listOfLines(' ATM \n\nCASH, notes\n')).toEqual(['ATM', 'CASH, notes']);
  });
});
