import type { Rule } from './rule.ts';

/** Rules to start from: each shows one way of asking. Their values are to be changed. */
export const RULE_TEMPLATES: readonly {
  readonly title: string;
  readonly rule: Pick<Rule, 'name' | 'when' | 'actions'>;
}[] = [
  {
    title: 'Bank charges, by words in the description',
    rule: {
      name: 'Bank charges',
      when: {
        combinator: 'and',
        rules: [
          {
            field: 'description',
            operator: 'matches',
            value: '\\b(bank charge|account fee|service fee|commission)\\b',
          },
          { field: 'direction', operator: '=', value: 'out' },
        ],
      },
      actions: [{ kind: 'set-category', value: 'Bank charges' }],
    },
  },
  {
    title: 'Cash withdrawals, by transaction type',
    rule: {
      name: 'Cash withdrawals',
      when: {
        combinator: 'or',
        rules: [
          { field: 'type', operator: 'in', value: ['ATM', 'CASH'] },
          { field: 'description', operator: 'contains', value: 'ATM' },
        ],
      },
      actions: [
        { kind: 'set-category', value: 'Cash' },
        { kind: 'set-type', value: 'cash' },
      ],
    },
  },
  {
    title: 'Large round payments, to look at',
    rule: {
      name: 'Large payments',
      when: {
        combinator: 'and',
        rules: [
          { field: 'direction', operator: '=', value: 'out' },
          { field: 'amount', operator: '<=', value: '-10000' },
        ],
      },
      actions: [{ kind: 'add-tag', value: 'large' }],
    },
  },
  {
    title: 'One name for a party that is written in several ways',
    rule: {
      name: 'Name of a party',
      when: { combinator: 'or', rules: [{ field: 'counterparty', operator: 'beginsWith', value: 'Name' }] },
      actions: [{ kind: 'set-party', value: 'Name' }],
    },
  },
];
