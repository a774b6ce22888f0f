import { z } from 'zod';
import { Count, command, Empty, FileGrant, InstantText, job, PageRequest, query, Sha256Text } from './channel.ts';

/** Why a checkpoint was made. */
export const CHECKPOINT_REASONS = [
  'unlock',
  'lock',
  'interval',
  'export',
  'sign',
  'backup',
  'sync',
  'rollback',
] as const;
export type CheckpointReason = (typeof CHECKPOINT_REASONS)[number];

const VerificationShape = z.strictObject({
  ok: z.boolean(),
  entries: Count,
  root: z.string(),
  checkpoints: Count,
  /** Checkpoints whose signature, size and root were found to be right: all of them, or a problem says which is not. */
  checkpointsVerified: Count,
  /** The newest checkpoint that a station signed; null for a log without any. */
  stationCheckpoint: z.strictObject({ size: Count, at: InstantText }).nullable(),
  /** What this station remembers of the log outside the workspace; null where it remembers nothing. */
  highWater: z.strictObject({ size: Count, root: Sha256Text, at: InstantText, holds: z.boolean() }).nullable(),
  /** Entries whose forward-secure tag was checked, and with what: the first key, or what this station holds. */
  tags: z.strictObject({ checked: Count, with: z.enum(['first-key', 'station-key', 'none']) }),
  /** Entries that nobody outside this workspace has countersigned. */
  unwitnessed: Count,
  evidence: z.strictObject({ files: Count, mismatched: z.array(z.string()) }),
  problems: z.array(z.strictObject({ code: z.string(), where: z.string(), message: z.string() })),
  /** The root over the first `entries` entries, where asked for (a report prints one); null when the log has fewer. */
  rootAt: z.strictObject({ entries: Count, root: z.string() }).nullable().optional(),
});

export const auditsContract = {
  'audits.list': query({
    permission: 'audit.read',
    summary: 'Audit entries, newest first',
    input: z.strictObject(PageRequest),
    output: z.strictObject({
      total: Count,
      root: z.string(),
      entries: z.array(
        z.strictObject({
          seq: Count,
          at: InstantText,
          actor: z.string(),
          role: z.string(),
          act: z.string(),
          object: z.string(),
          leaf: z.string(),
          /** `unverified` from a clock anomaly until the clock is consistent again: the order is by `seq`. */
          clock: z.enum(['consistent', 'unverified']),
        }),
      ),
    }),
  }),
  'audits.checkpoints': query({
    permission: 'audit.read',
    summary: 'Signed checkpoints of the log, newest first, and the keys of the stations that signed them',
    input: z.strictObject(PageRequest),
    output: z.strictObject({
      total: Count,
      checkpoints: z.array(
        z.strictObject({
          size: Count,
          root: Sha256Text,
          at: InstantText,
          reason: z.enum(CHECKPOINT_REASONS),
          station: Count,
          note: z.string(),
        }),
      ),
      stations: z.array(z.strictObject({ station: Count, vkey: z.string(), fromSize: Count, at: InstantText })),
    }),
  }),
  'audits.acceptRollback': command({
    permission: 'account.manage',
    stepUp: true,
    summary: 'Goes on with a store that is older than its anchor, under a reason that the log keeps',
    input: z.strictObject({ reason: z.string().trim().min(10).max(1000) }),
    output: z.strictObject({ mark: z.strictObject({ size: Count, root: Sha256Text, at: InstantText }) }),
    audit: 'log.rollback-accepted',
  }),
  'workspaces.verify': job({
    permission: 'public',
    summary: 'Verifies a workspace without opening it for work: nothing in it is written',
    input: z.strictObject({
      grant: FileGrant,
      passphrase: z.string().min(1).max(1024),
      /** The account; without it the one that the passphrase fits. */
      actor: z.string().min(1).max(100).optional(),
      keyFile: FileGrant.optional(),
      /** Also give the root over this many first entries. */
      at: Count.optional(),
      /** K_0 of the recovery kit: every tag of the first station is then checked. */
      firstKey: Sha256Text.optional(),
    }),
    output: VerificationShape,
    audit: null,
  }),
  'audits.verify': job({
    permission: 'audit.read',
    summary: 'Re-computes the audit chain and every evidence digest; names the first break',
    input: Empty,
    output: VerificationShape,
    audit: 'log.verified',
  }),
};
