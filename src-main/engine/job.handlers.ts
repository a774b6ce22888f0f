import { NexusError } from '../contract/errors.ts';
import { contract } from '../contract/index.ts';
import type { Handlers } from './handler.ts';
import { onPublicQuery } from './handler.ts';

export const jobHandlers: Handlers = {
  ...onPublicQuery('jobs.list', ({ jobs, session }) => ({ jobs: jobs.list(session.id) })),
  ...onPublicQuery('jobs.read', ({ jobs, session }, { jobId }) => {
    const view = jobs.read(session.id, jobId);
    if (view === null)
      throw new NexusError({
        code: 'job.unknown',
        category: 'not-found',
        message: `There is no job ${jobId} in this session.`,
      });
    return view;
  }),
  ...onPublicQuery('jobs.cancel', ({ jobs, session }, { jobId }) => ({ cancelled: jobs.cancel(session.id, jobId) })),
  ...onPublicQuery('channels.list', () => ({
    channels: Object.entries(contract).map(([channel, entry]) => ({
      channel,
      kind: entry.kind,
      permission: entry.permission,
      summary: entry.summary,
      audit: 'audit' in entry ? entry.audit : null,
    })),
  })),
};
