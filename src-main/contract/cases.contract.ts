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

/** Who works on which case. Names of cases, nothing of what is in them. */
const Assignments = z.strictObject({
  cases: z.array(
    z.strictObject({
      id: Uuid,
      name: z.string(),
      accounts: z.array(z.strictObject({ accountId: Uuid, username: z.string(), by: z.string(), at: InstantText })),
    }),
  ),
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
    summary: 'The cases that one works on',
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
  'cases.assignments': query({
    permission: 'account.manage',
    summary: 'Who works on which case, for those who assign',
    input: Empty,
    output: Assignments,
  }),
  'cases.assign': command({
    permission: 'account.manage',
    summary: 'Lets an account work on a case: whoever is not assigned sees nothing of it',
    input: z.strictObject({ caseId: Uuid, accountId: Uuid }),
    output: Assignments,
    audit: 'assignment.granted',
    stepUp: true,
  }),
  'cases.unassign': command({
    permission: 'account.manage',
    summary: 'Ends an account’s work on a case, from its next call on',
    input: z.strictObject({ caseId: Uuid, accountId: Uuid }),
    output: Assignments,
    audit: 'assignment.ended',
    stepUp: true,
  }),
};
