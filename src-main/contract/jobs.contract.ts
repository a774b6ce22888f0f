import { z } from 'zod';
import { Count, Empty, InstantText, query, Uuid } from './channel.ts';

export const JobView = z.strictObject({
  jobId: Uuid,
  channel: z.string(),
  title: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  stage: z.string(),
  /** 0…1, null while the size is not known. */
  share: z.number().nullable(),
  done: Count,
  total: Count.nullable(),
  unit: z.string(),
  startedAt: InstantText,
  elapsedMs: z.number(),
  /** What Cancel keeps or discards. */
  onCancel: z.string(),
  error: z.unknown().optional(),
  result: z.unknown().optional(),
});
export type JobView = z.infer<typeof JobView>;

export const jobsContract = {
  'jobs.list': query({
    permission: 'public',
    summary: 'Jobs of this session, newest first',
    input: Empty,
    output: z.strictObject({ jobs: z.array(JobView) }),
  }),
  'jobs.read': query({
    permission: 'public',
    summary: 'One job with its result or error',
    input: z.strictObject({ jobId: Uuid }),
    output: JobView,
  }),
  'jobs.cancel': query({
    permission: 'public',
    summary: 'Asks a job to stop; what it had not finished is discarded',
    input: z.strictObject({ jobId: Uuid }),
    output: z.strictObject({ cancelled: z.boolean() }),
  }),
  'channels.list': query({
    permission: 'public',
    summary: 'Every channel of the contract',
    input: Empty,
    output: z.strictObject({
      channels: z.array(
        z.strictObject({
          channel: z.string(),
          kind: z.string(),
          permission: z.string(),
          summary: z.string(),
          audit: z.string().nullable(),
        }),
      ),
    }),
  }),
};
