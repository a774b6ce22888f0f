import type { JobContext } from '../../../engine/handler.ts';
import { SourceFile } from '../../../platform/source-file.ts';
import { importArchive } from './import-archive.ts';
import { importSource, recognize } from './import-source.ts';
import type { ImportedFile } from './imported-file.ts';
import { alreadyImported } from './imported-file.ts';
import { inspectedFile } from './inspected-file.ts';
import type { ImportSettings } from './mapping-profile.ts';
import { listedArchive } from './run-parser.ts';

export interface RequestedFile {
  readonly caseId: string;
  readonly path: string;
  readonly name: string;
  readonly side: 'bank' | 'ledger';
  readonly settings: ImportSettings;
}

/** Imports one file: all of it or nothing of it. Of an archive each member is such a file. */
export const importFile = async (context: JobContext, file: RequestedFile): Promise<ImportedFile[]> => {
  const { caseId, path, name, side, settings } = file;
  const { bytes, mayBeArchive } = lookAt(path, name);
  if (
    mayBeArchive &&
    (await listedArchive(context.pool, path, name, { signal: context.signal, digest: false })) !== null
  )
    return importArchive(context, file, bytes);
  const origin = { kind: 'file', path } as const;
  const known = await recognize(context, caseId, origin, name, bytes);
  if (known !== null) return [alreadyImported(name, bytes, known)];
  const incoming = { caseId, side, name, bytes, settings, containerId: null };
  const { source, parsed } = await importSource(context, incoming, origin, null);
  return [{ ...inspectedFile(parsed), sourceId: source.id, alreadyImported: false }];
};

/** Size of a file that can be read, and whether it begins as ZIP containers do; throws the refusal of one that cannot. */
export const lookAt = (path: string, name: string): { readonly bytes: number; readonly mayBeArchive: boolean } => {
  const file = new SourceFile(path, name);
  try {
    const head = file.read(0, 4);
    return { bytes: file.bytes, mayBeArchive: head[0] === 0x50 && head[1] === 0x4b };
  } finally {
    file.close();
  }
};
