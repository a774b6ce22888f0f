import { gunzipSync } from 'node:zlib';
import type { OpenWorkspace } from '../../../engine/open-workspace.ts';
import type { Seal } from '../../../platform/sealed-file.ts';
import { SealedReader, textSealOf } from '../../../platform/sealed-file.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import type { SourceRecord } from '../storage/source.repository.ts';

/** A longer record is shown cut; the whole stays in the sealed original. */
const SHOWN_BYTES = 64 << 10;

const readAt = ({ path, key, identity }: Seal, pick: (reader: SealedReader) => Uint8Array): Uint8Array => {
  const reader = new SealedReader(path, key, identity);
  try {
    return pick(reader);
  } finally {
    reader.close();
  }
};

/**
 * The record as it stands in the sealed original, or in the readable text sealed beside it, by its bytes. Throws
 * `evidence.damaged` when that does not open.
 */
export const rawRecord = (
  workspace: OpenWorkspace,
  source: SourceRecord,
  byteOffset: number,
  byteLength: number,
): { readonly text: string; readonly truncated: boolean } => {
  const length = Math.min(byteLength, SHOWN_BYTES);
  const original = workspace.seal(source.case_id, source.id);
  const inPlace = (reader: SealedReader): Uint8Array => reader.read(byteOffset, length);
  let bytes: Uint8Array;
  if (source.text_sha256 !== null)
    bytes = readAt(textSealOf(workspace.evidenceFolder, workspace.dataKey, source.case_id, source.id), inPlace);
  else if (source.compression === 'gzip')
    // Imported before its unpacked bytes were sealed too: unpacked again as a whole.
    bytes = readAt(original, reader => gunzipSync(Buffer.concat([...reader.chunks()]))).subarray(
      byteOffset,
      byteOffset + length,
    );
  else bytes = readAt(original, inPlace);
  const codec = codecFor(source.text_encoding ?? source.encoding) ?? codecFor('windows-1252');
  return { text: codec?.slice(bytes, 0, bytes.length) ?? '', truncated: byteLength > SHOWN_BYTES };
};
