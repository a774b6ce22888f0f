import { parse } from 'csv-parse/sync';
import { gunzip, isGzip } from '../../../platform/source-file.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import type { MappingProposal } from '../domain/csv-mapping.ts';
import { proposeMapping } from '../domain/csv-mapping.ts';
import { sniffFormat } from '../domain/sniff-format.ts';
import type { Dialect } from '../domain/statement-sink.ts';
import { FileRefused } from '../domain/statement-sink.ts';
import { splitControls } from './control-totals.ts';
import type { SourceOrigin } from './source-origin.ts';
import { openSource } from './source-origin.ts';

const HEAD_BYTES = 256 << 10;
const SAMPLE_ROWS = 12;

/** Looks at the head of a table: its raw fields, and what each column is taken for. */
export interface SampleTableTask {
  readonly task: 'sample-table';
  readonly origin: SourceOrigin;
  readonly name: string;
  readonly overrides: Readonly<Record<string, string>>;
  /** How the table was read; null where it was refused. */
  readonly read: { readonly encoding: string; readonly dialect: Dialect } | null;
}

export interface TableSample {
  readonly columns: string[];
  readonly sample: { row: number; raw: string[] }[];
  /** Null for a file that is no table. */
  readonly mapping: MappingProposal | null;
}
export const NO_SAMPLE: TableSample = { columns: [], sample: [], mapping: null };

/** The first unpacked bytes of a file, and whether they are all of it. */
const headOf = async (
  origin: SourceOrigin,
  name: string,
): Promise<{ readonly head: Buffer; readonly whole: boolean }> => {
  const file = openSource(origin, name);
  try {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of plainChunks(file.chunks(), name)) {
      parts.push(chunk);
      bytes += chunk.length;
      if (bytes > HEAD_BYTES) break;
    }
    const all = Buffer.concat(parts);
    return { head: all.subarray(0, HEAD_BYTES), whole: all.length <= HEAD_BYTES };
  } finally {
    file.close();
  }
};

async function* plainChunks(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const original = (async function* (): AsyncGenerator<Uint8Array> {
    yield* chunks;
  })();
  const first = await original.next();
  if (first.done === true) return;
  const again = (async function* (): AsyncGenerator<Uint8Array> {
    yield first.value;
    yield* original;
  })();
  yield* isGzip(first.value) ? gunzip(again, name) : again;
}

const mappingOf = (head: Uint8Array, whole: boolean, overrides: Readonly<Record<string, string>>) => {
  try {
    return proposeMapping(head, whole, codecFor, splitControls(overrides).rest);
  } catch (error) {
    // Reading the file says what is wrong with it.
    if (error instanceof FileRefused) return null;
    throw error;
  }
};

/**
 * The first records of a table as raw fields, to be shown beside what was read from them, and the parts its columns are
 * taken to play. The fields are read by csv-parse with the dialect that was found: a second opinion, for people only.
 */
export const tableSample = async ({ origin, name, overrides, read }: SampleTableTask): Promise<TableSample> => {
  const { head, whole } = await headOf(origin, name);
  if (sniffFormat(head, codecFor).format !== 'csv') return NO_SAMPLE;
  const dialect = read?.dialect ?? {};
  const codec = codecFor(read?.encoding ?? 'utf-8') ?? codecFor('utf-8');
  const text = codec?.slice(head, 0, head.length).replace(/^\uFEFF/, '') ?? '';
  const records = parse(text, {
    delimiter: typeof dialect.delimiter === 'string' ? dialect.delimiter : [',', ';', '\t'],
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    to: SAMPLE_ROWS + 20,
  }) as string[][];
  const headerRow = typeof dialect.headerRow === 'number' ? dialect.headerRow : 0;
  const header = headerRow > 0 ? (records[headerRow - 1] ?? []) : [];
  const shown = records.slice(headerRow, headerRow + SAMPLE_ROWS);
  const width = Math.max(0, header.length, ...shown.map(record => record.length));
  return {
    columns: Array.from({ length: width }, (_, i) => header[i]?.trim() || String(i + 1)),
    sample: shown.map((raw, i) => ({ row: headerRow + i + 1, raw })),
    mapping: mappingOf(head, whole, overrides),
  };
};
