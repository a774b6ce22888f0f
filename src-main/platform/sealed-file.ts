import { createCipheriv, createDecipheriv } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NexusError } from '../contract/errors.ts';
import type { ByteRange } from './byte-range.ts';
import { purposeKey } from './key-slots.ts';
import { syncFolder } from './workspace-files.ts';

/**
 * A sealed original: the file's bytes in 1 MiB pieces, each AES-256-GCM under a key of this file alone
 * (HKDF of the data key and the source's id), nonce = piece number, additional data = identity ‖ piece ‖ last.
 * Swapping, dropping, cutting, reordering or moving a piece to another source or case fails to open (after age's
 * STREAM construction). Nothing but ciphertext touches the disk.
 */
const PIECE = 1 << 20;
const TAG = 16;

/** Where a sealed original lies, the key of this file alone, and the identity its pieces are bound to. */
export interface Seal {
  readonly path: string;
  readonly key: Uint8Array;
  readonly identity: string;
}

export const sealOf = (evidenceFolder: string, dataKey: Uint8Array, caseId: string, sourceId: string): Seal => ({
  path: join(evidenceFolder, `${sourceId}.sealed`),
  key: purposeKey(dataKey, `evidence/v1/${sourceId}`),
  identity: `${caseId}/${sourceId}`,
});

/** The same for the columns of a source, which analysis reads. */
export const columnsSealOf = (evidenceFolder: string, dataKey: Uint8Array, caseId: string, sourceId: string): Seal => ({
  path: join(evidenceFolder, `${sourceId}.columns`),
  key: purposeKey(dataKey, `columns/v1/${sourceId}`),
  identity: `${caseId}/${sourceId}/columns`,
});

/** The same for the readable text of a source whose own bytes cannot be read in place (docs/adr/0030). */
export const textSealOf = (evidenceFolder: string, dataKey: Uint8Array, caseId: string, sourceId: string): Seal => ({
  path: join(evidenceFolder, `${sourceId}.text`),
  key: purposeKey(dataKey, `text/v1/${sourceId}`),
  identity: `${caseId}/${sourceId}/text`,
});

/** All that may be sealed of a source. */
export const sealedPaths = (evidenceFolder: string, sourceId: string): string[] =>
  ['sealed', 'columns', 'text'].map(kind => join(evidenceFolder, `${sourceId}.${kind}`));

/** The source a file of the evidence folder belongs to, by its name; null for a file of another kind. */
export const sealedSource = (file: string): string | null => /^(.+)\.(?:sealed|columns|text)$/.exec(file)?.[1] ?? null;

const nonceOf = (index: number): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 6, 6);
  return nonce;
};
const additional = (identity: string, index: number, last: boolean): Buffer =>
  Buffer.from(`${identity}\0${index}\0${last ? 1 : 0}`);

/** Seals bytes as they arrive. `finish` makes the file durable; `abandon` closes it (the caller removes it). */
export class SealingWriter {
  private readonly path: string;
  private readonly fd: number;
  private readonly key: Uint8Array;
  private readonly identity: string;
  private pending = Buffer.allocUnsafe(PIECE);
  private filled = 0;
  private index = 0;
  private closed = false;
  constructor(path: string, key: Uint8Array, identity: string) {
    this.path = path;
    this.fd = openSync(path, 'wx', 0o600);
    this.key = key;
    this.identity = identity;
  }
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.filled === PIECE) this.seal(false);
      const take = Math.min(PIECE - this.filled, bytes.length - at);
      this.pending.set(bytes.subarray(at, at + take), this.filled);
      this.filled += take;
      at += take;
    }
  }
  finish(): void {
    this.seal(true);
    fsyncSync(this.fd);
    this.close();
    // The name must outlive a power cut as well as the bytes.
    syncFolder(dirname(this.path));
  }
  abandon(): void {
    this.close();
  }
  /** Once: the number of a closed file may be another file's by then. */
  private close(): void {
    if (this.closed) return;
    this.closed = true;
    closeSync(this.fd);
  }
  private seal(last: boolean): void {
    const cipher = createCipheriv('aes-256-gcm', this.key, nonceOf(this.index));
    cipher.setAAD(additional(this.identity, this.index, last));
    const body = cipher.update(this.pending.subarray(0, this.filled));
    cipher.final();
    // Unlike writeSync, this goes on until all is written.
    writeFileSync(this.fd, body);
    writeFileSync(this.fd, cipher.getAuthTag());
    this.index += 1;
    this.filled = 0;
  }
}

const damaged = (index: number): NexusError =>
  new NexusError({
    code: 'evidence.damaged',
    category: 'integrity',
    message: `The sealed original cannot be opened at piece ${index}: it was changed, cut or belongs to another source.`,
    kept: 'The standardized records and the audit log are untouched.',
    remedy: 'Restore the evidence folder from a backup; do not delete the file.',
  });

/** Reads a sealed original, whole or in part. */
export class SealedReader implements ByteRange {
  private readonly fd: number;
  private readonly key: Uint8Array;
  private readonly identity: string;
  private readonly pieces: number;
  /** Bytes of the original. */
  readonly length: number;
  /** The piece read last: whoever goes through a part of it in small steps opens it once. */
  private kept: { readonly index: number; readonly bytes: Uint8Array } | null = null;
  /** Where a piece is read to before it is opened: a large file does not leave its own size in garbage. */
  private readonly sealed = Buffer.allocUnsafeSlow(PIECE + TAG);
  constructor(path: string, key: Uint8Array, identity: string) {
    this.fd = openSync(path, 'r');
    this.key = key;
    this.identity = identity;
    const size = fstatSync(this.fd).size;
    this.pieces = Math.max(1, Math.ceil(size / (PIECE + TAG)));
    this.length = size - this.pieces * TAG;
  }
  close(): void {
    closeSync(this.fd);
  }
  /** The pieces in order. Throws `evidence.damaged` at the first that does not open. */
  *chunks(): Generator<Uint8Array> {
    for (let index = 0; index < this.pieces; index++) yield this.piece(index);
  }
  /** Bytes [offset, offset + length) of the original. */
  read(offset: number, length: number): Uint8Array {
    const end = Math.min(offset + length, this.length);
    const parts: Uint8Array[] = [];
    for (let index = Math.floor(offset / PIECE); index * PIECE < end; index++) {
      const base = index * PIECE;
      if (this.kept?.index !== index) this.kept = { index, bytes: this.piece(index) };
      parts.push(this.kept.bytes.subarray(Math.max(0, offset - base), Math.min(PIECE, end - base)));
    }
    return Buffer.concat(parts);
  }
  private piece(index: number): Uint8Array {
    const { sealed } = this;
    const got = readSync(this.fd, sealed, 0, sealed.length, index * (PIECE + TAG));
    if (got < TAG) throw damaged(index);
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonceOf(index));
    decipher.setAAD(additional(this.identity, index, index === this.pieces - 1));
    decipher.setAuthTag(sealed.subarray(got - TAG, got));
    try {
      const opened = decipher.update(sealed.subarray(0, got - TAG));
      const rest = decipher.final();
      // A stream mode has given everything before: only the tag was left to check.
      return rest.length === 0 ? opened : Buffer.concat([opened, rest]);
    } catch {
      throw damaged(index);
    }
  }
}
