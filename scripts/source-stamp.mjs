// Whether a build is still that of its sources: a digest over every source's path, size and time of change.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files that are in no bundle. */
const NOT_BUILT = /\.(test|fixture)\.tsx?$|\.md$/;

/** @param {string} root @param {readonly string[]} sources folders and files, relative to root */
export const stampOf = (root, sources) => {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    if (stat.isDirectory()) addFolder(hash, path);
    else hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
  return hash.digest('hex');
};

/** @param {import('node:crypto').Hash} hash @param {string} folder */
const addFolder = (hash, folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) addFolder(hash, path);
    else if (!NOT_BUILT.test(entry.name)) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path}\0${size}\0${mtimeMs}\n`);
    }
  }
};

/** The stamp of the last build; null when there is none. @param {string} file */
export const readStamp = file => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // no build yet
  }
};

/** @param {string} file @param {string} stamp */
export const writeStamp = (file, stamp) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stamp);
};
