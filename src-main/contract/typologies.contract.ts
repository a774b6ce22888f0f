import { z } from 'zod';
import { Count, command, InstantText, PageRequest, query, Uuid } from './channel.ts';
import { SEVERITIES } from './findings.contract.ts';
import { RISK_LEVELS } from './risk.contract.ts';

const TestId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80);

const TestCondition = z.strictObject({
  test: TestId,
  /** Of the finding's own score, 0 to 1. */
  minimumScore: z.number().min(0).max(1).optional(),
  /** At least this severe. */
  minimumSeverity: z.enum(SEVERITIES).optional(),
});
export type TestCondition = z.infer<typeof TestCondition>;

export type TypologyExpression =
  | TestCondition
  | { all: TypologyExpression[] }
  | { any: TypologyExpression[] }
  | { not: TypologyExpression }
  | { atLeast: number; of: TypologyExpression[] };

/** Groups may lie this deep: a bound, so that no file can exhaust what reads it. */
const DEEPEST = 7;

const groupsOver = (inner: z.ZodType<TypologyExpression, TypologyExpression>) => {
  const list = z.array(inner).min(1).max(60);
  return z.union([
    TestCondition,
    z.strictObject({ all: list }),
    z.strictObject({ any: list }),
    z.strictObject({ not: inner }),
    z.strictObject({ atLeast: z.number().int().min(1).max(60), of: list }),
  ]) as z.ZodType<TypologyExpression, TypologyExpression>;
};
const expressionShape = (depth: number): z.ZodType<TypologyExpression, TypologyExpression> =>
  depth === 0
    ? (TestCondition as z.ZodType<TypologyExpression, TypologyExpression>)
    : groupsOver(expressionShape(depth - 1));

/** A known pattern of wrongdoing as data: weighted tests and an expression over those that hit one unit (docs/specs/typology.md). */
export const TypologyShape = z.strictObject({
  format: z.literal('nexus-typology'),
  id: TestId,
  version: z.number().int().min(1).max(1_000_000),
  title: z.string().trim().min(1).max(200),
  /** What the pattern is and what it looks like in records. */
  description: z.string().trim().min(1).max(4000),
  sources: z.array(z.string().trim().min(1).max(500)).max(20),
  level: z.enum(RISK_LEVELS),
  /** Weights are 0 to 1: how far one full hit of the test alone takes the score. */
  tests: z
    .array(z.strictObject({ test: TestId, weight: z.number().min(0).max(1) }))
    .min(1)
    .max(60),
  when: expressionShape(DEEPEST),
});
export type TypologyShape = z.infer<typeof TypologyShape>;

export const TypologyVersion = z.strictObject({ id: TestId, version: z.number().int().min(1) });

const TypologyHit = z.strictObject({
  key: z.string(),
  label: z.string(),
  score: z.number(),
  rows: Count,
  set: z.string().nullable(),
  tests: z.array(z.strictObject({ test: z.string(), title: z.string(), points: z.number() })),
});

/** A count that opens exactly its rows. */
const Opening = z.strictObject({ count: Count, rows: Count, set: z.string() });

const Judged = z.strictObject({
  version: TypologyVersion,
  title: z.string(),
  units: Opening,
  months: z.array(z.strictObject({ month: z.string(), hits: Opening })),
  /** Decided findings of the examination that share a row with a hit. */
  confirmed: Opening,
  dismissed: Opening,
  /** Confirmed findings that share no row with any hit. */
  missed: Opening,
  /** confirmed ÷ (confirmed + dismissed); null where nothing was decided. */
  precision: z.number().nullable(),
  /** confirmed ÷ (confirmed + missed); null where nothing was confirmed. */
  recall: z.number().nullable(),
});

export const typologiesContract = {
  'typologies.list': query({
    permission: 'finding.read',
    summary: 'The typologies of a case, latest versions first, each as a sentence, with the tests this catalogue lacks',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      typologies: z.array(
        z.strictObject({
          typology: TypologyShape,
          sentence: z.string(),
          bundled: z.boolean(),
          versions: z.array(
            z.strictObject({
              version: z.number().int(),
              savedAt: InstantText.nullable(),
              actor: z.string().nullable(),
            }),
          ),
          /** Tests it names that could not run on this case or do not exist, with why. */
          unavailable: z.array(z.strictObject({ test: z.string(), reason: z.string() })),
        }),
      ),
    }),
  }),
  'typologies.counts': query({
    permission: 'finding.read',
    summary: 'How many units each typology hits in the latest examination; null before the first',
    input: z.strictObject({ caseId: Uuid }),
    output: z
      .array(z.strictObject({ id: z.string(), version: z.number().int(), hits: Count, rows: Count, set: z.string() }))
      .nullable(),
  }),
  'typologies.read': query({
    permission: 'finding.read',
    summary: 'One version of a typology with the units it hits, strongest first',
    input: z.strictObject({ caseId: Uuid, ...TypologyVersion.shape, ...PageRequest }),
    output: z.strictObject({
      typology: TypologyShape,
      sentence: z.string(),
      total: Count,
      of: Count,
      hits: z.array(TypologyHit),
    }),
  }),
  'typologies.try': query({
    permission: 'finding.read',
    summary: 'Tries a typology on the latest examination: what is wrong with it, its sentence, how many units it hits',
    input: z.strictObject({ caseId: Uuid, typology: TypologyShape }),
    output: z.strictObject({
      problems: z.array(z.string()),
      sentence: z.string(),
      /** Null where there is a problem or no examination. */
      hits: Count.nullable(),
      rows: Count.nullable(),
    }),
  }),
  'typologies.save': command({
    permission: 'case.write',
    summary: 'Saves a typology in a case as a new version; earlier versions stay; refused while it has problems',
    input: z.strictObject({ caseId: Uuid, typology: TypologyShape }),
    output: z.strictObject({ typology: TypologyShape }),
    audit: 'typology.saved',
  }),
  'typologies.backtest': query({
    permission: 'finding.read',
    summary:
      'A typology on the case’s history by month and against decisions; two versions side by side, with their overlap',
    input: z.strictObject({ caseId: Uuid, a: TypologyVersion, b: TypologyVersion.nullable().default(null) }),
    output: z
      .strictObject({
        a: Judged,
        b: Judged.nullable(),
        /** Units hit by both, by the first only, by the second only; null with one version or different levels. */
        overlap: z.strictObject({ both: Opening, onlyA: Opening, onlyB: Opening }).nullable(),
        undated: Count,
      })
      .nullable(),
  }),
};
