import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { isGzip } from '../../../platform/source-file.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import type { ParsedSource } from './parsed-source.ts';
import type { SourceOrigin } from './source-origin.ts';
import { openSource } from './source-origin.ts';

const HEAD_BYTES = 256 << 10;
/** Packed bytes looked at: even a file made to burst unpacks to little from these. */
const PACKED_BYTES = 64 << 10;
const SAMPLE_ROWS = 12;

export interface TableSample {
  readonly columns: string[];
  readonly sample: { row: number; raw: string[] }[];
}

/**
 * The first records of a table as raw fields, to be shown beside what was read from them. Read by csv-parse with the
 * dialect that was found: a second opinion on the columns, for people only.
 */
export const tableSample = async (
  origin: SourceOrigin,
  name: string,
  parsed: ParsedSource | null,
): Promise<TableSample> => {
  if (parsed !== null && parsed.format !== 'csv') return { columns: [], sample: [] };
  const file = openSource(origin, name);
  try {
    const first = await firstChunk(file.chunks());
    const plain = isGzip(first) ? gunzipSync(first.subarray(0, PACKED_BYTES), { finishFlush: 2 }) : first;
    const dialect = parsed?.dialect ?? {};
    const codec = codecFor(parsed?.encoding ?? 'utf-8') ?? codecFor('utf-8');
    const text = codec?.slice(plain, 0, Math.min(plain.length, HEAD_BYTES)).replace(/^\uFEFF/, '') ?? '';
    const records = parse(text, {
      delimiter: typeof dialect.delimiter === 'string' ? dialect.delimiter : [',', ';', '\t'],
      relax_column_count: true,
      relax_quotes: true,
      skip_records_with_error: true,
      to: SAMPLE_ROWS + 20,
    }) as string[][];
    const headerRow = typeof dialect.headerRow === 'number' ? dialect.headerRow : 0;
    const header = headerRow > 0 ? (records[headerRow - 1] ?? []) : [];
    const width = Math.max(0, ...records.slice(headerRow, headerRow + SAMPLE_ROWS).map(record => record.length));
    return {
      columns: Array.from({ length: Math.max(width, header.length) }, (_, i) => header[i]?.trim() || String(i + 1)),
      sample: records.slice(headerRow, headerRow + SAMPLE_ROWS).map((raw, i) => ({ row: headerRow + i + 1, raw })),
    };
  } finally {
    file.close();
  }
};

const firstChunk = async (chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  for await (const chunk of chunks) return chunk;
  return new Uint8Array();
};
