import { z } from 'zod';
import { Count, command, PageRequest, query, Uuid } from './channel.ts';
import { TestRunShape } from './tests.contract.ts';
import { TransactionRow } from './transactions.contract.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export const FINDING_STATES = ['open', 'explained', 'confirmed', 'dismissed'] as const;

export const FindingShape = z.strictObject({
  id: Uuid,
  test: z.string(),
  version: z.string(),
  severity: z.enum(SEVERITIES),
  score: z.number(),
  state: z.enum(FINDING_STATES),
  stateReason: z.string().nullable(),
  reason: z.string(),
  parameters: z.record(z.string(), z.string()),
  rowCount: Count,
  sourceNames: z.array(z.string()),
});
export type FindingShape = z.infer<typeof FindingShape>;

export const findingsContract = {
  'findings.list': query({
    permission: 'finding.read',
    summary: 'Findings of the latest examination, most severe first, with counts per severity and test',
    input: z.strictObject({
      caseId: Uuid,
      test: z.string().optional(),
      severity: z.enum(SEVERITIES).optional(),
      state: z.enum(FINDING_STATES).optional(),
      ...PageRequest,
    }),
    output: z.strictObject({
      total: Count,
      all: Count,
      bySeverity: z.record(z.string(), Count),
      byTest: z.record(z.string(), Count),
      byState: z.record(z.string(), Count),
      findings: z.array(FindingShape),
    }),
  }),
  'findings.read': query({
    permission: 'finding.read',
    summary: 'One finding with its test run and its first rows (all rows: transactions.page with findingId)',
    input: z.strictObject({ findingId: Uuid }),
    output: z.strictObject({ finding: FindingShape, run: TestRunShape, rows: z.array(TransactionRow) }),
  }),
  'findings.export': query({
    permission: 'finding.read',
    summary: 'Every finding of the latest examination with all its rows (record numbers in their files)',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      findings: z.array(
        z.strictObject({
          id: Uuid,
          test: z.string(),
          version: z.string(),
          severity: z.enum(SEVERITIES),
          score: z.number(),
          state: z.enum(FINDING_STATES),
          rows: z.array(z.number()),
          /** The file of each row, where the examination covers several files. */
          files: z.array(z.string()).optional(),
          reason: z.string(),
        }),
      ),
    }),
  }),
  'findings.decide': command({
    permission: 'finding.decide',
    summary: 'Sets a finding’s state; dismissing or explaining needs a reason; nothing is deleted',
    input: z.strictObject({
      findingId: Uuid,
      state: z.enum(FINDING_STATES),
      reason: z.string().trim().max(2000).default(''),
    }),
    output: FindingShape,
    audit: 'finding.decided',
  }),
};
