import type { JobContext } from '../../../engine/handler.ts';
import { importArchive } from './import-archive.ts';
import { importSource, recognize } from './import-source.ts';
import type { ImportedFile } from './imported-file.ts';
import { alreadyImported } from './imported-file.ts';
import { inspectedFile } from './inspected-file.ts';
import { plannedSettings } from './planned-settings.ts';
import type { RequestedFile } from './requested-file.ts';
import { lookAt } from './requested-file.ts';
import { listedArchive } from './run-parser.ts';

/** Imports one file: all of it or nothing of it. Of an archive each member is such a file. */
export const importFile = async (context: JobContext, file: RequestedFile): Promise<ImportedFile[]> => {
  const { caseId, path, name } = file;
  const { bytes, mayBeArchive } = lookAt(path, name);
  if (
    mayBeArchive &&
    (await listedArchive(context.pool, path, name, { signal: context.signal, digest: false })) !== null
  )
    return importArchive(context, file, bytes);
  const origin = { kind: 'file', path } as const;
  const known = await recognize(context, caseId, origin, name, bytes);
  if (known !== null) return [alreadyImported(name, bytes, known)];
  const settings = await plannedSettings(context, file, origin);
  const incoming = { caseId, name, bytes, settings, containerId: null };
  const { source, parsed } = await importSource(context, incoming, origin, null);
  return [{ ...inspectedFile(parsed), sourceId: source.id, alreadyImported: false }];
};
