import { z } from 'zod';
import { Count, command, InstantText, query, Sha256Text, Uuid } from './channel.ts';
import { RuleShape } from './rules.contract.ts';

/** A transaction by its file's digest and its place among the file's transactions (0-based). */
export const RecordKeyShape = z.strictObject({ source: Sha256Text, index: Count });
const PartyKeys = z.array(z.string().min(1).max(400)).max(1000);
const DuplicatePair = z.strictObject({ keep: RecordKeyShape, duplicate: RecordKeyShape });

/** A step as it travels: what an exported recipe holds. */
export const RecipeStepShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rule-saved'), rule: RuleShape }),
  z.strictObject({ kind: z.literal('rule-removed'), ruleId: Uuid }),
  z.strictObject({
    kind: z.literal('category-confirmed'),
    subject: z.union([
      z.strictObject({ party: z.string().min(1).max(400), direction: z.enum(['in', 'out']) }),
      z.strictObject({ record: RecordKeyShape }),
    ]),
    category: z.string().min(1).max(200),
  }),
  z.strictObject({ kind: z.literal('parties-merged'), parties: PartyKeys, name: z.string().min(1).max(400) }),
  z.strictObject({ kind: z.literal('parties-split'), parties: PartyKeys }),
  z.strictObject({ kind: z.literal('parties-kept-apart'), parties: PartyKeys }),
  z.strictObject({ kind: z.literal('duplicates-confirmed'), pairs: z.array(DuplicatePair).max(10_000) }),
  z.strictObject({ kind: z.literal('duplicates-rejected'), pairs: z.array(DuplicatePair).max(10_000) }),
  z.strictObject({
    kind: z.literal('source-read'),
    source: Sha256Text,
    name: z.string().max(1000),
    side: z.string().max(20),
    overrides: z.record(z.string(), z.string()),
  }),
]);
export type RecipeStepShape = z.infer<typeof RecipeStepShape>;

export const RecipeFile = z.strictObject({
  format: z.literal('nexus-recipe'),
  version: z.literal(1),
  steps: z.array(z.strictObject({ title: z.string().max(400), step: RecipeStepShape })).max(100_000),
});

const StepStatusShape = z.strictObject({
  seq: Count,
  kind: z.string(),
  title: z.string(),
  actor: z.string(),
  at: InstantText,
  standing: z.boolean(),
  undoneBy: Count.nullable(),
  /** The step stands and changes nothing as things are. */
  withoutEffect: z.boolean(),
  step: RecipeStepShape,
});

export const recipesContract = {
  'recipes.list': query({
    permission: 'evidence.read',
    summary: 'The history of a case’s recipe: every step, undone or standing, newest first',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({ head: Count, steps: z.array(StepStatusShape) }),
  }),
  'recipes.previewUndo': query({
    permission: 'evidence.read',
    summary: 'Which later steps an undo would leave without effect',
    input: z.strictObject({ caseId: Uuid, seqs: z.array(Count).min(1).max(100_000) }),
    output: z.strictObject({ superseded: z.array(z.strictObject({ seq: Count, title: z.string() })) }),
  }),
  'recipes.undo': command({
    permission: 'case.write',
    summary:
      'Takes steps back: one, or several at once (jumping to an earlier state). Each is a new event; none is deleted',
    input: z.strictObject({ caseId: Uuid, seqs: z.array(Count).min(1).max(100_000) }),
    output: z.strictObject({ head: Count }),
    audit: 'recipe.step-reverted',
  }),
  'recipes.redo': command({
    permission: 'case.write',
    summary: 'Makes undone steps stand again',
    input: z.strictObject({ caseId: Uuid, seqs: z.array(Count).min(1).max(100_000) }),
    output: z.strictObject({ head: Count }),
    audit: 'recipe.step-restored',
  }),
  'recipes.export': query({
    permission: 'evidence.read',
    logs: { kind: 'export', of: 'records' },
    summary: 'The steps that stand, in order, as a file that can be applied to another case',
    input: z.strictObject({ caseId: Uuid }),
    output: RecipeFile,
  }),
  'recipes.apply': command({
    permission: 'case.write',
    summary:
      'Appends the steps of a recipe file to a case’s recipe; steps about files the case does not hold are listed',
    input: z.strictObject({ caseId: Uuid, recipe: RecipeFile }),
    output: z.strictObject({
      head: Count,
      applied: Count,
      /** Steps that name a file this case does not hold: kept, and of effect once it is imported. */
      waiting: z.array(z.strictObject({ title: z.string(), source: Sha256Text })),
    }),
    audit: 'recipe.applied',
  }),
};
