import { createHash } from 'node:crypto';
import { NexusError } from '../../../contract/errors.ts';
import type { Seal } from '../../../platform/sealed-file.ts';
import { SealingWriter } from '../../../platform/sealed-file.ts';
import { gunzip, isGzip } from '../../../platform/source-file.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { sniffFormat } from '../domain/sniff-format.ts';
import type { Dialect, FormatName, StatementParser } from '../domain/statement-sink.ts';
import { FileRefused } from '../domain/statement-sink.ts';
import { TransactionColumnBuilder } from '../domain/transaction-column-builder.ts';
import type { ColumnSlice } from '../domain/transaction-columns.ts';
import type { ControlTotals } from './control-totals.ts';
import { checkControls, splitControls } from './control-totals.ts';
import { createParser } from './parsers.ts';
import type { OpenedSource, SourceOrigin } from './source-origin.ts';
import { openSource } from './source-origin.ts';
import type { TranscriptFacts } from './transcript.ts';
import { Transcript } from './transcript.ts';
import type { Utf16Text } from './utf16-text.ts';
import { utf16TextFor } from './utf16-text.ts';

/** Bytes looked at to tell the format. */
const HEAD_BYTES = 64 << 10;
/** A clean row of a bank's table is rarely shorter: sizes the columns so that they seldom grow. */
const TYPICAL_ROW_BYTES = 110;

export interface ReadSourceOptions {
  readonly origin: SourceOrigin;
  readonly name: string;
  /** The examiner's settings: how the file is read, and control totals (`controlCount` …) to check it against. */
  readonly overrides: Readonly<Record<string, string>>;
  /** Where and under which key the original is sealed while it is read; null seals nothing. */
  readonly seal: Seal | null;
  /** Where its readable text is sealed, should its own bytes not be readable in place; null seals none. */
  readonly textSeal: Seal | null;
  /** What a packed file may unpack to, where that is less than usual: its share of an archive's. */
  readonly unpackedLimit?: number | undefined;
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
  /** Bytes once unpacked. */
  readonly plainBytes: number;
  readonly format: FormatName;
  readonly encoding: string;
  readonly dialect: Dialect;
  readonly builder: TransactionColumnBuilder;
  readonly partial: boolean;
  /** What the places of records refer to, where that is not the original. */
  readonly transcript: TranscriptFacts | null;
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
 * the bytes that were hashed. Throws NexusError when the file is refused or disagrees with a control total; the sealed
 * copies are then incomplete and the caller removes them.
 */
export const readSource = async (options: ReadSourceOptions): Promise<SourceReading> => {
  const { controls, rest } = splitControls(options.overrides);
  const file = openSource(options.origin, options.name);
  const seal =
    options.seal === null ? null : new SealingWriter(options.seal.path, options.seal.key, options.seal.identity);
  const transcript = new Transcript(options.textSeal);
  try {
    return await readOpened(file, seal, transcript, controls, { ...options, overrides: rest });
  } catch (error) {
    seal?.abandon();
    transcript.abandon();
    throw error instanceof FileRefused ? refusalOf(options.name, error) : error;
  } finally {
    file.close();
  }
};

const readOpened = async (
  file: OpenedSource,
  seal: SealingWriter | null,
  transcript: Transcript,
  controls: ControlTotals,
  options: ReadSourceOptions,
): Promise<SourceReading> => {
  const hash = createHash('sha256');
  let bytesDone = 0;
  const watched = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of file.chunks()) {
      hash.update(chunk);
      seal?.write(chunk);
      bytesDone += chunk.length;
      options.onProgress?.(bytesDone, file.bytes);
      yield chunk;
    }
  };
  const original = watched();
  const begun = await original.next();
  const first = begun.done === true ? new Uint8Array() : begun.value;
  const again = async function* (): AsyncGenerator<Uint8Array> {
    yield first;
    yield* original;
  };
  const compression = isGzip(first) ? 'gzip' : null;
  const plain = compression === null ? again() : gunzip(again(), options.name, options.unpackedLimit);

  const builder = new TransactionColumnBuilder({
    capacityHint: Math.ceil(Math.min(options.headBytes ?? Infinity, file.bytes) / TYPICAL_ROW_BYTES) + 64,
    ...(options.onSlice === undefined ? {} : { onSlice: options.onSlice }),
  });
  let parser: StatementParser | null = null;
  let converter: Utf16Text | null = null;
  let format: FormatName = 'csv';
  let plainBytes = 0;
  let partial = false;
  let utf16 = '';
  for await (const chunk of plain) {
    if (chunk.length === 0) continue;
    if (parser === null) {
      const sniffed = sniffFormat(chunk.subarray(0, HEAD_BYTES), codecFor);
      if (sniffed.refusal !== undefined) throw new FileRefused(sniffed.refusal.code, sniffed.refusal.message);
      format = sniffed.format ?? 'csv';
      converter = utf16TextFor(format, sniffed.encoding);
      if (converter !== null) utf16 = sniffed.encoding;
      parser = createParser(format, {
        sink: builder,
        codecFor,
        overrides: options.overrides,
        transcript: transcript.transcribe,
      });
    }
    const given: Uint8Array = converter === null ? chunk : converter.write(chunk);
    if (converter !== null) transcript.given(given, 'text');
    else if (compression !== null) transcript.given(given, 'unpacked');
    plainBytes += chunk.length;
    if (
      options.headBytes !== undefined &&
      format === 'csv' &&
      plainBytes >= options.headBytes &&
      bytesDone < file.bytes
    ) {
      parser.write(given.subarray(0, given.lastIndexOf(0x0a) + 1));
      partial = true;
      break;
    }
    parser.write(given);
    const pause = options.mayGoOn?.() ?? null;
    if (pause !== null) await pause;
  }
  if (parser === null) throw new FileRefused('file.empty', 'it holds nothing once unpacked.');
  if (converter !== null) {
    const rest = converter.end();
    transcript.given(rest, 'text');
    parser.write(rest);
  }
  await parser.end();
  builder.finish();
  if (!partial) checkControls(controls, builder.statements(), builder.rejected.length, options.name);
  seal?.finish();
  return {
    name: options.name,
    bytes: file.bytes,
    sha256: partial ? null : hash.digest('hex'),
    compression,
    plainBytes,
    format,
    encoding: converter === null ? parser.encoding() : utf16,
    dialect: parser.dialect(),
    builder,
    partial,
    transcript: transcript.finish(),
  };
};
