import { z } from 'zod';
import { Count, command, DateText, DecimalText, InstantText, PageRequest, query, Uuid } from './channel.ts';
import { Currency, DifferenceShape, Score } from './reconciliation-work.contract.ts';

/** Rows of one side of a match. A batch can be large; more than this is no match a person can stand by. */
const MatchedRows = z.array(z.number().int().positive()).max(10_000);
const RowsOfMatch = z.strictObject({ a: MatchedRows, b: MatchedRows });
const Reason = z.string().trim().max(2000);
const Step = z.strictObject({
  seq: Count,
  kind: z.string(),
  title: z.string(),
  actor: z.string(),
  at: InstantText,
  standing: z.boolean(),
  undoneBy: Count.nullable(),
  /** Rows it speaks of that the case holds. */
  rows: Count,
  reason: z.string(),
});

const decided = z.strictObject({ seq: Count, title: z.string() });

/** What people decide of matches. Each is a step of the case's reconciliation, in its history, and can be taken back. */
export const reconciliationDecisionsContract = {
  'reconciliations.confirm': command({
    permission: 'finding.decide',
    summary: 'Confirms proposed matches',
    input: z.strictObject({ caseId: Uuid, matches: z.array(RowsOfMatch).min(1).max(10_000) }),
    output: decided,
    audit: 'reconciliation.matches-confirmed',
  }),
  'reconciliations.confirmAbove': command({
    permission: 'finding.decide',
    summary: 'Confirms every proposal from a score on, as one step; those in a locked period are left',
    input: z.strictObject({ caseId: Uuid, runId: Uuid, score: Score }),
    output: decided.extend({ confirmed: Count, left: Count }),
    audit: 'reconciliation.bulk-confirmed',
  }),
  'reconciliations.reject': command({
    permission: 'finding.decide',
    summary: 'Rejects matches: their rows are not matched together again',
    input: z.strictObject({ caseId: Uuid, matches: z.array(RowsOfMatch).min(1).max(10_000) }),
    output: decided,
    audit: 'reconciliation.matches-rejected',
  }),
  'reconciliations.match': command({
    permission: 'finding.decide',
    summary: 'Matches rows by hand, any number on either side; what is left over needs a reason and stays shown',
    input: z.strictObject({ caseId: Uuid, ...RowsOfMatch.shape, reason: Reason.default('') }),
    output: decided.extend({ differences: z.array(DifferenceShape) }),
    audit: 'reconciliation.hand-matched',
  }),
  'reconciliations.unmatch': command({
    permission: 'finding.decide',
    summary: 'Takes a match apart; its rows stand alone and are not matched together again by the engine',
    input: z.strictObject({ caseId: Uuid, ...RowsOfMatch.shape }),
    output: decided,
    audit: 'reconciliation.unmatched',
  }),
  'reconciliations.lock': command({
    permission: 'finding.decide',
    summary: 'Locks a period: its matches stay as they are until it is unlocked',
    input: z.strictObject({ caseId: Uuid, from: DateText, to: DateText, reason: Reason.default('') }),
    output: decided.extend({ matches: Count }),
    audit: 'reconciliation.period-locked',
  }),
  'reconciliations.unlock': command({
    permission: 'finding.decide',
    summary: 'Unlocks a locked period; needs a reason',
    input: z.strictObject({ caseId: Uuid, lock: Count, reason: Reason }),
    output: decided,
    audit: 'reconciliation.period-unlocked',
  }),
  'reconciliations.explain': command({
    permission: 'finding.decide',
    summary: 'Accepts or declines what an open row is proposed to be; only the explanation is recorded, no row changes',
    input: z.strictObject({
      caseId: Uuid,
      transactionId: z.number().int().positive(),
      proposal: z.string().max(100),
      accepted: z.boolean(),
      note: Reason.default(''),
    }),
    output: decided,
    audit: 'reconciliation.leftover-explained',
  }),
  'reconciliations.addRate': command({
    permission: 'finding.decide',
    summary: 'Adds an exchange rate with its source and date; without one, two currencies never match',
    input: z.strictObject({
      caseId: Uuid,
      base: Currency,
      quote: Currency,
      rate: DecimalText,
      day: DateText,
      source: z.string().trim().min(1).max(400),
    }),
    output: decided,
    audit: 'reconciliation.rate-added',
  }),
  'reconciliations.history': query({
    permission: 'finding.read',
    summary: 'Every decision on the reconciliation, undone or standing, newest first',
    input: z.strictObject({ caseId: Uuid, offset: PageRequest.offset, limit: PageRequest.limit }),
    output: z.strictObject({ head: Count, total: Count, steps: z.array(Step) }),
  }),
  'reconciliations.previewUndo': query({
    permission: 'finding.read',
    summary: 'Which later steps rest on these and must be taken back with them',
    input: z.strictObject({ caseId: Uuid, seqs: z.array(Count).min(1).max(10_000) }),
    output: z.strictObject({ resting: z.array(z.strictObject({ seq: Count, title: z.string() })) }),
  }),
  'reconciliations.undo': command({
    permission: 'finding.decide',
    summary: 'Takes steps back; later steps that rest on them must be taken back in the same call',
    input: z.strictObject({ caseId: Uuid, seqs: z.array(Count).min(1).max(10_000) }),
    output: z.strictObject({ head: Count }),
    audit: 'reconciliation.step-reverted',
  }),
  'reconciliations.redo': command({
    permission: 'finding.decide',
    summary: 'Makes undone steps stand again',
    input: z.strictObject({ caseId: Uuid, seqs: z.array(Count).min(1).max(10_000) }),
    output: z.strictObject({ head: Count }),
    audit: 'reconciliation.step-restored',
  }),
};
