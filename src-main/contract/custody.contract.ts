import { z } from 'zod';
import { Count, command, FileGrant, InstantText, job, PageRequest, query, Sha256Text, Uuid } from './channel.ts';

/** Why an original was touched. */
export const CUSTODY_KINDS = ['ingest', 'access', 'copy', 'export', 'transfer', 'check'] as const;
export const CustodyKind = z.enum(CUSTODY_KINDS);

const Purpose = z.string().trim().min(1).max(500);
const Reason = z.string().trim().min(1).max(500);

const CustodyEvent = z.strictObject({
  /** Place in the ledger. */
  seq: Count,
  kind: CustodyKind,
  sourceId: Uuid,
  caseId: Uuid,
  name: z.string(),
  purpose: z.string(),
  /** SHA-256 recorded at ingest. */
  expected: Sha256Text,
  /** SHA-256 computed now; null where the original could not be opened, or nothing was read (a transfer of a copy). */
  found: Sha256Text.nullable(),
  agrees: z.boolean(),
  /** Who received it; '' where it stayed. */
  recipient: z.string(),
  receipt: z.string(),
  actor: z.string(),
  role: z.string(),
  at: InstantText,
  /** The audit entry that records it. */
  entry: Count,
});

/** What re-hashing an original found. */
const Rehash = z.strictObject({
  expected: Sha256Text,
  found: Sha256Text.nullable(),
  agrees: z.boolean(),
  bytes: Count,
});

const Retention = z.strictObject({
  caseId: Uuid,
  closedAt: InstantText.nullable(),
  retentionYears: z.number().int().positive(),
  /** Null: the case is not closed, so its retention has not begun to run out. */
  retainUntil: InstantText.nullable(),
  hold: z.strictObject({ since: InstantText, actor: z.string(), reason: z.string() }).nullable(),
  history: z.array(
    z.strictObject({
      kind: z.enum(['closed', 'reopened', 'hold-placed', 'hold-released']),
      reason: z.string(),
      actor: z.string(),
      at: InstantText,
    }),
  ),
});

export const custodyContract = {
  'custody.list': query({
    permission: 'custody.read',
    summary: 'The custody ledger of a case or of one source, newest first',
    input: z.strictObject({ caseId: Uuid, sourceId: Uuid.optional(), ...PageRequest }),
    output: z.strictObject({ total: Count, disagreeing: Count, events: z.array(CustodyEvent) }),
  }),
  'custody.check': job({
    permission: 'custody.read',
    summary: 'Re-hashes every sealed original of a case and records what was found',
    input: z.strictObject({ caseId: Uuid, purpose: Purpose }),
    output: z.strictObject({ files: Count, bytes: Count }),
    audit: 'custody.checked',
  }),
  'custody.openOriginal': job({
    permission: 'evidence.read',
    summary: 'Re-hashes a sealed original, records who opened it and why, and answers a part of its bytes',
    input: z.strictObject({
      sourceId: Uuid,
      purpose: Purpose,
      offset: Count.default(0),
      limit: z.number().int().min(1).max(1_048_576).default(65_536),
    }),
    output: z.strictObject({ ...Rehash.shape, offset: Count, content: z.string() }),
    audit: 'custody.original-opened',
  }),
  'custody.exportOriginal': job({
    permission: 'custody.transfer',
    stepUp: true,
    summary: 'Writes the bit-identical original to a chosen folder, re-hashing while it writes',
    input: z.strictObject({
      sourceId: Uuid,
      purpose: Purpose,
      /** `copy`: a working copy that stays in this custody; `export`: it leaves. */
      kind: z.enum(['copy', 'export']).default('export'),
      grant: FileGrant,
    }),
    output: z.strictObject({ ...Rehash.shape, fileName: z.string() }),
    audit: 'custody.original-exported',
  }),
  'custody.transfer': command({
    permission: 'custody.transfer',
    stepUp: true,
    summary: 'Records that an original was handed to someone, for what, and against which receipt',
    input: z.strictObject({
      sourceId: Uuid,
      recipient: z.string().trim().min(1).max(200),
      purpose: Purpose,
      receipt: z.string().trim().max(200).default(''),
    }),
    output: CustodyEvent,
    audit: 'custody.transferred',
  }),
  'custody.certificate': command({
    permission: 'custody.read',
    summary: 'Drafts the certificate under Federal Rules of Evidence 902(13) and (14); a qualified person must sign it',
    input: z.strictObject({ caseId: Uuid, format: z.enum(['text', 'html']).default('text') }),
    output: z.strictObject({ fileName: z.string(), mediaType: z.string(), content: z.string(), sha256: Sha256Text }),
    audit: 'custody.certificate-drafted',
  }),
  'cases.retention': query({
    permission: 'case.read',
    summary: 'How long a case must be kept, and whether a legal hold forbids its deletion',
    input: z.strictObject({ caseId: Uuid }),
    output: Retention,
  }),
  'cases.close': command({
    permission: 'case.write',
    summary: 'Closes a case: its retention of seven years begins',
    input: z.strictObject({ caseId: Uuid, reason: Reason }),
    output: Retention,
    audit: 'case.closed',
  }),
  'cases.reopen': command({
    permission: 'case.write',
    summary: 'Reopens a closed case: its retention begins anew when it is closed again',
    input: z.strictObject({ caseId: Uuid, reason: Reason }),
    output: Retention,
    audit: 'case.reopened',
  }),
  'cases.hold': command({
    permission: 'case.write',
    summary: 'Places a legal hold on a case: nothing of it may be deleted',
    input: z.strictObject({ caseId: Uuid, reason: Reason }),
    output: Retention,
    audit: 'case.hold-placed',
  }),
  'cases.releaseHold': command({
    permission: 'case.write',
    stepUp: true,
    summary: 'Releases the legal hold on a case',
    input: z.strictObject({ caseId: Uuid, reason: Reason }),
    output: Retention,
    audit: 'case.hold-released',
  }),
};
