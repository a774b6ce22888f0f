import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes a folder that only this user can enter (mkdtemp makes it 0700), and removes those that killed processes left. */
export const makeTemporaryFolder = async (parent: string, prefix: string): Promise<string> => {
  for (const entry of await readdir(parent, { withFileTypes: true })) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(entry.name)?.[1];
    if (pid === undefined || !entry.isDirectory() || isAlive(Number(pid))) continue;
    await rm(join(parent, entry.name), { recursive: true, force: true }).catch(ignoreOthersFolder);
  }
  return mkdtemp(join(parent, `${prefix}${process.pid}-`));
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** In a shared temporary folder another user's leftovers are theirs to remove. */
const ignoreOthersFolder = (error: unknown): void => {
  if (error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')) return;
  throw error;
};
