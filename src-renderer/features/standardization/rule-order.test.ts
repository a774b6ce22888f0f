import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordersAfterMove } from './rule-order.ts';

const rulesOf = (orders: readonly number[]) => orders.map((order, place) => ({ id: `r${place}`, order }));

describe('moving a rule', () => {
  it('changes one rule where there is room', () => {
    expect(ordersAfterMove(rulesOf([10, 20, 30]), 2, 1)).toEqual([{ id: 'r2', order: 15 }]);
    expect(ordersAfterMove(rulesOf([10, 20, 30]), 1, 0)).toEqual([{ id: 'r1', order: 4 }]);
    expect(ordersAfterMove(rulesOf([10, 20]), 0, 1)).toEqual([{ id: 'r0', order: 30 }]);
  });

  it('makes room where there is none', () => {
    expect(ordersAfterMove(rulesOf([0, 1]), 1, 0)).toEqual([
      { id: 'r1', order: 10 },
      { id: 'r0', order: 20 },
    ]);
  });

  it('puts the rule at its place and keeps the others in their order (property)', () => {
    const orders = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(orders, fc.nat(7), fc.nat(7), (given, a, b) => {
        const rules = rulesOf([...given].sort((x, y) => x - y));
        const [from, to] = [a % rules.length, b % rules.length];
        const changes = new Map(ordersAfterMove(rules, from, to).map(({ id, order }) => [id, order]));
        const after = rules
          .map(rule => ({ ...rule, order: changes.get(rule.id) ?? rule.order }))
          .sort((x, y) => x.order - y.order);
        const expected = rules.filter((_rule, place) => place !== from);
        expected.splice(to, 0, rules[from]!);
        expect(after.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        expect(after.every(({ order }) => Number.isInteger(order) && order >= 0)).toBe(true);
      }),
    );
  });
});
