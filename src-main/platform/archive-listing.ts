import type { NexusErrorData } from '../contract/errors.ts';
import { NexusError } from '../contract/errors.ts';
import type { ArchiveBudget, ArchiveEntry } from './archive-directory.ts';
import { archiveBudget, namesIn, readArchiveDirectory } from './archive-directory.ts';
import { memberChunks, memberHead } from './archive-member.ts';
import type { ByteRange } from './byte-range.ts';
import { memoryRange, partOf } from './byte-range.ts';
import { refused } from './source-file.ts';

/** Where a member lies: its entry; for a member of an archive in the archive, that archive's entry before its own. */
export type MemberPlace = readonly ArchiveEntry[];

export interface ArchiveMember {
  /** Its path inside the archive; below the name of an archive in the archive where it lies in one. */
  readonly name: string;
  readonly bytes: number;
  readonly place: MemberPlace;
  /** Why it cannot be opened, where that is known beforehand. */
  readonly error: NexusErrorData | null;
}

export interface ArchiveListing {
  readonly members: readonly ArchiveMember[];
  /** Folders and what operating systems put beside files: passed over. */
  readonly skipped: readonly string[];
}

/** archives in archives, and no deeper. */
const MAX_DEPTH = 2;
/** An archive in the archive (or a spreadsheet, which is one by its form) is unpacked in memory to be read. */
const MAX_NESTED_BYTES = 256 << 20;

const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));

/** A document whose parts lie in a ZIP container: Office Open XML (ECMA-376, part 2), OpenDocument (1.3, part 2). */
const isDocument = (names: readonly string[]): boolean =>
  names.includes('[Content_Types].xml') || names[0] === 'mimetype' || names.includes('META-INF/manifest.xml');

/** True for a ZIP archive of files, false for anything else, a spreadsheet in a ZIP container included. */
export const isArchive = (range: ByteRange): boolean => {
  const head = range.read(0, 4096);
  if (!isZip(head)) return false;
  const names = namesIn(range);
  if (names !== null) return !isDocument(names);
  // Cut off: the name of its first member tells.
  return !/^.{30}(?:\[Content_Types\]\.xml|mimetype)/s.test(Buffer.from(head).toString('latin1'));
};

/** Left behind by operating systems beside a person's files. */
const isLitter = (name: string): boolean =>
  name.startsWith('__MACOSX/') || /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i.test(name);

const unpacked = async (range: ByteRange, entry: ArchiveEntry, name: string): Promise<ByteRange> => {
  if (entry.method === 0) return partOf(range, entry.dataOffset, entry.bytes);
  if (entry.bytes > MAX_NESTED_BYTES)
    throw refused(
      name,
      'archive.nested-too-large',
      `${name} is an archive in the archive and larger than 256 MiB.`,
      'Unpack the outer archive and import the inner one by itself.',
    );
  const chunks: Buffer[] = [];
  for await (const chunk of memberChunks(range, entry, name)) chunks.push(chunk);
  return memoryRange(Buffer.concat(chunks));
};

const listBelow = async (
  range: ByteRange,
  file: string,
  prefix: string,
  outer: MemberPlace,
  budget: ArchiveBudget,
): Promise<ArchiveListing> => {
  const members: ArchiveMember[] = [];
  const skipped: string[] = [];
  for (const entry of readArchiveDirectory(range, file, budget)) {
    const name = `${prefix}${entry.name}`;
    const place = [...outer, entry];
    const { bytes } = entry;
    if (entry.isFolder || isLitter(entry.name)) {
      skipped.push(name);
      continue;
    }
    if (!isZip(memberHead(range, entry))) {
      members.push({ name, bytes, place, error: null });
      continue;
    }
    const inner = `${file}/${entry.name}`;
    try {
      const nested = await unpacked(range, entry, inner);
      if (!isArchive(nested)) members.push({ name, bytes, place, error: null });
      else if (place.length >= MAX_DEPTH)
        throw refused(
          inner,
          'archive.depth',
          `${inner} is an archive in an archive in an archive.`,
          'Unpack the outer ones and import this one by itself.',
        );
      else {
        const below = await listBelow(nested, inner, `${name}/`, place, budget);
        members.push(...below.members);
        skipped.push(...below.skipped);
      }
    } catch (error) {
      if (!(error instanceof NexusError) || error.data.category !== 'input') throw error;
      members.push({ name, bytes, place, error: error.data });
    }
  }
  return { members, skipped };
};

/** All members of an archive, those of archives in it included, in the order of the directories. Throws NexusError `archive.*`. */
export const listArchive = (range: ByteRange, file: string): Promise<ArchiveListing> =>
  listBelow(range, file, '', [], archiveBudget());

/** The range in which a member's own entry lies: the archive, or the archive in it, unpacked. */
export const rangeOfMember = async (range: ByteRange, place: MemberPlace, name: string): Promise<ByteRange> =>
  place.length === 1 ? range : unpacked(range, place[0]!, name);
