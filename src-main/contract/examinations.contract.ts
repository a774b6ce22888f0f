import { z } from 'zod';
import { Count, InstantText, job, query, Uuid } from './channel.ts';
import { ReconciliationSummary } from './reconciliations.contract.ts';
import { TestRunShape } from './tests.contract.ts';

export const QualityShape = z.strictObject({
  /** 0–100; null when nothing could be measured. */
  score: z.number().nullable(),
  dimensions: z.record(
    z.string(),
    z.strictObject({ score: z.number().nullable(), weight: z.number(), explanation: z.string() }),
  ),
  rules: z.array(
    z.strictObject({
      id: z.string(),
      dimension: z.string(),
      title: z.string(),
      formula: z.string(),
      threshold: z.number(),
      tested: Count,
      passed: Count,
      failed: Count,
      share: z.number().nullable(),
      met: z.boolean().nullable(),
    }),
  ),
});
export type QualityShape = z.infer<typeof QualityShape>;

const DuplicateCounts = z.strictObject({
  exactGroups: Count,
  exactRows: Count,
  near: Count,
  /** Transactions of one file that another file, covering the same days, holds too. */
  overlaps: Count,
  /** Rows left out because a person confirmed that they repeat others. */
  confirmed: Count,
});

export const examinationsContract = {
  'examinations.run': job({
    permission: 'detection.run',
    summary: 'Runs the pipeline on what the case holds: quality, duplicates, reconciliation, fraud tests',
    input: z.strictObject({
      caseId: Uuid,
      parameters: z.record(z.string(), z.record(z.string(), z.string())).default({}),
      /**
       * Only these tests are run; all else is taken over from the latest examination as it is. A cancel keeps those that
       * were finished. Left out: the whole examination, which a cancel discards.
       */
      tests: z.array(z.string().max(100)).min(1).max(1000).optional(),
      /** Compute everything anew, also what depends on nothing that changed. */
      fresh: z.boolean().default(false),
      /** Leave tests that take long for later where the records are many; each says so. What was asked for by name runs. */
      firstLook: z.boolean().default(false),
    }),
    output: z.strictObject({
      runId: Uuid,
      quality: QualityShape,
      duplicates: DuplicateCounts,
      reconciliation: ReconciliationSummary,
      tests: z.array(TestRunShape),
      findings: Count,
      /** Tests that a cancel left unrun. */
      unfinished: z.array(z.string()).optional(),
      timings: z.record(z.string(), z.number()),
    }),
    audit: 'examination.completed',
  }),
  'examinations.read': query({
    permission: 'finding.read',
    summary: 'The latest examination of a case: quality, duplicates, reconciliation, test runs; null when none was run',
    input: z.strictObject({ caseId: Uuid }),
    output: z
      .strictObject({
        runId: Uuid,
        ranAt: InstantText,
        stale: z.boolean(),
        quality: QualityShape,
        duplicates: DuplicateCounts,
        reconciliation: ReconciliationSummary,
        tests: z.array(TestRunShape),
      })
      .nullable(),
  }),
};
