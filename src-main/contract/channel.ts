import type { ZodType } from 'zod';
import { z } from 'zod';

/** What a channel lets its caller do. `public` channels need no open workspace and show nothing of one. */
export const PERMISSIONS = [
  'public',
  'workspace.use',
  'case.read',
  'case.write',
  'evidence.read',
  'evidence.import',
  'finding.read',
  'finding.decide',
  'finding.approve',
  'detection.run',
  'report.read',
  'report.build',
  'audit.read',
  'audit.export',
  'custody.read',
  'custody.transfer',
  'account.own',
  'account.read',
  'account.manage',
  'account.approve',
  'security.read',
  'settings.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What a query's answer shows or hands out; it is logged. */
export interface ReadMark {
  /** A look is logged once a session, case and kind in ten minutes; an export each time, with its digest. */
  readonly kind: 'view' | 'export';
  readonly of: 'records' | 'originals' | 'findings' | 'parties' | 'reports';
}

/**
 * One entry a channel: all a reviewer must know in one place.
 * query: reads only. command: one unit of work; its audit entry commits in the same transaction.
 * job: returns {jobId} at once; progress and result come as events; cancellable; writes in units of work of its own.
 */
export interface QueryEntry<I extends ZodType = ZodType, O extends ZodType = ZodType> {
  readonly kind: 'query';
  readonly permission: Permission;
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  /** Where its answer is evidence, or leaves as a file. */
  readonly logs?: ReadMark;
  /** True where the person must have proved again, within five minutes, that it is they. */
  readonly stepUp?: true;
}
export interface CommandEntry<I extends ZodType = ZodType, O extends ZodType = ZodType> {
  readonly kind: 'command';
  readonly permission: Permission;
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  /** The audit event this command writes (past tense). */
  readonly audit: string;
  readonly stepUp?: true;
}
export interface JobEntry<I extends ZodType = ZodType, O extends ZodType = ZodType> {
  readonly kind: 'job';
  readonly permission: Permission;
  readonly summary: string;
  readonly input: I;
  /** What the job hands back when it is done (in the `job.finished` event and in `jobs.read`). */
  readonly output: O;
  /** The audit event its result writes; null for a job that stores nothing. */
  readonly audit: string | null;
  readonly stepUp?: true;
}
export type ChannelEntry = QueryEntry | CommandEntry | JobEntry;

export const query = <I extends ZodType, O extends ZodType>(
  entry: Omit<QueryEntry<I, O>, 'kind'>,
): QueryEntry<I, O> => ({
  kind: 'query',
  ...entry,
});
export const command = <I extends ZodType, O extends ZodType>(
  entry: Omit<CommandEntry<I, O>, 'kind'>,
): CommandEntry<I, O> => ({ kind: 'command', ...entry });
export const job = <I extends ZodType, O extends ZodType>(entry: Omit<JobEntry<I, O>, 'kind'>): JobEntry<I, O> => ({
  kind: 'job',
  ...entry,
});

/** Shapes used by several features. Wire values are JSON-safe: money as decimal text, days as YYYY-MM-DD. */
export const Empty = z.strictObject({});
export const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const DecimalText = z.string().regex(/^-?\d+(\.\d+)?$/);
export const DateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const InstantText = z.string();
export const Sha256Text = z.string().regex(/^[0-9a-f]{64}$/);
export const Count = z.number().int().nonnegative();
export const RowNumber = z.number().int().positive();
/** A one-use handle for a file the user chose in the host's dialog; never a path. */
export const FileGrant = z.string().regex(/^grant-[0-9a-f-]{36}$/);
export const PageRequest = { offset: Count.default(0), limit: z.number().int().min(1).max(1000).default(100) };
export const Overrides = z.record(z.string().max(100), z.string().max(400));
