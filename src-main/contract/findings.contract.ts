import { z } from 'zod';
import { Count, command, DecimalText, InstantText, job, PageRequest, query, Sha256Text, Uuid } from './channel.ts';
import { TestRunShape } from './tests.contract.ts';
import { TransactionRow } from './transactions.contract.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export const FINDING_STATES = ['open', 'explained', 'confirmed', 'dismissed'] as const;
export const REVIEW_STATES = ['approved', 'returned', 'waiting'] as const;
export const EXPLANATION_OUTCOMES = ['supports', 'against', 'unclear'] as const;

const Severity = z.enum(SEVERITIES);
const State = z.enum(FINDING_STATES);
const Reason = z.string().trim().max(2000);

/** What findings of several tests on exactly the same rows share: a digest of the rows, the same in every run on them. */
export const FactId = z.string().min(1).max(1000);

/** Findings of a case that meet all given conditions. `assignee` '' are those nobody is assigned to. */
export const FindingFilter = z.strictObject({
  test: z.string().optional(),
  group: z.string().optional(),
  severity: Severity.optional(),
  state: State.optional(),
  assignee: z.string().max(200).optional(),
  flagged: z.boolean().optional(),
  /** Of decided ones: approved, returned, or waiting for either. */
  review: z.enum(REVIEW_STATES).optional(),
});
export type FindingFilter = z.infer<typeof FindingFilter>;

const DecisionShape = z.strictObject({ state: State, reason: z.string(), actor: z.string(), at: InstantText });
const ReviewShape = z.strictObject({
  verdict: z.enum(['approved', 'returned']),
  reason: z.string(),
  actor: z.string(),
  at: InstantText,
  /** False where the reviewer is the one who decided. */
  fourEyes: z.boolean(),
});
const HitShape = z.strictObject({
  id: Uuid,
  test: z.string(),
  version: z.string(),
  title: z.string(),
  group: z.string(),
  severity: Severity,
  score: z.number(),
  reason: z.string(),
  parameters: z.record(z.string(), z.string()),
});

/**
 * A fact: its most severe test's finding (`id`, `test`, `version`, `score`, `reason`, `parameters`), every test that hit the
 * same rows (`hits`), and what people made of it. `severity` is the one in force; `testSeverity` what the test gave.
 */
export const FindingShape = z.strictObject({
  id: Uuid,
  fact: FactId,
  test: z.string(),
  version: z.string(),
  severity: Severity,
  testSeverity: Severity,
  severityReason: z.string().nullable(),
  score: z.number(),
  state: State,
  stateReason: z.string().nullable(),
  reason: z.string(),
  parameters: z.record(z.string(), z.string()),
  rowCount: Count,
  sourceNames: z.array(z.string()),
  hits: z.array(HitShape),
  decision: DecisionShape.nullable(),
  conflict: z.array(DecisionShape),
  /** What had been decided before the fact was opened again. */
  reopened: z
    .strictObject({
      why: z.enum(['rows-changed', 'test-joined', 'returned']),
      decision: DecisionShape,
      tests: z.array(z.string()),
    })
    .nullable(),
  review: ReviewShape.nullable(),
  flagged: z.boolean(),
  assignee: z.string().nullable(),
  comments: Count,
  tried: z.strictObject({ supports: Count, against: Count, unclear: Count, untried: Count }),
});
export type FindingShape = z.infer<typeof FindingShape>;

const ExplanationShape = z.strictObject({
  /** Id of the check, or the examiner's words for what was tried by hand. */
  explanation: z.string(),
  by: z.enum(['check', 'hand']),
  /** What the check asks, in words; null for one tried by hand. */
  question: z.string().nullable(),
  tried: z
    .strictObject({
      seq: z.number().int(),
      outcome: z.enum(EXPLANATION_OUTCOMES),
      words: z.string(),
      version: z.string().nullable(),
      rowCount: Count,
      actor: z.string(),
      at: InstantText,
    })
    .nullable(),
});

const HistoryShape = z.strictObject({
  /** Number of the event; below 1 for decisions of earlier versions. */
  seq: z.number().int(),
  actor: z.string(),
  at: InstantText,
  kind: z.enum([
    'state-set',
    'severity-set',
    'flag-set',
    'assigned',
    'commented',
    'explanations-tried',
    'reviewed',
    'undone',
  ]),
  /** What it set: a state, a severity, a name, a verdict; '' where there is nothing to name. */
  value: z.string(),
  text: z.string(),
  undone: z.boolean(),
  /** Made on other rows, before the fact was what it is now. */
  earlier: z.boolean(),
});

/** Facts by name, or all that meet a filter: `count` is how many that were when the person chose them. */
const Target = z.union([
  z.strictObject({ facts: z.array(FactId).min(1).max(10_000) }),
  z.strictObject({ filter: FindingFilter, count: z.number().int().positive() }),
]);
const Action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('state'), state: State, reason: Reason.default('') }),
  z.strictObject({ kind: z.literal('severity'), severity: Severity.nullable(), reason: Reason.default('') }),
  z.strictObject({ kind: z.literal('flag'), flagged: z.boolean() }),
  z.strictObject({ kind: z.literal('assign'), assignee: z.string().trim().min(1).max(200).nullable() }),
  z.strictObject({ kind: z.literal('comment'), text: Reason.min(1) }),
  z.strictObject({
    kind: z.literal('explanation'),
    explanation: z.string().trim().min(1).max(200),
    outcome: z.enum(EXPLANATION_OUTCOMES),
    text: Reason.min(1),
  }),
]);
const Step = z.strictObject({ seq: z.number().int().positive(), count: Count });

export const findingsContract = {
  'findings.list': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'findings' },
    summary:
      'Findings of the latest examination, one a fact, most severe first, with counts a facet under the other conditions',
    input: z.strictObject({ caseId: Uuid, ...FindingFilter.shape, ...PageRequest }),
    output: z.strictObject({
      total: Count,
      all: Count,
      /** Decided ones of all. */
      decided: Count,
      bySeverity: z.record(z.string(), Count),
      byTest: z.record(z.string(), Count),
      byGroup: z.record(z.string(), Count),
      byState: z.record(z.string(), Count),
      byAssignee: z.record(z.string(), Count),
      byReview: z.record(z.string(), Count),
      flagged: Count,
      /** Names used in the case, for assignments. */
      names: z.array(z.string()),
      /** Number of the last event: `seen` of a decision taken on this answer. */
      head: Count,
      findings: z.array(FindingShape),
    }),
  }),
  'findings.read': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'findings' },
    summary:
      'One finding with the runs of all its tests, its history, its explanations and its first rows (all: transactions.page with findingId)',
    input: z.strictObject({ findingId: Uuid }),
    output: z.strictObject({
      finding: FindingShape,
      run: TestRunShape,
      runs: z.array(TestRunShape),
      explanations: z.array(ExplanationShape),
      history: z.array(HistoryShape),
      head: Count,
      rows: z.array(TransactionRow),
    }),
  }),
  'findings.related': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'findings' },
    summary: 'Findings that share some rows with a finding, but not all, those that share most first',
    input: z.strictObject({ findingId: Uuid }),
    output: z.strictObject({
      total: Count,
      findings: z.array(
        z.strictObject({
          id: Uuid,
          fact: FactId,
          tests: z.array(z.string()),
          severity: Severity,
          state: State,
          reason: z.string(),
          rowCount: Count,
          shared: Count,
        }),
      ),
    }),
  }),
  'findings.export': query({
    permission: 'finding.read',
    logs: { kind: 'export', of: 'records' },
    summary:
      'Every finding of the latest examination, one a test and fact, with all its rows (record numbers in their files)',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      findings: z.array(
        z.strictObject({
          id: Uuid,
          /** Shared by findings of several tests on exactly the same rows. */
          fact: FactId,
          test: z.string(),
          version: z.string(),
          severity: Severity,
          score: z.number(),
          state: State,
          rows: z.array(z.number()),
          /** The file of each row, where the examination covers several files. */
          files: z.array(z.string()).optional(),
          reason: z.string(),
        }),
      ),
    }),
  }),
  'findings.register': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'findings' },
    summary:
      'The register for disclosure: findings with reasons and decisions, and every explanation tried with its outcome, as CSV with a manifest',
    input: z.strictObject({ caseId: Uuid, filter: FindingFilter.default({}) }),
    output: z.strictObject({
      files: z.array(
        z.strictObject({ name: z.string(), mediaType: z.string(), sha256: Sha256Text, content: z.string() }),
      ),
      total: Count,
      all: Count,
    }),
  }),
  'findings.decide': command({
    permission: 'finding.decide',
    summary: 'Sets a finding’s state; dismissing or explaining needs a reason; nothing is deleted',
    input: z.strictObject({ findingId: Uuid, state: State, reason: Reason.default('') }),
    output: FindingShape,
    audit: 'finding.decided',
  }),
  'findings.triage': command({
    permission: 'finding.decide',
    summary:
      'One step on some findings: state, severity, flag, assignment, comment, or an explanation tried by hand; undone as one',
    input: z.strictObject({ caseId: Uuid, target: Target, action: Action, seen: Count.optional() }),
    output: Step,
    audit: 'finding.triaged',
  }),
  'findings.review': command({
    permission: 'finding.approve',
    summary: 'Approves the decisions on some findings, or returns them with a reason, which opens them again',
    input: z.strictObject({
      caseId: Uuid,
      target: Target,
      verdict: z.enum(['approved', 'returned']),
      reason: Reason.default(''),
      seen: Count.optional(),
    }),
    output: Step,
    audit: 'finding.reviewed',
  }),
  'findings.undo': command({
    permission: 'finding.decide',
    summary: 'Takes a step on findings back by a reversing step; undoing that one restores it',
    input: z.strictObject({ caseId: Uuid, seq: z.number().int().positive() }),
    output: Step,
    audit: 'finding.step-reverted',
  }),
  'findings.tryExplanations': job({
    permission: 'finding.decide',
    summary:
      'Tries the innocent explanations of some findings’ tests on the records and keeps each outcome with its rows',
    input: z.strictObject({
      caseId: Uuid,
      facts: z.array(FactId).min(1).max(500),
      /** Sum below which a finding is immaterial, in currency units; absent: as the examination was given it. */
      materiality: DecimalText.optional(),
    }),
    output: z.strictObject({ facts: Count, supports: Count, against: Count, unclear: Count }),
    audit: 'finding.explanations-tried',
  }),
  'findings.explanationRows': query({
    permission: 'evidence.read',
    logs: { kind: 'view', of: 'findings' },
    summary: 'A page of the rows that a tried explanation rests on',
    input: z.strictObject({ caseId: Uuid, seq: z.number().int().positive(), explanation: z.string(), ...PageRequest }),
    output: z.strictObject({ total: Count, rows: z.array(TransactionRow) }),
  }),
};
