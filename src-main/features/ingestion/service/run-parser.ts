import { NexusError } from '../../../contract/errors.ts';
import type { TaskOptions, WorkerPool } from '../../../platform/worker-pool.ts';
import type { ListedArchive } from './archive-tasks.ts';
import type { ParserTask } from './parser-tasks.ts';

/** Runs a task on a parser worker. A refusal that does not name the file, as of a reader that had to be ended, is given its name. */
export const runParser = async (pool: WorkerPool, task: ParserTask, options: TaskOptions = {}): Promise<unknown> => {
  try {
    return await pool.run('parser', task, options);
  } catch (error) {
    if (!(error instanceof NexusError) || error.data.category !== 'input' || error.data.file !== undefined) throw error;
    throw new NexusError({ ...error.data, file: task.name, message: `${task.name}: ${error.data.message}` });
  }
};

/** What an archive on the disk holds; null for a file that is none. Throws NexusError `archive.*`, `file.*`. */
export const listedArchive = async (
  pool: WorkerPool,
  path: string,
  name: string,
  options: TaskOptions & { readonly digest: boolean },
): Promise<ListedArchive | null> =>
  (await runParser(
    pool,
    { task: 'list-archive', origin: { kind: 'file', path }, name, digest: options.digest },
    options,
  )) as ListedArchive | null;
