import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { ArchiveListing } from '../../../platform/archive-listing.ts';
import { isArchive, listArchive } from '../../../platform/archive-listing.ts';
import { utf8 } from '../../../platform/digest.ts';
import type { Seal } from '../../../platform/sealed-file.ts';
import { SealingWriter } from '../../../platform/sealed-file.ts';
import { SourceFile } from '../../../platform/source-file.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import { partyKey } from '../../standardization/domain/party-key.ts';
import { analysisColumns, shareColumns } from '../domain/shared-columns.ts';
import { TransactionColumnBuilder } from '../domain/transaction-column-builder.ts';
import type { ParsedSource, ParserMessage } from './parsed-source.ts';
import { columnsDigest, writeSealedColumns } from './sealed-columns.ts';
import type { ArchiveOrigin } from './source-origin.ts';
import { openArchive } from './source-origin.ts';
import { ImportTextsDigest } from './stored-digests.ts';

/** Says what an archive holds; null for a file that is none. */
export interface ListArchiveTask {
  readonly task: 'list-archive';
  readonly origin: ArchiveOrigin;
  readonly name: string;
  /** Also compute the SHA-256 of the archive itself. */
  readonly digest: boolean;
}
export interface ListedArchive extends ArchiveListing {
  readonly bytes: number;
  readonly sha256: string | null;
}

/** Seals an archive as a source of its own, which holds no records. */
export interface SealArchiveTask {
  readonly task: 'seal-archive';
  readonly path: string;
  readonly name: string;
  readonly source: number;
  readonly seal: Seal;
  readonly columnsSeal: Seal;
}
export interface SealedArchive {
  readonly parsed: ParsedSource;
  readonly listing: ArchiveListing;
}

/** The archive listed last: its members are asked for one after the other. */
let listed: { readonly key: string; readonly listing: ArchiveListing; readonly sha256: string | null } | null = null;

const CHUNK = 1 << 20;

/** Lists an archive; null for a file that is none. Throws NexusError `archive.*`, `file.*`. */
export const listArchiveFile = async (
  { origin, name, digest }: ListArchiveTask,
  channel: TaskChannel,
): Promise<ListedArchive | null> => {
  const range = openArchive(origin, name);
  try {
    if (!isArchive(range)) return null;
    const path = origin.kind === 'file' ? origin.path : origin.seal.path;
    const { mtimeMs, size } = statSync(path);
    const key = JSON.stringify([path, name, mtimeMs, size]);
    if (listed?.key !== key) listed = { key, listing: await listArchive(range, name), sha256: null };
    if (digest && listed.sha256 === null) {
      const hash = createHash('sha256');
      for (let at = 0; at < range.length; at += CHUNK) {
        hash.update(range.read(at, CHUNK));
        channel.send({ kind: 'progress', done: at, total: range.length } satisfies ParserMessage);
      }
      listed = { ...listed, sha256: hash.digest('hex') };
    }
    return { ...listed.listing, bytes: range.length, sha256: listed.sha256 };
  } finally {
    range.close();
  }
};

/**
 * Seals an archive and lists the sealed copy: what is read as its members afterwards are the bytes that were hashed.
 * Throws NexusError `archive.*`, `file.*`; the sealed copy is then incomplete and the caller removes it.
 */
export const sealArchive = async (task: SealArchiveTask, channel: TaskChannel): Promise<SealedArchive> => {
  const { path, name, seal, columnsSeal, source } = task;
  const file = new SourceFile(path, name);
  const hash = createHash('sha256');
  try {
    // Refused before a byte of it is kept.
    await listArchive(file, name);
    const writer = new SealingWriter(seal.path, seal.key, seal.identity);
    try {
      let done = 0;
      for (const chunk of file.chunks()) {
        hash.update(chunk);
        writer.write(chunk);
        done += chunk.length;
        channel.send({ kind: 'progress', done, total: file.bytes } satisfies ParserMessage);
      }
    } catch (error) {
      writer.abandon();
      throw error;
    }
    writer.finish();
  } finally {
    file.close();
  }
  const sealed = openArchive({ kind: 'sealed', seal }, name);
  try {
    const listing = await listArchive(sealed, name);
    return { listing, parsed: withoutRecords(name, sealed.length, hash.digest('hex'), listing, source, columnsSeal) };
  } finally {
    sealed.close();
  }
};

const withoutRecords = (
  name: string,
  bytes: number,
  sha256: string,
  { members, skipped }: ArchiveListing,
  source: number,
  columnsSeal: Seal,
): ParsedSource => {
  const builder = new TransactionColumnBuilder();
  builder.finish();
  const columns = analysisColumns(builder.columns());
  const hasNone = (): boolean => false;
  writeSealedColumns(columnsSeal, columns, hasNone);
  return {
    name,
    bytes,
    sha256,
    compression: null,
    plainBytes: bytes,
    format: 'zip',
    encoding: 'binary',
    dialect: { members: members.length, skipped: [...skipped] },
    statements: [],
    headers: [],
    rejected: [],
    warnings: skippedWarning(skipped),
    scale: builder.scale,
    count: 0,
    columnsSha256: columnsDigest(columns, hasNone),
    textsSha256: new ImportTextsDigest().finish(() => []),
    columns: shareColumns(source, columns, builder.scale, () => [], partyKey, utf8),
    partial: false,
    transcript: null,
  };
};

/** Names listed in the warning; the rest is counted. */
const NAMED = 20;

/** One warning for all that was passed over. */
export const skippedWarning = (skipped: readonly string[]): { row: null; code: string; message: string }[] => {
  if (skipped.length === 0) return [];
  const more = skipped.length > NAMED ? ` and ${skipped.length - NAMED} more` : '';
  const message = `Passed over in the archive, since folders and what operating systems leave behind hold no records: ${skipped.slice(0, NAMED).join(', ')}${more}.`;
  return [{ row: null, code: 'archive.skipped', message }];
};
