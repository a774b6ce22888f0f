import type { Handlers, Output } from '../../../engine/handler.ts';
import { onJob } from '../../../engine/handler.ts';
import type { LinkTablesTask } from './link-tables.ts';

interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

export const partyHandlers: Handlers = {
  ...onJob('tables.link', {
    title: ({ grants }) => (grants.length === 1 ? 'Linking a table' : 'Linking two tables'),
    onCancel: 'Nothing is stored.',
    run: async (context, { grants, id, fields, parameters }) => {
      const task: LinkTablesTask = {
        task: 'link-tables',
        tables: grants.map(grant => context.grants.take(context.session.id, grant, 'file')),
        id: id ?? null,
        fields: fields ?? null,
        parameters,
      };
      return (await context.pool.run('analysis', task, {
        signal: context.signal,
        // A million rows leave much memory behind: the thread is not kept.
        dispose: true,
        onMessage: body => {
          const { stage, done, total } = body as Progress;
          context.progress({ stage, done, total, unit: 'steps' });
        },
      })) as Output<'tables.link'>;
    },
  }),
};
