import { z } from 'zod';
import { Count, command, InstantText, job, PageRequest, query, Sha256Text, Uuid } from './channel.ts';
import { RuleConflictShape, RuleOutcomeShape } from './rules.contract.ts';

/** The stages of the pipeline, by their names. */
export const STAGES = [
  'FormatStandardizer',
  'QualityValidator',
  'CategoryNormalizer',
  'DuplicateDetector',
  'RuleEngine',
] as const;

/** What is standardized, each from a column of the file. */
export const STANDARD_FIELDS = [
  'party',
  'counterpartyAccount',
  'account',
  'type',
  'currency',
  'reference',
  'category',
] as const;

/** A count that opens its rows: `transactions.page` with the filter `{set}`. */
const Figure = z.strictObject({
  name: z.string(),
  title: z.string(),
  count: Count,
  /** Null where the figure counts values, not rows. */
  set: z.string().nullable(),
});
const Stage = z.strictObject({
  stage: z.enum(STAGES),
  /** Rows the stage looked at. */
  rows: Count,
  /** Rows it changed or judged differently from the file. */
  changed: Count,
  figures: z.array(Figure),
});
export const StandardizationSummary = z.strictObject({
  runId: Uuid,
  ranAt: InstantText,
  /** The last step of the recipe that was taken into account. */
  recipeSeq: Count,
  /** SHA-256 over every standardized value: the same records and recipe give the same. */
  digest: Sha256Text,
  rows: Count,
  stages: z.array(Stage),
  rules: z.array(RuleOutcomeShape),
  conflicts: z.array(RuleConflictShape),
  timings: z.record(z.string(), z.number()),
});
export type StandardizationSummary = z.infer<typeof StandardizationSummary>;

/** Where a standardized value comes from. */
export const ORIGINS = ['file', 'standardizer', 'rule', 'confirmed', 'learned', 'merged', 'unknown'] as const;

const StandardizedField = z.strictObject({
  field: z.enum(STANDARD_FIELDS),
  original: z.string(),
  standardized: z.string(),
  origin: z.enum(ORIGINS),
  /** 0 to 1 for a learned suggestion, null where it is not a matter of degree. */
  confidence: z.number().nullable(),
  reason: z.string(),
  /** A fault found in the value (check digits that do not fit, a currency that does not exist). */
  problem: z.string().nullable(),
});

export const standardizationContract = {
  'standardization.run': job({
    permission: 'detection.run',
    summary: 'Runs the pipeline on a case: standardized values, categories, duplicates and the rules applied',
    input: z.strictObject({ caseId: Uuid }),
    output: StandardizationSummary,
    audit: 'standardization.completed',
  }),
  'standardization.read': query({
    permission: 'evidence.read',
    summary: 'The latest run of the pipeline; null before the first. `stale`: records or recipe have changed since',
    input: z.strictObject({ caseId: Uuid }),
    output: StandardizationSummary.extend({ stale: z.boolean() }).nullable(),
  }),
  'standardization.changes': query({
    permission: 'evidence.read',
    logs: { kind: 'view', of: 'records' },
    summary: 'Values of a field before and after standardization, the commonest first',
    input: z.strictObject({
      caseId: Uuid,
      field: z.enum(STANDARD_FIELDS),
      /** Only values that differ from the file’s, or that have a problem. */
      only: z.enum(['all', 'changed', 'problems']).default('changed'),
      ...PageRequest,
    }),
    output: z.strictObject({
      total: Count,
      values: z.array(
        StandardizedField.extend({
          rows: Count,
          /** Opens exactly these rows; null where the value is too long to be named in a filter. */
          set: z.string().nullable(),
        }),
      ),
    }),
  }),
  'standardization.row': query({
    permission: 'evidence.read',
    logs: { kind: 'view', of: 'originals' },
    summary: 'One transaction’s standardized values beside the originals, and the rules applied to it',
    input: z.strictObject({ caseId: Uuid, transactionId: z.number().int().positive() }),
    output: z.strictObject({
      fields: z.array(StandardizedField),
      rules: z.array(z.strictObject({ ruleId: Uuid, name: z.string(), version: Count, decided: z.array(z.string()) })),
      tags: z.array(z.string()),
      /** The transaction this one repeats, where a person confirmed it. */
      duplicateOf: z.number().int().positive().nullable(),
    }),
  }),
  'categories.list': query({
    permission: 'evidence.read',
    summary: 'Categories with the rows of each and where they come from, in the latest run',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      /** All categories that can be given. */
      taxonomy: z.array(z.strictObject({ category: z.string(), group: z.string() })),
      counts: z.array(
        z.strictObject({
          category: z.string().nullable(),
          rows: Count,
          byOrigin: z.record(z.string(), Count),
          set: z.string(),
        }),
      ),
    }),
  }),
  'categories.suggestions': query({
    permission: 'evidence.read',
    summary: 'Parties and texts whose category is only suggested, those with most rows first',
    input: z.strictObject({ caseId: Uuid, ...PageRequest }),
    output: z.strictObject({
      total: Count,
      suggestions: z.array(
        z.strictObject({
          /** Standardized key of the party; of a transaction without one, the description. */
          party: z.string(),
          name: z.string(),
          direction: z.enum(['in', 'out']),
          rows: Count,
          category: z.string().nullable(),
          confidence: z.number().nullable(),
          reason: z.string(),
          alternatives: z.array(z.strictObject({ category: z.string(), confidence: z.number() })),
          /** Opens exactly these rows; null where the party is too long to be named in a filter. */
          set: z.string().nullable(),
        }),
      ),
    }),
  }),
  'categories.confirm': command({
    permission: 'case.write',
    summary:
      'Confirms the category of a party in one direction of money, or of one transaction; trains the suggestions',
    input: z.strictObject({
      caseId: Uuid,
      subject: z.union([
        z.strictObject({ party: z.string().min(1).max(400), direction: z.enum(['in', 'out']) }),
        z.strictObject({ transactionId: z.number().int().positive() }),
      ]),
      category: z.string().trim().min(1).max(200),
    }),
    output: z.strictObject({ seq: Count }),
    audit: 'category.confirmed',
  }),
};
