import type { Dirent } from 'node:fs';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { NexusErrorData } from '../../contract/errors.ts';
import { NexusError } from '../../contract/errors.ts';

/** A file a command line names, itself or by a folder above it; or why it is not read. */
export interface InputPath {
  readonly path: string;
  readonly refused: NexusErrorData | null;
}

/** Files one folder may stand for. */
const MAX_FILES = 10_000;

const refused = (path: string, code: string, message: string, remedy: string): InputPath => ({
  path,
  refused: { code, category: 'input', message, file: basename(path), kept: 'Nothing of this file was stored.', remedy },
});

const entriesOf = (folder: string): Dirent[] | null => {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Named as refused by whoever asked.
    return null;
  }
};

const below = (folder: string, found: InputPath[]): void => {
  const entries = entriesOf(folder);
  if (entries === null) {
    found.push(
      refused(
        folder,
        'file.unreadable',
        `${folder}: this account may not read the folder.`,
        'Change its permissions or copy it first.',
      ),
    );
    return;
  }
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) below(path, found);
    else if (entry.isFile()) found.push({ path, refused: null });
    else
      found.push(
        refused(
          path,
          'file.not-followed',
          `${path} is a link or a device inside a folder: it is not followed.`,
          'Name what it leads to, if that is meant.',
        ),
      );
    if (found.length > MAX_FILES)
      throw new NexusError({
        code: 'usage.too-many-files',
        category: 'usage',
        message: `${folder} and the folders around it hold more than ${MAX_FILES} files.`,
        remedy: 'Name the folders inside it one after the other.',
      });
  }
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * Files a path stands for: itself, or every file below a folder in the order of their paths. Hidden files and folders are
 * passed over, links inside a folder are not followed. Throws `usage.too-many-files`.
 */
export const inputPaths = (path: string): InputPath[] => {
  if (!isFolder(path)) return [{ path, refused: null }];
  const found: InputPath[] = [];
  below(path, found);
  if (found.length === 0)
    return [
      refused(
        path,
        'file.directory',
        `${basename(path)} is a folder that holds no files.`,
        'Name the files that are meant.',
      ),
    ];
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
};
