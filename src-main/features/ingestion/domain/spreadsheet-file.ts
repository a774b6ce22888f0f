import { FileRefused } from './statement-sink.ts';

/** Holds a file whose parts cannot be read in the order of its bytes. */
export class WholeFile {
  private readonly maxBytes: number;
  private chunks: Uint8Array[] = [];
  private length = 0;
  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Adds a copy of a chunk. Throws FileRefused `file.too-large`. */
  write(chunk: Uint8Array): void {
    this.length += chunk.length;
    if (this.length > this.maxBytes)
      throw new FileRefused(
        'file.too-large',
        `The workbook is larger than ${this.maxBytes / 2 ** 20} MiB. Save its sheets as CSV, or split it.`,
      );
    this.chunks.push(chunk.slice());
  }

  /** All bytes; the file is let go. */
  take(): Uint8Array {
    const { chunks } = this;
    this.chunks = [];
    if (chunks.length === 1) return chunks[0]!;
    const bytes = new Uint8Array(this.length);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }
}
