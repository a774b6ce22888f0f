import { z } from 'zod';
import { Count, Empty, FileGrant, InstantText, job, PageRequest, query } from './channel.ts';

const VerificationShape = z.strictObject({
  ok: z.boolean(),
  entries: Count,
  root: z.string(),
  checkpoints: Count,
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
        }),
      ),
    }),
  }),
  'workspaces.verify': job({
    permission: 'public',
    summary: 'Verifies a workspace without opening it for work: nothing in it is written',
    input: z.strictObject({
      grant: FileGrant,
      passphrase: z.string().min(1).max(1024),
      /** Also give the root over this many first entries. */
      at: Count.optional(),
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
