import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NexusError } from '../../../contract/errors.ts';
import { syncFolder } from '../../../platform/workspace-files.ts';

/** Where an export's bytes go. */
export interface ExportSink {
  write(bytes: Uint8Array): void;
  /** All of it is there, durably, under its name; answers the content where it is kept in memory. */
  finish(): Uint8Array | null;
  /** Nothing of it remains. */
  abandon(): void;
}

/** What is answered over the wire at most: a larger export goes to a folder. */
const MAX_CONTENT_BYTES = 32 * 1024 * 1024;

/** Keeps an export in memory: no plaintext of it touches the disk here. */
export class MemorySink implements ExportSink {
  private readonly parts: Uint8Array[] = [];
  private bytes = 0;
  write(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    if (this.bytes > MAX_CONTENT_BYTES)
      throw new NexusError({
        code: 'export.too-large',
        category: 'usage',
        message: 'The export is larger than 32 MiB.',
        kept: 'Nothing was exported.',
        remedy: 'Choose a folder it is written to.',
      });
    this.parts.push(bytes.slice());
  }
  finish(): Uint8Array {
    return Buffer.concat(this.parts);
  }
  abandon(): void {
    this.parts.length = 0;
  }
}

/** Refuses a place where a file lies already: an export never replaces anything. */
const assertFree = (path: string): void => {
  if (!existsSync(path)) return;
  throw new NexusError({
    code: 'export.exists',
    category: 'conflict',
    message: `${path} is there already.`,
    kept: 'Nothing was exported.',
    remedy: 'Choose another folder.',
  });
};

/** Writes under another name until the file is whole and durable. */
export class FileSink implements ExportSink {
  private readonly folder: string;
  private readonly path: string;
  private readonly partial: string;
  private readonly fd: number;
  private isOpen = true;
  constructor(folder: string, name: string) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
    this.path = join(folder, name);
    assertFree(this.path);
    this.partial = `${this.path}.partial`;
    this.fd = openSync(this.partial, 'w', 0o600);
  }
  write(bytes: Uint8Array): void {
    writeFileSync(this.fd, bytes);
  }
  finish(): null {
    fsyncSync(this.fd);
    this.close();
    assertFree(this.path);
    renameSync(this.partial, this.path);
    syncFolder(this.folder);
    return null;
  }
  abandon(): void {
    this.close();
    rmSync(this.partial, { force: true });
  }
  private close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    closeSync(this.fd);
  }
}

/** A small file beside an export; one of that name that holds the same stays as it is. */
export const writeBeside = (folder: string, name: string, bytes: Uint8Array): void => {
  const sink = new FileSink(folder, name);
  sink.write(bytes);
  sink.finish();
};

/** Gathers small pieces and counts and hashes what went through. */
export class HashingSink {
  private readonly sink: ExportSink;
  private readonly hash = createHash('sha256');
  private pending: Buffer[] = [];
  private held = 0;
  bytes = 0;
  constructor(sink: ExportSink) {
    this.sink = sink;
  }
  write(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    this.hash.update(bytes);
    this.bytes += bytes.length;
    this.pending.push(bytes);
    this.held += bytes.length;
    if (this.held >= FLUSH_BYTES) this.flush();
  }
  /** SHA-256 of all that was written so far, in hex. */
  digest(): string {
    return this.hash.copy().digest('hex');
  }
  finish(): Uint8Array | null {
    this.flush();
    return this.sink.finish();
  }
  abandon(): void {
    this.sink.abandon();
  }
  private flush(): void {
    if (this.held > 0) this.sink.write(Buffer.concat(this.pending));
    this.pending = [];
    this.held = 0;
  }
}
const FLUSH_BYTES = 1 << 20;
