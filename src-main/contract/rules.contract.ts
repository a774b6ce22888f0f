import { z } from 'zod';
import { Count, command, DecimalText, Empty, query, Uuid } from './channel.ts';
import { TransactionRow } from './transactions.contract.ts';

export const RULE_FIELDS = [
  'description',
  'reference',
  'counterparty',
  'party',
  'counterpartyAccount',
  'account',
  'type',
  'category',
  'ledgerAccount',
  'currency',
  'source',
  'amount',
  'date',
  'direction',
] as const;
export const RULE_OPERATORS = [
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
  '<',
  '<=',
  '>',
  '>=',
  'between',
  'notBetween',
] as const;
export const RULE_ACTIONS = ['set-category', 'set-party', 'set-type', 'add-tag'] as const;

const Text = z.string().max(500);
export const RuleConditionShape = z.strictObject({
  field: z.enum(RULE_FIELDS),
  operator: z.enum(RULE_OPERATORS),
  value: z.union([Text, z.array(Text).max(1000)]),
});
export interface RuleGroupInput {
  combinator: 'and' | 'or';
  not?: boolean | undefined;
  rules: (RuleGroupInput | z.infer<typeof RuleConditionShape>)[];
}
/** The tree react-querybuilder edits. */
export const RuleGroupShape: z.ZodType<RuleGroupInput, RuleGroupInput> = z.strictObject({
  combinator: z.enum(['and', 'or']),
  not: z.boolean().optional(),
  rules: z.array(z.union([RuleConditionShape, z.lazy(() => RuleGroupShape)])).max(500),
});
export const RuleActionShape = z.strictObject({ kind: z.enum(RULE_ACTIONS), value: z.string().trim().max(200) });

/** A rule as it is saved: without id it is new; the version is counted by the engine. */
export const RuleDraft = z.strictObject({
  id: Uuid.optional(),
  name: z.string().max(200),
  enabled: z.boolean().default(true),
  /** Place among the rules; the first that matches decides. Null: after all others. */
  order: z.number().int().min(0).max(1_000_000).nullable().default(null),
  when: RuleGroupShape,
  actions: z.array(RuleActionShape).max(20),
});
export const RuleShape = z.strictObject({
  id: Uuid,
  name: z.string(),
  version: Count,
  enabled: z.boolean(),
  order: z.number().int(),
  when: RuleGroupShape,
  actions: z.array(RuleActionShape),
});
export type RuleShape = z.infer<typeof RuleShape>;

const RuleProblemShape = z.strictObject({
  /** Indexes from the root group down to the part that is wrong; [] for the rule as a whole. */
  path: z.array(Count),
  message: z.string(),
});
export const RuleOutcomeShape = z.strictObject({
  ruleId: Uuid,
  version: Count,
  matched: Count,
  /** Rows on which the rule decided something. */
  effective: Count,
  dead: z.enum(['unmatched', 'shadowed']).nullable(),
});
export const RuleConflictShape = z.strictObject({
  winner: Uuid,
  loser: Uuid,
  target: z.enum(['category', 'party', 'type']),
  rows: Count,
});

/** Rules as a file: what an export writes and an import reads. */
export const RuleFile = z.strictObject({
  format: z.literal('nexus-rules'),
  version: z.literal(1),
  rules: z.array(RuleDraft.omit({ id: true })).max(5000),
});

export const rulesContract = {
  'rules.list': query({
    permission: 'evidence.read',
    summary: 'The rules of a case in order, each as a sentence, with what it did in the latest run',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      rules: z.array(z.strictObject({ rule: RuleShape, sentence: z.string(), outcome: RuleOutcomeShape.nullable() })),
      conflicts: z.array(RuleConflictShape),
    }),
  }),
  'rules.check': query({
    permission: 'evidence.read',
    summary: 'What is wrong with a rule, beside the part it concerns, and the rule as a sentence',
    input: z.strictObject({ rule: RuleDraft }),
    output: z.strictObject({ problems: z.array(RuleProblemShape), sentence: z.string().nullable() }),
  }),
  'rules.dryRun': query({
    permission: 'evidence.read',
    summary: 'Tries a rule on all transactions of the case among the other rules: counts and examples; stores nothing',
    input: z.strictObject({ caseId: Uuid, rule: RuleDraft, examples: z.number().int().min(0).max(100).default(10) }),
    output: z.strictObject({
      rows: Count,
      matched: Count,
      effective: Count,
      sum: DecimalText.nullable(),
      conflicts: z.array(RuleConflictShape),
      examples: z.array(TransactionRow),
    }),
  }),
  'rules.save': command({
    permission: 'case.write',
    summary: 'Saves a rule as a step of the recipe: a new one, or a new version of one; refused while it has problems',
    input: z.strictObject({ caseId: Uuid, rule: RuleDraft }),
    output: z.strictObject({ rule: RuleShape, seq: Count }),
    audit: 'rule.saved',
  }),
  'rules.remove': command({
    permission: 'case.write',
    summary: 'Takes a rule out of the case; a step that can be undone',
    input: z.strictObject({ caseId: Uuid, ruleId: Uuid }),
    output: z.strictObject({ seq: Count }),
    audit: 'rule.removed',
  }),
  'rules.export': query({
    permission: 'evidence.read',
    logs: { kind: 'export', of: 'records' },
    summary: 'The rules of a case as a JSON file',
    input: z.strictObject({ caseId: Uuid }),
    output: RuleFile,
  }),
  'rules.import': command({
    permission: 'case.write',
    summary: 'Adds the rules of a file after those of the case, each a step of the recipe; all or none',
    input: z.strictObject({ caseId: Uuid, file: RuleFile }),
    output: z.strictObject({ added: Count, seqs: z.array(Count) }),
    audit: 'rules.imported',
  }),
  'rules.templates': query({
    permission: 'public',
    summary: 'Rules to start from',
    input: Empty,
    output: z.strictObject({ templates: z.array(z.strictObject({ title: z.string(), rule: RuleDraft })) }),
  }),
};
