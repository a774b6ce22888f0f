import { createHash } from 'node:crypto';
import type { Seal } from '../../../platform/sealed-file.ts';
import { SealedReader } from '../../../platform/sealed-file.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import { FileSink } from './audit-export-sink.ts';

/** Re-hashes a sealed original on an analysis worker; may write it out, or hand back a part of it. */
export interface RehashTask {
  readonly task: 'rehash';
  readonly seal: Seal;
  /** Where it is written to while it is hashed; it gets its name only once the engine has recorded it. */
  readonly target: { readonly folder: string; readonly name: string } | null;
  readonly part: { readonly offset: number; readonly length: number } | null;
}

/** What was found. `found` null: it cannot be opened (its seal does not hold, or the file is gone). */
export interface Rehashed {
  readonly found: string | null;
  readonly bytes: number;
  readonly part: Uint8Array | null;
}

/** The engine's answer to what was found: whether the written file may stand. */
export interface KeepAnswer {
  readonly keep: boolean;
}

const read = (task: RehashTask, sink: FileSink | null): Rehashed => {
  let reader: SealedReader;
  try {
    reader = new SealedReader(task.seal.path, task.seal.key, task.seal.identity);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { found: null, bytes: 0, part: null };
    throw error;
  }
  const hash = createHash('sha256');
  try {
    for (const piece of reader.chunks()) {
      hash.update(piece);
      sink?.write(piece);
    }
    const { offset, length } = task.part ?? { offset: 0, length: 0 };
    const part = task.part === null || offset >= reader.length ? null : reader.read(offset, length).slice();
    return { found: hash.digest('hex'), bytes: reader.length, part };
  } catch (error) {
    if (errorDataOf(error).code !== 'evidence.damaged') throw error;
    return { found: null, bytes: reader.length, part: null };
  } finally {
    reader.close();
  }
};

/** Reads the original through. A file that was written out is kept only when the engine, having recorded it, says so. */
export const rehash = async (task: RehashTask, channel: TaskChannel): Promise<Rehashed> => {
  const sink = task.target === null ? null : new FileSink(task.target.folder, task.target.name);
  try {
    const result = read(task, sink);
    if (sink === null) return result;
    const { keep } = await new Promise<KeepAnswer>(resolve => {
      channel.onMessage(body => resolve(body as KeepAnswer));
      channel.send(result);
    });
    if (keep) sink.finish();
    else sink.abandon();
    return result;
  } catch (error) {
    sink?.abandon();
    throw error;
  }
};
