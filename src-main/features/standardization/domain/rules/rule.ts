/**
 * A user's rule as data: when a transaction meets the conditions, actions say how it is to be classified. The tree has
 * the shape react-querybuilder writes, so that the editor shows exactly what is stored.
 */
export interface Rule {
  readonly id: string;
  readonly name: string;
  /** 1 for a new rule; each change is a version of its own, and earlier runs keep the one they used. */
  readonly version: number;
  readonly enabled: boolean;
  /** Rules are tried in ascending order; for each thing that is set, the first rule that matches decides. */
  readonly order: number;
  readonly when: RuleGroup;
  readonly actions: readonly RuleAction[];
}

export interface RuleGroup {
  readonly combinator: 'and' | 'or';
  readonly not?: boolean | undefined;
  readonly rules: readonly (RuleGroup | RuleCondition)[];
}

export interface RuleCondition {
  readonly field: RuleField;
  readonly operator: RuleOperator;
  /** One value; two for `between`, any number for `in`; none for `null` and `notNull`. */
  readonly value: string | readonly string[];
}

export interface RuleAction {
  readonly kind: 'set-category' | 'set-party' | 'set-type' | 'add-tag';
  readonly value: string;
}

export const TEXT_FIELDS = ['description', 'reference'] as const;
export const CODED_FIELDS = [
  'counterparty',
  'party',
  'counterpartyAccount',
  'account',
  'type',
  'category',
  'ledgerAccount',
  'currency',
  'source',
] as const;
export const NUMBER_FIELDS = ['amount', 'date'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
export type CodedField = (typeof CODED_FIELDS)[number];
export type NumberField = (typeof NUMBER_FIELDS)[number];
export type RuleField = TextField | CodedField | NumberField | 'direction';
export const RULE_FIELDS: readonly RuleField[] = [...TEXT_FIELDS, ...CODED_FIELDS, ...NUMBER_FIELDS, 'direction'];

export const TEXT_OPERATORS = [
  'contains',
  'doesNotContain',
  'beginsWith',
  'doesNotBeginWith',
  'endsWith',
  'doesNotEndWith',
  '=',
  '!=',
  'matches',
  'in',
  'notIn',
  'null',
  'notNull',
] as const;
export const NUMBER_OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'between', 'notBetween'] as const;
export type RuleOperator = (typeof TEXT_OPERATORS)[number] | (typeof NUMBER_OPERATORS)[number];

/** The operators a field takes. Dates are always known; an amount too. */
export const operatorsOf = (field: RuleField): readonly RuleOperator[] =>
  field === 'direction'
    ? ['=']
    : (NUMBER_FIELDS as readonly string[]).includes(field)
      ? NUMBER_OPERATORS
      : TEXT_OPERATORS;

export const isGroup = (part: RuleGroup | RuleCondition): part is RuleGroup => 'combinator' in part;

/** Rules in the order in which they are tried; equal orders by id, so that it never depends on how they came in. */
export const inOrder = (rules: readonly Rule[]): Rule[] =>
  [...rules].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
