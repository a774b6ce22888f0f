import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Begins with what no workspace's name begins with. */
const FOLDER = '_exports';

/**
 * An empty folder for what is written out, in the NEXUS folder where only this user can enter it: a page in a browser
 * can neither show a dialog for folders of the machine nor be trusted to name a path. The first that is not there
 * or still empty is taken, so that asking again and again makes one folder and not a thousand. Answers its path and how
 * a person finds it.
 */
export const makeExportFolder = async (
  homeFolder: string,
): Promise<{ readonly path: string; readonly name: string }> => {
  for (let number = 1; ; number++) {
    const name = `export-${number}`;
    const path = join(homeFolder, FOLDER, name);
    await mkdir(path, { recursive: true, mode: 0o700 });
    if ((await readdir(path)).length === 0) return { path, name: `${basename(homeFolder)}/${FOLDER}/${name}` };
  }
};
