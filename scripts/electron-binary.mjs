// Finds Electron's binary without asking the `electron` package for it: that would start a download.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * ELECTRON_EXECUTABLE, else the binary that electron's installer left (path.txt names it inside dist, or inside
 * ELECTRON_OVERRIDE_DIST_PATH); null when there is none.
 * @param {string} root @param {NodeJS.ProcessEnv} environment
 */
export const findElectron = (root, environment) => {
  const named = environment.ELECTRON_EXECUTABLE;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`ELECTRON_EXECUTABLE names ${named}, which is not there.`);
  }
  const installed = join(root, 'node_modules/electron');
  const pathFile = join(installed, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const folder = environment.ELECTRON_OVERRIDE_DIST_PATH ?? join(installed, 'dist');
  const binary = join(folder, readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
};
