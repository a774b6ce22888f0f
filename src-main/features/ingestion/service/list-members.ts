import { NexusError } from '../../../contract/errors.ts';
import type { WorkerPool } from '../../../platform/worker-pool.ts';
import { lookAt } from './requested-file.ts';
import { listedArchive } from './run-parser.ts';

/** Names and sizes of an archive's members; null for any other file, a refused one included: reading it says why. */
export const archiveMembers = async (
  pool: WorkerPool,
  path: string,
  name: string,
): Promise<{ name: string; bytes: number }[] | null> => {
  try {
    if (!lookAt(path, name).mayBeArchive) return null;
    const archive = await listedArchive(pool, path, name, { digest: true });
    if (archive === null || archive.members.length === 0) return null;
    return archive.members.map(member => ({ name: member.name, bytes: member.bytes }));
  } catch (error) {
    if (error instanceof NexusError && error.data.category === 'input') return null;
    throw error;
  }
};
