import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { NexusError } from '../contract/errors.ts';
import type { ByteRange } from './byte-range.ts';

/** Bytes a read takes from the file. */
const CHUNK = 1 << 20;
/** a compressed file may not grow more than a hundredfold nor beyond 4 GiB. */
const MAX_RATIO = 100;
const MAX_INFLATED = 4 * 1024 ** 3;
/** Below this size no ratio is suspicious. */
const RATIO_FLOOR = 16 << 20;

/** The refusal of a whole file, naming it and the way out. */
export const refused = (name: string, code: string, message: string, remedy: string): NexusError =>
  new NexusError({ code, category: 'input', message, file: name, kept: 'Nothing of this file was stored.', remedy });

const fsError = (name: string, error: unknown): NexusError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return refused(name, 'file.not-found', `${name}: there is no such file.`, 'Check the path.');
  if (code === 'EACCES' || code === 'EPERM')
    return refused(
      name,
      'file.unreadable',
      `${name}: this account may not read the file.`,
      'Change the file’s permissions or copy it first.',
    );
  if (code === 'EISDIR')
    return refused(name, 'file.directory', `${name} is a folder, not a file.`, 'Name the files inside it.');
  return refused(
    name,
    'file.unreadable',
    `${name}: ${error instanceof Error ? error.message : String(error)}`,
    'Copy the file from its medium again.',
  );
};

/** A file opened for one reading pass. Throws NexusError (`file.not-found`, `file.directory`, `file.unreadable`, `file.empty`). */
export class SourceFile implements ByteRange {
  readonly name: string;
  readonly bytes: number;
  private readonly fd: number;
  constructor(path: string, name: string) {
    this.name = name;
    try {
      this.fd = openSync(path, 'r');
    } catch (error) {
      throw fsError(name, error);
    }
    const stats = fstatSync(this.fd);
    if (!stats.isFile()) {
      closeSync(this.fd);
      throw refused(name, 'file.directory', `${name} is not a regular file.`, 'Name the files inside it.');
    }
    this.bytes = stats.size;
    if (this.bytes === 0) {
      closeSync(this.fd);
      throw refused(name, 'file.empty', `${name} is empty.`, 'Ask for the file again.');
    }
  }
  get length(): number {
    return this.bytes;
  }
  /** The file's own bytes in order. Chunks are fresh buffers. */
  *chunks(): Generator<Buffer> {
    for (let offset = 0; ; ) {
      const chunk = this.read(offset, CHUNK);
      if (chunk.length === 0) return;
      offset += chunk.length;
      yield chunk;
    }
  }
  /** Bytes [offset, offset + length) in a fresh buffer; fewer where the file ends before. */
  read(offset: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length);
    for (let got = 0; got < length; ) {
      let now: number;
      try {
        now = readSync(this.fd, buffer, got, length - got, offset + got);
      } catch (error) {
        throw fsError(this.name, error);
      }
      if (now === 0) return buffer.subarray(0, got);
      got += now;
    }
    return buffer;
  }
  close(): void {
    closeSync(this.fd);
  }
}

export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;

/** Inflates gzip (RFC 1952) chunk by chunk within R-45's limits, to `limit` bytes at most. Throws `gzip.damaged` or `gzip.bomb`. */
export async function* gunzip(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  name: string,
  limit = MAX_INFLATED,
): AsyncGenerator<Buffer> {
  let taken = 0;
  let given = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      taken += chunk.length;
      yield chunk;
    }
  };
  const inflated = pipeline(
    Readable.from(counted(), { objectMode: false }),
    createGunzip({ chunkSize: 256 << 10 }),
    // What ended the stream is thrown to whoever reads it.
    () => undefined,
  );
  try {
    for await (const chunk of inflated) {
      const bytes = chunk as Buffer;
      given += bytes.length;
      if (given > limit || (given > RATIO_FLOOR && given > taken * MAX_RATIO)) {
        inflated.destroy();
        throw refused(
          name,
          'gzip.bomb',
          `${name} inflates to more than NEXUS accepts (${MAX_RATIO} times its size, ${limit === MAX_INFLATED ? '4 GiB' : '2 GiB with the rest of its archive'}).`,
          'Unpack it yourself and import the parts you need.',
        );
      }
      yield bytes;
    }
  } catch (error) {
    if (error instanceof NexusError) throw error;
    throw refused(name, 'gzip.damaged', `${name} is a damaged or cut gzip file.`, 'Ask for the file again.');
  }
}
