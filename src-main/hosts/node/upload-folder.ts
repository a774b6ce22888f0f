import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NexusError } from '../../contract/errors.ts';
import { makeTemporaryFolder } from './leftover-folders.ts';

/** Largest file a browser may hand over, in bytes. */
export const MAX_UPLOAD_BYTES = 16 * 1024 ** 3;

const PREFIX = 'nexus-uploads-';

/**
 * Where files from the browser lie while they are in use: a folder only this user can enter, with one folder a session.
 * They are evidence in plain text, so they go when their session is locked or ends, and what a killed process left is
 * removed by the next start.
 */
export class UploadFolder {
  private readonly path: string;
  private count = 0;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(parent: string = tmpdir()): Promise<UploadFolder> {
    return new UploadFolder(await makeTemporaryFolder(parent, PREFIX));
  }

  /** Streams a body into a file named as the user's; resolves to its path. A body that breaks off leaves nothing. */
  async receive(sessionKey: string, name: string, body: Readable, maximumBytes = MAX_UPLOAD_BYTES): Promise<string> {
    this.count += 1;
    const folder = join(this.sessionFolder(sessionKey), String(this.count));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, safeFileName(name));
    try {
      await pipeline(body, limitBytes(maximumBytes), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw uploadError(error);
    }
    return path;
  }

  async forgetSession(sessionKey: string): Promise<void> {
    await rm(this.sessionFolder(sessionKey), { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  /** Session keys are our own base64url text: safe as a folder's name. Only a part of the secret is written to disk. */
  private sessionFolder(sessionKey: string): string {
    return join(this.path, sessionKey.slice(0, 12));
  }
}

/**
 * The user's file name as one that every file system takes as a plain file: the last segment, without control and
 * direction-changing characters, streams (`:`) and wildcards, not a Windows device name, at most 240 bytes.
 */
export const safeFileName = (name: string): string => {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '_').replace(/^[. ]+|[. ]+$/g, '');
  const kept = fitBytes(plain, MAX_NAME_BYTES);
  if (kept === '') return 'file';
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(kept) ? `_${kept}` : kept;
};

/** Below the 255 bytes of common file systems. */
const MAX_NAME_BYTES = 240;

/** A name that is too long keeps its beginning and its last 20 characters, in which the extension lies. */
const fitBytes = (name: string, maximumBytes: number): string => {
  if (Buffer.byteLength(name) <= maximumBytes) return name;
  const characters = [...name];
  const tail = `~${characters.slice(-20).join('')}`;
  let head = '';
  for (const character of characters) {
    if (Buffer.byteLength(head + character + tail) > maximumBytes) break;
    head += character;
  }
  return head + tail;
};

const limitBytes = (maximumBytes: number): Transform => {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= maximumBytes) done(null, chunk);
      else done(new NexusError({ code: 'file.too-large', category: 'input', message: 'The file is too large' }));
    },
  });
};

const uploadError = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    ? new NexusError({
        code: 'disk.full',
        category: 'input',
        message: 'The disk that holds temporary files is full',
        kept: 'Nothing of the file was kept.',
        remedy: 'Free space, or set TMPDIR to a folder on another disk, and choose the file again.',
      })
    : error;
