import { NexusError } from '../../../contract/errors.ts';
import type { JobContext } from '../../../engine/handler.ts';
import { MAX_ARCHIVE_BYTES } from '../../../platform/archive-directory.ts';
import type { ArchiveListing, ArchiveMember } from '../../../platform/archive-listing.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import type { SourceRecord } from '../storage/source.repository.ts';
import type { SealedArchive } from './archive-tasks.ts';
import { skippedWarning } from './archive-tasks.ts';
import { hasControls } from './control-totals.ts';
import { abandonImport, beginImport, importSource, recognize } from './import-source.ts';
import type { ImportedFile } from './imported-file.ts';
import { alreadyImported, refusedImport } from './imported-file.ts';
import { inspectedFile } from './inspected-file.ts';
import type { ImportSettings } from './mapping-profile.ts';
import { plannedSettings } from './planned-settings.ts';
import type { RequestedFile } from './requested-file.ts';
import { runParser } from './run-parser.ts';
import type { ArchiveOrigin } from './source-origin.ts';
import type { Commit } from './store-import.ts';
import { commitOf } from './store-import.ts';

/** The archive's own source: complete already, or waiting to become visible with its first member. */
interface Container {
  readonly source: SourceRecord;
  readonly sha256: string;
  readonly listing: ArchiveListing;
  readonly commit: Commit | null;
}

/** Settings say how members are read; the archive itself is kept as it is. */
const NO_SETTINGS: ImportSettings = { overrides: {}, side: 'bank', profile: null };

const sealed = async (context: JobContext, file: RequestedFile, bytes: number): Promise<Container> => {
  const { caseId, path, name } = file;
  const source = beginImport(context, { caseId, name, bytes, settings: NO_SETTINGS, containerId: null });
  const workspace = context.workspace();
  try {
    const { parsed, listing } = (await runParser(
      context.pool,
      {
        task: 'seal-archive',
        path,
        name,
        source: source.ordinal,
        seal: workspace.seal(caseId, source.id),
        columnsSeal: workspace.columnsSeal(caseId, source.id),
      },
      { signal: context.signal },
    )) as SealedArchive;
    return { source, sha256: parsed.sha256 ?? '', listing, commit: commitOf(context, source, parsed, NO_SETTINGS) };
  } catch (error) {
    await abandonImport(context, source, error);
    throw error;
  }
};

const container = async (context: JobContext, file: RequestedFile, bytes: number): Promise<Container> => {
  const known = await recognize(context, file.caseId, { kind: 'file', path: file.path }, file.name, bytes);
  if (known === null) return sealed(context, file, bytes);
  const origin = originOf(context, known);
  const listing = (await runParser(
    context.pool,
    { task: 'list-archive', origin, name: file.name, digest: false },
    { signal: context.signal },
  )) as ArchiveListing;
  return { source: known, sha256: known.sha256, listing, commit: null };
};

const originOf = (context: JobContext, source: SourceRecord): ArchiveOrigin => ({
  kind: 'sealed',
  seal: context.workspace().seal(source.case_id, source.id),
});

/**
 * Imports an archive: the archive itself as a source without records, each of its members as a source that names it. A
 * member is imported whole or not at all; a refused one is reported in its place. The archive becomes visible in the unit
 * of work of its first member; where none can be read, nothing of it stays.
 */
export const importArchive = async (
  context: JobContext,
  file: RequestedFile,
  bytes: number,
): Promise<ImportedFile[]> => {
  const { source, sha256, listing, commit } = await container(context, file, bytes);
  const origin = originOf(context, source);
  const archive = { name: file.name, sha256 };
  const done: ImportedFile[] = [];
  // Members that are packed once more share what the archive may unpack to.
  let left = MAX_ARCHIVE_BYTES - listing.members.reduce((sum, member) => sum + member.bytes, 0);
  let pending = commit;
  try {
    if (listing.members.length === 0) throw emptyArchive(file.name);
    assertOneMember(listing, file.settings.overrides, file.name);
    for (const member of listing.members) {
      const { imported, plainBytes } = await importMember(context, file, member, origin, source.id, left, pending);
      left -= Math.max(0, plainBytes - member.bytes);
      if (imported.error === undefined && !imported.alreadyImported) pending = null;
      done.push({ ...imported, archive });
    }
    // Members that were known before as files of their own: the archive they also came in is kept all the same.
    const first = pending;
    if (first !== null && done.some(member => member.alreadyImported)) {
      context.write((store, audit) => first(store, audit));
      pending = null;
    }
  } catch (error) {
    if (pending !== null) await abandonImport(context, source, error);
    throw error;
  }
  if (pending !== null) await abandonImport(context, source, noneRead(file.name));
  const [first, ...others] = done;
  return first === undefined
    ? []
    : [{ ...first, warnings: [...skippedWarning(listing.skipped), ...first.warnings] }, ...others];
};

const importMember = async (
  context: JobContext,
  file: RequestedFile,
  member: ArchiveMember,
  archive: ArchiveOrigin,
  containerId: string,
  left: number,
  before: Commit | null,
): Promise<{ readonly imported: ImportedFile; readonly plainBytes: number }> => {
  const { caseId } = file;
  const { bytes, place } = member;
  const name = `${file.name}/${member.name}`;
  const origin = { kind: 'member', archive, place } as const;
  try {
    if (member.error !== null) throw new NexusError(member.error);
    const known = await recognize(context, caseId, origin, name, bytes);
    if (known !== null) return { imported: alreadyImported(name, bytes, known), plainBytes: bytes };
    const settings = await plannedSettings(context, { ...file, name }, origin);
    const incoming = { caseId, name, bytes, settings, containerId, unpackedLimit: bytes + left };
    const { source, parsed } = await importSource(context, incoming, origin, before);
    const imported = { ...inspectedFile(parsed), sourceId: source.id, alreadyImported: false };
    return { imported, plainBytes: parsed.plainBytes };
  } catch (error) {
    // One refused member does not keep the others out; anything else ends the job.
    const data = errorDataOf(error);
    if (data.category !== 'input') throw error;
    return { imported: refusedImport(name, bytes, data), plainBytes: bytes };
  }
};

const refusal = (name: string, code: string, message: string, remedy: string): NexusError =>
  new NexusError({ code, category: 'input', message, file: name, kept: 'Nothing of this file was stored.', remedy });

export const emptyArchive = (name: string): NexusError =>
  refusal(name, 'archive.empty', `${name} holds no files.`, 'Ask for the archive again.');

const noneRead = (name: string): NexusError =>
  refusal(name, 'archive.none-read', `No member of ${name} could be read.`, 'See the refusal of each member.');

/** Control totals are of one file. Throws `control.archive` where they are given for several. */
export const assertOneMember = (
  listing: ArchiveListing,
  overrides: Readonly<Record<string, string>>,
  name: string,
): void => {
  if (!hasControls(overrides) || listing.members.length <= 1) return;
  throw new NexusError({
    code: 'control.archive',
    category: 'usage',
    message: `Control totals are of one file, and ${name} holds ${listing.members.length}.`,
    kept: 'Nothing was stored.',
    remedy: 'Import its members one by one, or leave the control totals out.',
  });
};
