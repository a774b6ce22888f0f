import { z } from 'zod';
import { Count, command, Empty, InstantText, query, Uuid } from './channel.ts';

export const CaseSummary = z.strictObject({
  id: Uuid,
  name: z.string(),
  createdAt: InstantText,
  sources: Count,
  transactions: Count,
  rejected: Count,
  findings: Count,
  openFindings: Count,
});

/** One line of the case's timeline: an audit entry in plain words. */
const TimelineEntry = z.strictObject({
  seq: Count,
  at: InstantText,
  actor: z.string(),
  act: z.string(),
  detail: z.string(),
});

export const casesContract = {
  'cases.create': command({
    permission: 'case.write',
    summary: 'Creates a case (an examination)',
    input: z.strictObject({ name: z.string().trim().min(1).max(200) }),
    output: CaseSummary,
    audit: 'case.created',
  }),
  'cases.list': query({
    permission: 'case.read',
    summary: 'All cases of the workspace',
    input: Empty,
    output: z.strictObject({ cases: z.array(CaseSummary) }),
  }),
  'cases.read': query({
    permission: 'case.read',
    summary: 'A case with its latest examination and its timeline',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      case: CaseSummary,
      /** Null: not examined yet. */
      examination: z
        .strictObject({
          ranAt: InstantText,
          qualityScore: z.number().nullable(),
          duplicateGroups: Count,
          nearDuplicates: Count,
          reconciled: z.boolean(),
          findingsBySeverity: z.record(z.string(), Count),
          stale: z.boolean(),
        })
        .nullable(),
      timeline: z.array(TimelineEntry),
    }),
  }),
};
