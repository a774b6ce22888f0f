import { join } from 'node:path';
import { app, dialog } from 'electron';
import { NexusError } from '../../contract/errors.ts';
import { windowEnvironment } from '../../engine/environment.ts';
import { lockingEngine } from '../../engine/locking-engine.ts';
import { keepOutOfCoreDumps } from '../../platform/no-core-dump.ts';
import { checkoutFolders, homeFolder } from '../window/folders.ts';
import { packagedFolders, runDesktop } from './desktop.ts';
import { forkEngine } from './engine-process.ts';

const bundleFolder = import.meta.dirname;
keepOutOfCoreDumps();
const home = homeFolder(process.env);

/** A station that is set up wrongly does not start. */
const start = async (): Promise<boolean> => {
  const { features } = windowEnvironment(home, process.env);
  return runDesktop({
    folders: app.isPackaged ? packagedFolders(bundleFolder, process.resourcesPath) : checkoutFolders(bundleFolder),
    preload: join(bundleFolder, '..', 'preload', 'preload.cjs'),
    startEngine: () => lockingEngine(() => forkEngine({ homeFolder: home, fixedClock: null })),
    developerTools: features.developerTools,
  });
};

start().catch((error: unknown) => {
  const remedy = error instanceof NexusError ? (error.data.remedy ?? '') : '';
  dialog.showErrorBox('NEXUS could not start', `${error instanceof Error ? error.message : String(error)}\n${remedy}`);
  app.exit(70);
});
