import { NexusError } from '../../../contract/errors.ts';
import type { InspectedFile } from '../../../contract/imports.contract.ts';
import type { JobContext } from '../../../engine/handler.ts';
import type { ArchiveMember } from '../../../platform/archive-listing.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import type { ListedArchive } from './archive-tasks.ts';
import { skippedWarning } from './archive-tasks.ts';
import { hold } from './held-transactions.ts';
import { assertOneMember, emptyArchive } from './import-archive.ts';
import { refusedFile } from './inspected-file.ts';
import { readFile } from './read-file.ts';
import { lookAt } from './requested-file.ts';
import { listedArchive } from './run-parser.ts';
import type { SourceOrigin } from './source-origin.ts';

export interface InspectedRequest {
  readonly path: string;
  readonly name: string;
  readonly overrides: Readonly<Record<string, string>>;
  /** Only this member of an archive. */
  readonly member: string | null;
  /** A file with more transactions holds them for `files.transactions`. */
  readonly inlineRows: number;
}

/** An archive's members to a person's request: all, or the one asked for. Throws `archive.no-such-member`. */
export const membersAsked = (archive: ListedArchive, name: string, member: string | null): readonly ArchiveMember[] => {
  if (archive.members.length === 0) throw emptyArchive(name);
  if (member === null) return archive.members;
  const asked = archive.members.filter(known => known.name === member);
  if (asked.length === 0)
    throw new NexusError({
      code: 'archive.no-such-member',
      category: 'usage',
      message: `${name} holds no file “${member}”.`,
    });
  return asked;
};

/** Parses a whole file, or each member of an archive, and stores nothing. What is refused comes back with its error in place. */
export const inspectFile = async (context: JobContext, request: InspectedRequest): Promise<InspectedFile[]> => {
  const { path, name, member, overrides } = request;
  let bytes = 0;
  try {
    const looked = lookAt(path, name);
    bytes = looked.bytes;
    const archive = looked.mayBeArchive
      ? await listedArchive(context.pool, path, name, { signal: context.signal, digest: true })
      : null;
    if (archive === null) return [await inspectOne(context, request, { kind: 'file', path }, name, bytes)];
    assertOneMember(archive, overrides, name);
    const files: InspectedFile[] = [];
    for (const asked of membersAsked(archive, name, member))
      files.push({
        ...(await inspectMember(context, request, asked)),
        archive: { name, sha256: archive.sha256 ?? '' },
      });
    const [first, ...others] = files;
    const isFirst = member === null || archive.members[0]?.name === member;
    return first === undefined
      ? []
      : [{ ...first, warnings: [...(isFirst ? skippedWarning(archive.skipped) : []), ...first.warnings] }, ...others];
  } catch (error) {
    const data = errorDataOf(error);
    if (data.category !== 'input') throw error;
    return [refusedFile(name, bytes, data)];
  }
};

const inspectMember = (
  context: JobContext,
  request: InspectedRequest,
  member: ArchiveMember,
): Promise<InspectedFile> | InspectedFile => {
  const name = `${request.name}/${member.name}`;
  if (member.error !== null) return refusedFile(name, member.bytes, member.error);
  const archive = { kind: 'file', path: request.path } as const;
  return inspectOne(context, request, { kind: 'member', archive, place: member.place }, name, member.bytes);
};

const inspectOne = async (
  context: JobContext,
  { overrides, inlineRows }: InspectedRequest,
  origin: SourceOrigin,
  name: string,
  bytes: number,
): Promise<InspectedFile> => {
  const read = await readFile(context.pool, origin, name, bytes, {
    overrides,
    signal: context.signal,
    onProgress: (done, total) => context.progress({ stage: `reading ${name}`, done, total, unit: 'bytes' }),
  });
  if (read.parsed === null) return read.file;
  const { file, transactions } = read;
  if (transactions.count > inlineRows) {
    const held = context.ports.ids.next();
    hold(context.session, held, transactions);
    return { ...file, held };
  }
  return {
    ...file,
    statements: file.statements.map((statement, i) => ({
      ...statement,
      transactions: transactions.page(i, 0, statement.count),
    })),
  };
};
