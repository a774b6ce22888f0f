import Database from 'better-sqlite3';
import { NexusError } from '../contract/errors.ts';

/** Held while a workspace is open for work. */
export interface WorkspaceLock {
  release(): void;
}

/**
 * Keeps every other program (and a second opening in this one) out of a workspace: what looks like an import that a crash
 * left may be one under way elsewhere. The lock is SQLite's own on an empty file, so the operating system drops it when
 * the program dies. Throws `workspace.in-use`.
 */
export const lockWorkspace = (path: string): WorkspaceLock => {
  const db = new Database(path, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    throw new NexusError({
      code: 'workspace.in-use',
      category: 'conflict',
      message: 'This workspace is open in another window or program.',
      kept: 'Nothing was changed.',
      remedy: 'Close it there first.',
    });
  }
  return { release: () => db.close() };
};
