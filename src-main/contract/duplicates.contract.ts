import { z } from 'zod';
import { Count, command, PageRequest, query, Uuid } from './channel.ts';
import { TransactionRow } from './transactions.contract.ts';

export const DUPLICATE_KINDS = ['overlap', 'exact', 'near'] as const;
export const DUPLICATE_STATES = ['open', 'confirmed', 'rejected'] as const;

const TransactionId = z.number().int().positive();

export const duplicatesContract = {
  'duplicates.list': query({
    permission: 'finding.read',
    logs: { kind: 'view', of: 'records' },
    summary:
      'Proposed duplicates of the latest examination: the same transaction in overlapping files, equal rows, near pairs; nothing is merged',
    input: z.strictObject({
      caseId: Uuid,
      kind: z.enum(DUPLICATE_KINDS).optional(),
      state: z.enum(DUPLICATE_STATES).optional(),
      ...PageRequest,
    }),
    output: z.strictObject({
      total: Count,
      /** Of the asked state, by kind; of the asked kind, by state: each is the total after choosing it. */
      byKind: z.record(z.string(), Count),
      byState: z.record(z.string(), Count),
      pairs: z.array(
        z.strictObject({
          kind: z.enum(DUPLICATE_KINDS),
          state: z.enum(DUPLICATE_STATES),
          score: z.number(),
          agree: z.array(z.string()),
          differ: z.array(z.string()),
          /** The one that is kept, or would be; `b` repeats it. */
          a: TransactionRow,
          b: TransactionRow,
        }),
      ),
    }),
  }),
  'duplicates.decide': command({
    permission: 'finding.decide',
    summary:
      'Confirms that transactions repeat others (they are then left out of tests and sums, and stay visible) or that they do not',
    input: z.strictObject({
      caseId: Uuid,
      state: z.enum(['confirmed', 'rejected']),
      pairs: z
        .array(z.strictObject({ keep: TransactionId, duplicate: TransactionId }))
        .min(1)
        .max(10_000),
    }),
    output: z.strictObject({ seq: Count }),
    audit: 'duplicates.decided',
  }),
};
