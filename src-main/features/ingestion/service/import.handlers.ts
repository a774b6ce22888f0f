import type { NexusErrorData } from '../../../contract/errors.ts';
import { NexusError } from '../../../contract/errors.ts';
import type { InspectedFile } from '../../../contract/imports.contract.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onJob, onPublicQuery, onQuery } from '../../../engine/handler.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { FORMATS } from '../domain/formats.ts';
import type { ImportedFile } from './import-file.ts';
import { importFile } from './import-file.ts';
import { inspectFile, previewFile } from './inspect-file.ts';
import { refusedFile } from './inspected-file.ts';

const asRefusal = (name: string, error: NexusErrorData): ImportedFile => ({
  ...refusedFile(name, 0, error),
  sourceId: null,
  alreadyImported: false,
});

export const importHandlers: Handlers = {
  ...onQuery('imports.preview', (context, { grant, overrides }) => previewFile(context, grant, overrides)),
  ...onJob('imports.start', {
    title: ({ files }) => (files.length === 1 ? 'Import of one file' : `Import of ${files.length} files`),
    onCancel: 'Files imported completely stay; the file under way is removed again.',
    run: async (context, { caseId, files }) => {
      requireCase(context.workspace().read, caseId);
      const done: ImportedFile[] = [];
      for (const file of files) {
        const { name } = context.grants.look(context.session.id, file.grant, 'file');
        try {
          done.push(await context.workspace().exclusive(context.signal, () => importFile(context, caseId, file)));
        } catch (error) {
          // One refused file does not keep the others out; anything else ends the job.
          if (!(error instanceof NexusError) || error.data.category !== 'input') throw error;
          done.push(asRefusal(name, error.data));
        }
      }
      return { files: done };
    },
  }),
  ...onJob('files.inspect', {
    title: ({ files }) => (files.length === 1 ? 'Inspection of one file' : `Inspection of ${files.length} files`),
    onCancel: 'Nothing is stored.',
    run: async (context, { files }) => {
      const inspected: InspectedFile[] = [];
      for (const file of files) inspected.push(await inspectFile(context, file));
      return { files: inspected };
    },
  }),
  ...onPublicQuery('formats.list', () => ({ formats: FORMATS.map(format => ({ ...format })) })),
};
