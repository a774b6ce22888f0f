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
export const resolveChosenFile = (path: string, platform: NodeJS.Platform = process.platform): Promise<string> =>
  resolveChosen(path, 'file', platform);

/** The real path of a folder that the user chose to be written into, under the same rules. */
export const resolveChosenFolder = (path: string, platform: NodeJS.Platform = process.platform): Promise<string> =>
  resolveChosen(path, 'folder', platform);

const resolveChosen = async (path: string, kind: 'file' | 'folder', platform: NodeJS.Platform): Promise<string> => {
  if (!isAbsolute(path) || path.includes('\0') || (platform === 'win32' && !isPlainWindowsPath(path)))
    throw refusedPath(kind, `The chosen ${kind} has a path that cannot be used`);
  try {
    const real = await realpath(path);
    const found = await stat(real);
    if (kind === 'file' ? found.isFile() : found.isDirectory()) return real;
  } catch {
    throw refusedPath(kind, `The chosen ${kind} is not there or cannot be read`);
  }
  throw refusedPath(
    kind,
    kind === 'file' ? 'Only files can be chosen here, not folders or devices' : 'That is no folder',
  );
};

const isPlainWindowsPath = (path: string): boolean => !/^[\\/]{2}[?.][\\/]/.test(path) && !path.slice(2).includes(':');

const refusedPath = (kind: 'file' | 'folder', message: string): NexusError =>
  new NexusError({ code: `${kind}.refused`, category: 'input', message, remedy: `Choose another ${kind}.` });
