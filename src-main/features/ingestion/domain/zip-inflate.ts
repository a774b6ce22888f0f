import { Inflate } from 'fflate';
import { FileRefused } from './statement-sink.ts';
import type { ZipEntry } from './zip-archive.ts';
import { crc32 } from './zip-crc32.ts';

/** All files read from one archive may not unpack to more. */
const ZIP_MAX_PLAIN_BYTES = 2 ** 31;
/** A file may not unpack to more than this many times its packed size, once it is beyond the free allowance. */
const ZIP_MAX_RATIO = 100;
const ZIP_RATIO_FREE_BYTES = 1 << 20;
/** Packed bytes unpacked in one step: deflate yields at most 1,032 times as many. */
const STEP_BYTES = 1 << 15;

const METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
};

/** Unpacks entries of one archive within limits that hold for all of them together. */
export class ZipInflater {
  private readonly archive: Uint8Array;
  private plainBytes = 0;
  constructor(archive: Uint8Array) {
    this.archive = archive;
  }

  /**
   * Hands over an entry's bytes piece by piece. What has been handed over must not be used before this returns: size and
   * check sum are known at the end. Throws FileRefused `zip.encrypted`, `zip.method`, `zip.ratio`, `zip.too-large`,
   * `zip.damaged`.
   */
  read(entry: ZipEntry, onBytes: (bytes: Uint8Array) => void): void {
    const { name, method, packedBytes } = entry;
    if (entry.encrypted)
      throw new FileRefused(
        'zip.encrypted',
        `"${name}" in the ZIP container is encrypted with a password. Save the file without a password and try again.`,
      );
    if (method !== 0 && method !== 8)
      throw new FileRefused(
        'zip.method',
        `"${name}" in the ZIP container is packed with ${METHODS[method] ?? `method ${method}`}, which is not read. Pack it anew with the usual method (deflate).`,
      );
    this.check(entry, entry.plainBytes);
    let length = 0;
    let sum = 0;
    const receive = (bytes: Uint8Array): void => {
      if (bytes.length === 0) return;
      length += bytes.length;
      this.check(entry, length);
      sum = crc32(sum, bytes);
      onBytes(bytes);
    };
    const packed = this.archive.subarray(entry.dataStart, entry.dataStart + packedBytes);
    if (method === 0)
      for (let at = 0; at < packedBytes; at += STEP_BYTES) receive(packed.subarray(at, at + STEP_BYTES));
    else this.inflate(entry, packed, receive);
    this.plainBytes += length;
    if (length !== entry.plainBytes)
      damaged(entry, `unpacks to ${length} bytes where the directory says ${entry.plainBytes}`);
    if (sum !== entry.crc32) damaged(entry, 'does not match its check sum');
  }

  private inflate(entry: ZipEntry, packed: Uint8Array, receive: (bytes: Uint8Array) => void): void {
    const inflate = new Inflate(receive);
    for (let at = 0; at < packed.length || at === 0; at += STEP_BYTES) {
      const step = packed.subarray(at, at + STEP_BYTES);
      const final = at + STEP_BYTES >= packed.length;
      try {
        inflate.push(step, final);
      } catch (error) {
        // A refusal of the reader that receives the bytes comes through here as well.
        if (error instanceof FileRefused || !isInflateError(error)) throw error;
        damaged(entry, `cannot be unpacked (${error.message})`);
      }
    }
  }

  private check(entry: ZipEntry, bytes: number): void {
    if (bytes > ZIP_RATIO_FREE_BYTES && bytes > ZIP_MAX_RATIO * entry.packedBytes)
      throw new FileRefused(
        'zip.ratio',
        `"${entry.name}" in the ZIP container unpacks to more than ${ZIP_MAX_RATIO} times its size, as decompression bombs do. Save the file anew with the program that wrote it.`,
      );
    if (this.plainBytes + bytes > ZIP_MAX_PLAIN_BYTES)
      throw new FileRefused(
        'zip.too-large',
        'The ZIP container unpacks to more than 2 GiB. Split it into several files.',
      );
  }
}

/** What fflate throws carries a number for its kind (FlateErrorCode). */
const isInflateError = (error: unknown): error is Error =>
  error instanceof Error && typeof (error as { readonly code?: unknown }).code === 'number';

const damaged = (entry: ZipEntry, what: string): never => {
  throw new FileRefused(
    'zip.damaged',
    `"${entry.name}" in the ZIP container ${what}: the file is damaged. Ask for an unaltered copy.`,
  );
};
