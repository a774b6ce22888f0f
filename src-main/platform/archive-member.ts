import { pipeline, Readable } from 'node:stream';
import { constants, crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { NexusError } from '../contract/errors.ts';
import type { ArchiveEntry } from './archive-directory.ts';
import type { ByteRange } from './byte-range.ts';
import { refused } from './source-file.ts';

const CHUNK = 1 << 20;
/** Packed bytes of which the beginning of a member is unpacked: at most 1,032 times as much comes out of them. */
const PEEKED_BYTES = 512;

function* packedChunks(range: ByteRange, { dataOffset, packedBytes }: ArchiveEntry): Generator<Uint8Array> {
  for (let at = 0; at < packedBytes; at += CHUNK) yield range.read(dataOffset + at, Math.min(CHUNK, packedBytes - at));
}

/**
 * The bytes of a member, unpacked in bounded memory and checked against size and CRC-32 of its entry.
 * Throws NexusError `archive.damaged`, or `archive.size-lie` for one that unpacks to more than it states.
 */
export async function* memberChunks(range: ByteRange, entry: ArchiveEntry, name: string): AsyncGenerator<Buffer> {
  const again = 'Ask for the archive again, or for its files by themselves.';
  const damaged = (): NexusError =>
    refused(name, 'archive.damaged', `${name} is damaged: it does not unpack to what its archive states.`, again);
  const packed = packedChunks(range, entry);
  const inflater = entry.method === 0 ? null : createInflateRaw({ chunkSize: 256 << 10 });
  const plain =
    inflater === null
      ? packed
      : // What ended the stream is thrown to whoever reads it.
        pipeline(Readable.from(packed, { objectMode: false }), inflater, () => undefined);
  let given = 0;
  let sum = 0;
  try {
    for await (const chunk of plain) {
      const bytes = chunk as Buffer;
      given += bytes.length;
      if (given > entry.bytes)
        throw refused(name, 'archive.size-lie', `${name} unpacks to more than its archive states.`, again);
      sum = crc32(bytes, sum);
      yield bytes;
    }
  } catch (error) {
    if (error instanceof NexusError) throw error;
    throw damaged();
  } finally {
    inflater?.destroy();
  }
  if (given !== entry.bytes || sum !== entry.crc32) throw damaged();
  // Bytes after the end of the deflated stream would be hidden from everyone who unpacks the member.
  if (inflater !== null && inflater.bytesWritten !== entry.packedBytes) throw damaged();
}

/** The first bytes of a member, unpacked; empty where they cannot be. */
export const memberHead = (range: ByteRange, entry: ArchiveEntry): Uint8Array => {
  const packed = range.read(entry.dataOffset, Math.min(PEEKED_BYTES, entry.packedBytes));
  if (entry.method === 0) return packed;
  try {
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    // Reading the member will say what is wrong with it.
    return new Uint8Array();
  }
};
