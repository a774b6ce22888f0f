import { expect } from 'vitest';
import type { CodecFor } from '../../../../kernel/text.ts';
import type { CreateParser } from '../parser-context.ts';
import { FileRefused, type StatementParser } from '../statement-sink.ts';
import { TransactionColumnBuilder } from '../transaction-column-builder.ts';
import { codecOf, feed, RecordingSink } from './recording-sink.ts';

/** A sink that records what it is sent and is also what a parser's context asks for. */
class RecordingBuilder extends TransactionColumnBuilder {
  readonly recording = new RecordingSink();
  override statement(...of: Parameters<RecordingSink['statement']>): number {
    this.recording.statement(...of);
    return super.statement(...of);
  }
  override balances(...of: Parameters<RecordingSink['balances']>): void {
    this.recording.balances(...of);
    super.balances(...of);
  }
  override entries(...of: Parameters<RecordingSink['entries']>): void {
    this.recording.entries(...of);
    super.entries(...of);
  }
  override transaction(...of: Parameters<RecordingSink['transaction']>): void {
    this.recording.transaction(...of);
    super.transaction(...of);
  }
  override reject(...of: Parameters<RecordingSink['reject']>): void {
    this.recording.reject(...of);
    super.reject(...of);
  }
  override warn(...of: Parameters<RecordingSink['warn']>): void {
    this.recording.warn(...of);
    super.warn(...of);
  }
}

export interface ReadDocument {
  readonly sink: RecordingSink;
  readonly parser: StatementParser;
  readonly transcript: Uint8Array;
}

/** What the test's host has and the types of pure code do not name. */
interface Host {
  readonly TextDecoder: new (
    encoding: string,
    options: { readonly ignoreBOM: boolean },
  ) => { decode(bytes: Uint8Array): string };
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
}
const host = globalThis as unknown as Host;

/** The decoder of the test's host. */
export const hostCodec: CodecFor = encoding => {
  try {
    const decoder = new host.TextDecoder(encoding, { ignoreBOM: true });
    return codecOf(encoding, bytes => decoder.decode(bytes));
  } catch {
    return null;
  }
};

export const utf8 = (text: string): Uint8Array => new host.TextEncoder().encode(text);

/** Reads a document whole, in chunks of `size` bytes. */
export const readDocument = (create: CreateParser, document: Uint8Array | string, size = 65_536): ReadDocument => {
  const sink = new RecordingBuilder();
  const pieces: Uint8Array[] = [];
  const parser = create({
    sink,
    codecFor: hostCodec,
    overrides: {},
    transcript: bytes => {
      pieces.push(bytes);
    },
  });
  feed(parser, typeof document === 'string' ? utf8(document) : document, size);
  const transcript = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    transcript.set(piece, at);
    at += piece.length;
  }
  return { sink: sink.recording, parser, transcript };
};

/** The refusal of a document. */
export const refusalOf = (create: CreateParser, document: Uint8Array | string, size?: number): FileRefused => {
  try {
    readDocument(create, document, size);
  } catch (error) {
    if (error instanceof FileRefused) return error;
    throw error;
  }
  return expect.fail('the document was not refused');
};
