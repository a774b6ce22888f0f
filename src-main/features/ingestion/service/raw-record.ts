import { gunzipSync } from 'node:zlib';
import type { OpenWorkspace } from '../../../engine/open-workspace.ts';
import { SealedReader } from '../../../platform/sealed-file.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import type { SourceRecord } from '../storage/source.repository.ts';

/** A longer record is shown cut; the whole stays in the sealed original. */
const SHOWN_BYTES = 64 << 10;

/** The record as it stands in the sealed original, by its bytes. Throws `evidence.damaged` when the original does not open. */
export const rawRecord = (
  workspace: OpenWorkspace,
  source: SourceRecord,
  byteOffset: number,
  byteLength: number,
): { readonly text: string; readonly truncated: boolean } => {
  const { path, key, identity } = workspace.seal(source.case_id, source.id);
  const reader = new SealedReader(path, key, identity);
  try {
    const length = Math.min(byteLength, SHOWN_BYTES);
    const bytes =
      source.compression === 'gzip'
        ? gunzipSync(Buffer.concat([...reader.chunks()])).subarray(byteOffset, byteOffset + length)
        : reader.read(byteOffset, length);
    const codec = codecFor(source.encoding) ?? codecFor('windows-1252');
    return { text: codec?.slice(bytes, 0, bytes.length) ?? '', truncated: byteLength > SHOWN_BYTES };
  } finally {
    reader.close();
  }
};
