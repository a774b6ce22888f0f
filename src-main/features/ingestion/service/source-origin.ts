import { statSync } from 'node:fs';
import type { MemberPlace } from '../../../platform/archive-listing.ts';
import { rangeOfMember } from '../../../platform/archive-listing.ts';
import { memberChunks } from '../../../platform/archive-member.ts';
import type { ByteRange } from '../../../platform/byte-range.ts';
import type { Seal } from '../../../platform/sealed-file.ts';
import { SealedReader } from '../../../platform/sealed-file.ts';
import { SourceFile } from '../../../platform/source-file.ts';

/** Where the bytes of a file are read: on the disk, or as a member of an archive (on the disk, or sealed already). */
export type SourceOrigin =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'member'; readonly archive: ArchiveOrigin; readonly place: MemberPlace };
export type ArchiveOrigin =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'sealed'; readonly seal: Seal };

/** A source opened for one pass over its bytes. */
export interface OpenedSource {
  readonly bytes: number;
  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  close(): void;
}

export const openArchive = (origin: ArchiveOrigin, name: string): ByteRange =>
  origin.kind === 'file'
    ? new SourceFile(origin.path, name)
    : new SealedReader(origin.seal.path, origin.seal.key, origin.seal.identity);

/** An archive in the archive is unpacked once for the members that are read one after the other. */
const KEPT_BYTES = 64 << 20;
let kept: { readonly key: string; readonly range: ByteRange } | null = null;

const keyOf = (origin: ArchiveOrigin, place: MemberPlace): string => {
  const path = origin.kind === 'file' ? origin.path : origin.seal.path;
  const { mtimeMs, size } = statSync(path);
  return JSON.stringify([path, mtimeMs, size, place[0]]);
};

const memberRange = async (
  archive: ByteRange,
  origin: ArchiveOrigin,
  place: MemberPlace,
  name: string,
): Promise<ByteRange> => {
  if (place.length === 1) return archive;
  const key = keyOf(origin, place);
  if (kept?.key === key) return kept.range;
  const range = await rangeOfMember(archive, place, name);
  // A stored one is a part of the opened archive, which is closed after this pass.
  kept = place[0]!.method !== 0 && range.length <= KEPT_BYTES ? { key, range } : null;
  return range;
};

/** Opens a file or member. Throws NexusError (`file.*`, `archive.*`, `evidence.damaged`). */
export const openSource = (origin: SourceOrigin, name: string): OpenedSource => {
  if (origin.kind === 'file') return new SourceFile(origin.path, name);
  const { archive: archiveOrigin, place } = origin;
  const archive = openArchive(archiveOrigin, name);
  const entry = place.at(-1)!;
  return {
    bytes: entry.bytes,
    chunks: async function* () {
      yield* memberChunks(await memberRange(archive, archiveOrigin, place, name), entry, name);
    },
    close: () => archive.close(),
  };
};
