import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's NEXUS folder, where workspaces lie by name; NEXUS_HOME puts it elsewhere (tests, shared stations). */
export const homeFolder = (environment: NodeJS.ProcessEnv): string =>
  environment.NEXUS_HOME ?? join(homedir(), 'NEXUS');

/** Where a window host finds what ships with it. `root` is the checkout, or the folder of the packaged application. */
export interface WindowFolders {
  readonly renderer: string;
  readonly sample: string;
}

/** Folders in a checkout, given the folder of the main bundle (`dist/main`). */
export const checkoutFolders = (bundleFolder: string): WindowFolders => ({
  renderer: join(bundleFolder, '..', 'renderer'),
  sample: join(bundleFolder, '..', '..', 'resources', 'sample-examination'),
});
