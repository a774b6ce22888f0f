import { openDatabase } from './database.ts';

export interface CheckpointTask {
  readonly task: 'checkpoint';
  readonly storePath: string;
  readonly key: Uint8Array;
}

/**
 * Moves committed pages from the write-ahead log into the store (PASSIVE: waits for nobody). The connection is made for
 * this alone: one that was kept would outlive the workspace's closing, with its key and its hold on the files.
 */
export const checkpoint = ({ storePath, key }: CheckpointTask): null => {
  const db = openDatabase(storePath, key, { mode: 'write' });
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
    return null;
  } finally {
    db.close();
  }
};
