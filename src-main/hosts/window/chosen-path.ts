import { realpath, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { NexusError } from '../../contract/errors.ts';

/** Most files one choice may hold; the same bound as `imports.start`. */
export const MAX_CHOSEN_FILES = 500;

/**
 * The real path of a file that the user chose or dropped: absolute, a regular file, links resolved once so that a later
 * swap of a link changes nothing. Refuses names that a file system reads as something else than a file: NUL,
 * Windows device paths (`\\?\`, `\\.\`) and alternate data streams (`file.csv:stream`).
 */
export const resolveChosenFile = async (
  path: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string> => {
  if (!isAbsolute(path) || path.includes('\0') || (platform === 'win32' && !isPlainWindowsPath(path)))
    throw refusedPath('The chosen file has a path that cannot be used');
  try {
    const real = await realpath(path);
    if ((await stat(real)).isFile()) return real;
  } catch {
    throw refusedPath('The chosen file is not there or cannot be read');
  }
  throw refusedPath('Only files can be chosen here, not folders or devices');
};

const isPlainWindowsPath = (path: string): boolean => !/^[\\/]{2}[?.][\\/]/.test(path) && !path.slice(2).includes(':');

const refusedPath = (message: string): NexusError =>
  new NexusError({ code: 'file.refused', category: 'input', message, remedy: 'Choose another file.' });
