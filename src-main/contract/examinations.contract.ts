import { z } from 'zod';
import { Count, InstantText, job, PageRequest, query, Uuid } from './channel.ts';
import { ReconciliationSummary } from './reconciliations.contract.ts';
import { TestRunShape } from './tests.contract.ts';
import { TransactionRow } from './transactions.contract.ts';

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

const NearDuplicate = z.strictObject({
  score: z.number(),
  agree: z.array(z.string()),
  differ: z.array(z.string()),
  a: TransactionRow,
  b: TransactionRow,
});

export const examinationsContract = {
  'examinations.run': job({
    permission: 'detection.run',
    summary: 'Runs the pipeline on what the case holds: quality, duplicates, reconciliation, fraud tests',
    input: z.strictObject({
      caseId: Uuid,
      parameters: z.record(z.string(), z.record(z.string(), z.string())).default({}),
    }),
    output: z.strictObject({
      runId: Uuid,
      quality: QualityShape,
      duplicates: z.strictObject({ exactGroups: Count, exactRows: Count, near: Count }),
      reconciliation: ReconciliationSummary,
      tests: z.array(TestRunShape),
      findings: Count,
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
        duplicates: z.strictObject({ exactGroups: Count, exactRows: Count, near: Count }),
        reconciliation: ReconciliationSummary,
        tests: z.array(TestRunShape),
      })
      .nullable(),
  }),
  'duplicates.list': query({
    permission: 'finding.read',
    summary: 'Near duplicates proposed by the latest examination; nothing is merged',
    input: z.strictObject({ caseId: Uuid, ...PageRequest }),
    output: z.strictObject({ total: Count, pairs: z.array(NearDuplicate) }),
  }),
};
