import type { Connection } from './database.ts';
import { openDatabase } from './database.ts';

export interface CheckpointTask {
  readonly task: 'checkpoint';
  readonly storePath: string;
  readonly key: Uint8Array;
}

let kept: { readonly path: string; readonly db: Connection } | null = null;

/**
 * Moves committed pages from the write-ahead log into the store (PASSIVE: waits for nobody). The connection is kept for
 * the next call on this thread.
 */
export const checkpoint = ({ storePath, key }: CheckpointTask): null => {
  if (kept?.path !== storePath) {
    kept?.db.close();
    kept = { path: storePath, db: openDatabase(storePath, key, { mode: 'write' }) };
  }
  kept.db.pragma('wal_checkpoint(PASSIVE)');
  return null;
};
