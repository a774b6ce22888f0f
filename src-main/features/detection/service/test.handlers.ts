import type { Handlers, Output } from '../../../engine/handler.ts';
import { onJob, onPublicQuery, onQuery } from '../../../engine/handler.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import { catalogueView } from './catalogue-view.ts';
import type { TestFileTask } from './test-file.ts';

export const testHandlers: Handlers = {
  ...onPublicQuery('tests.list', () => ({
    tests: TEST_CATALOGUE.map(({ id, version, title, group, needs, uses, parameters }) => ({
      id,
      version,
      title,
      group,
      needs: [...needs],
      uses: [...uses],
      parameters: parameters.map(({ name, kind, default: fallback, choices, meaning }) => ({
        name,
        kind,
        default: fallback,
        meaning,
        ...(choices === undefined ? {} : { choices: [...choices] }),
      })),
    })),
  })),
  ...onQuery('tests.catalogue', async (context, { caseId }) => {
    requireCase(context.store, caseId);
    return catalogueView(context, caseId);
  }),
  ...onJob('files.test', {
    title: ({ test }) => `Test ${test}`,
    onCancel: 'Nothing is stored.',
    run: async (context, { grant, test, columns, parameters }) => {
      const { path, name } = context.grants.take(context.session.id, grant, 'file');
      const task: TestFileTask = { task: 'test-file', path, name, test, columns, parameters };
      return (await context.pool.run('analysis', task, { signal: context.signal })) as Output<'files.test'>;
    },
  }),
};
