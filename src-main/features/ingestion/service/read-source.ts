import { createHash } from 'node:crypto';
import { NexusError } from '../../../contract/errors.ts';
import { SealingWriter } from '../../../platform/sealed-file.ts';
import { gunzip, isGzip, SourceFile } from '../../../platform/source-file.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { sniffFormat } from '../domain/sniff-format.ts';
import type { Dialect, FormatName, StatementParser } from '../domain/statement-sink.ts';
import { FileRefused } from '../domain/statement-sink.ts';
import { TransactionColumnBuilder } from '../domain/transaction-column-builder.ts';
import type { ColumnSlice } from '../domain/transaction-columns.ts';
import { createParser } from './parsers.ts';

/** Bytes looked at to tell the format. */
const HEAD_BYTES = 64 << 10;
/** A clean row of a bank's table is rarely shorter: sizes the columns so that they seldom grow. */
const TYPICAL_ROW_BYTES = 110;

export interface ReadSourceOptions {
  readonly path: string;
  readonly name: string;
  readonly overrides: Readonly<Record<string, string>>;
  /** Where and under which key the original is sealed while it is read; null seals nothing. */
  readonly seal: { readonly path: string; readonly key: Uint8Array; readonly identity: string } | null;
  /** Stop after about this many bytes, at a line end (preview of a large table). */
  readonly headBytes?: number;
  readonly onSlice?: (slice: ColumnSlice) => void;
  /** Resolves when the reader may go on: keeps the writing thread from being flooded. */
  readonly mayGoOn?: () => Promise<void> | null;
  readonly onProgress?: (bytesDone: number, bytesTotal: number) => void;
}

export interface SourceReading {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of the file as it lies on disk; null when only its head was read. */
  readonly sha256: string | null;
  readonly compression: 'gzip' | null;
  readonly format: FormatName;
  readonly encoding: string;
  readonly dialect: Dialect;
  readonly builder: TransactionColumnBuilder;
  readonly partial: boolean;
}

/** A parser's refusal as the error a person sees, naming the file and the place. */
export const refusalOf = (name: string, refused: FileRefused): NexusError =>
  new NexusError({
    code: refused.code,
    category: 'input',
    message: `${name}: ${refused.message}`,
    file: name,
    kept: 'Nothing of this file was stored.',
    ...(refused.row === null ? {} : { row: refused.row }),
    ...(refused.candidates === null ? {} : { candidates: refused.candidates }),
  });

/**
 * Reads one file in one pass: each chunk is hashed and sealed before it is parsed, so the bytes that were parsed are
 * the bytes that were hashed. Throws NexusError when the file is refused; the sealed copy is then incomplete and the
 * caller removes it.
 */
export const readSource = async (options: ReadSourceOptions): Promise<SourceReading> => {
  const file = new SourceFile(options.path, options.name);
  const seal =
    options.seal === null ? null : new SealingWriter(options.seal.path, options.seal.key, options.seal.identity);
  try {
    return await readOpened(file, seal, options);
  } catch (error) {
    seal?.abandon();
    throw error instanceof FileRefused ? refusalOf(options.name, error) : error;
  } finally {
    file.close();
  }
};

const readOpened = async (
  file: SourceFile,
  seal: SealingWriter | null,
  options: ReadSourceOptions,
): Promise<SourceReading> => {
  const hash = createHash('sha256');
  let bytesDone = 0;
  const watched = function* (): Generator<Buffer> {
    for (const chunk of file.chunks()) {
      hash.update(chunk);
      seal?.write(chunk);
      bytesDone += chunk.length;
      options.onProgress?.(bytesDone, file.bytes);
      yield chunk;
    }
  };
  const raw = watched();
  const first = raw.next().value as Buffer;
  const original = (function* (): Generator<Buffer> {
    yield first;
    yield* raw;
  })();
  const compression = isGzip(first) ? 'gzip' : null;
  const plain: Iterable<Buffer> | AsyncIterable<Buffer> =
    compression === null ? original : gunzip(original, options.name);

  const builder = new TransactionColumnBuilder({
    capacityHint: Math.ceil(Math.min(options.headBytes ?? Infinity, file.bytes) / TYPICAL_ROW_BYTES) + 64,
    ...(options.onSlice === undefined ? {} : { onSlice: options.onSlice }),
  });
  let parser: StatementParser | null = null;
  let format: FormatName = 'csv';
  let plainBytes = 0;
  let partial = false;
  for await (const chunk of plain) {
    if (parser === null) {
      const sniffed = sniffFormat(chunk.subarray(0, HEAD_BYTES), codecFor);
      if (sniffed.refusal !== undefined) throw new FileRefused(sniffed.refusal.code, sniffed.refusal.message);
      format = sniffed.format ?? 'csv';
      parser = createParser(format, { sink: builder, codecFor, overrides: options.overrides, transcript: () => {} });
    }
    plainBytes += chunk.length;
    if (
      options.headBytes !== undefined &&
      format === 'csv' &&
      plainBytes >= options.headBytes &&
      bytesDone < file.bytes
    ) {
      parser.write(chunk.subarray(0, chunk.lastIndexOf(0x0a) + 1));
      partial = true;
      break;
    }
    parser.write(chunk);
    const pause = options.mayGoOn?.() ?? null;
    if (pause !== null) await pause;
  }
  if (parser === null) throw new FileRefused('file.empty', 'it holds nothing once unpacked.');
  await parser.end();
  builder.finish();
  seal?.finish();
  return {
    name: options.name,
    bytes: file.bytes,
    sha256: partial ? null : hash.digest('hex'),
    compression,
    format,
    encoding: parser.encoding(),
    dialect: parser.dialect(),
    builder,
    partial,
  };
};
