import { join } from 'node:path';
import { app, dialog } from 'electron';
import { startEngine } from '../../engine/start-engine.ts';
import { checkoutFolders, homeFolder } from '../window/folders.ts';
import { packagedFolders, runDesktop } from './desktop.ts';

const bundleFolder = import.meta.dirname;

runDesktop({
  folders: app.isPackaged ? packagedFolders(bundleFolder, process.resourcesPath) : checkoutFolders(bundleFolder),
  preload: join(bundleFolder, '..', 'preload', 'preload.cjs'),
  startEngine: () => startEngine({ homeFolder: homeFolder(process.env) }),
}).catch((error: unknown) => {
  dialog.showErrorBox('NEXUS could not start', error instanceof Error ? error.message : String(error));
  app.exit(70);
});
