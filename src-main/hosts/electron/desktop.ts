import { join } from 'node:path';
import { app, type BrowserWindow, dialog, session as electronSession, powerMonitor } from 'electron';
import { NexusError } from '../../contract/errors.ts';
import type { EngineClient } from '../../engine/engine-client.ts';
import type { LockingEngine } from '../../engine/locking-engine.ts';
import type { WindowFolders } from '../window/folders.ts';
import { connectWindow } from './ipc-transport.ts';
import { applyMenu } from './menu.ts';
import { applyOfflineSwitches, blockNetwork, denyPermissions } from './offline.ts';
import { PAGE_URL, registerScheme, serveRenderer } from './protocol.ts';
import { hardenContents, openWindow } from './window.ts';

export interface DesktopOptions {
  readonly folders: WindowFolders;
  readonly preload: string;
  /** Whether the station's profile allows the developer tools. */
  readonly developerTools: boolean;
  readonly startEngine: () => LockingEngine;
}

/** Where the packaged application keeps its files: the page in the archive, resources beside the unpacked workers. */
export const packagedFolders = (bundleFolder: string, resourcesFolder: string): WindowFolders => ({
  renderer: join(bundleFolder, '..', 'renderer'),
  sample: join(resourcesFolder, 'app.asar.unpacked', 'resources', 'sample-examination'),
});

/**
 * Runs the desktop application. What must come before Electron is ready comes first. False: another instance runs already and shows itself instead.
 */
export const runDesktop = async (options: DesktopOptions): Promise<boolean> => {
  refuseDebugger();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.enableSandbox();
  registerScheme();
  applyOfflineSwitches();
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
  await app.whenReady();
  // Electron starts processes only once it is ready.
  const engine = options.startEngine();
  closeEngineBeforeQuit(engine);
  lockWithTheSystem(engine);

  const session = electronSession.defaultSession;
  denyPermissions(session);
  await blockNetwork(session);
  serveRenderer(session, options.folders.renderer);
  applyMenu(process.platform, options.developerTools);

  let window = await showWindow(engine, options);
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  // On macOS an application outlives its window and gets a new one from the dock.
  app.on('activate', () => {
    if (!window.isDestroyed()) return;
    showWindow(engine, options).then(
      shown => {
        window = shown;
      },
      (error: unknown) => dialog.showErrorBox('The window could not be opened', String(error)),
    );
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  return true;
};

/** Chromium's own switches, which no fuse turns off, hand the page with all it shows to whoever asks at a port. */
const refuseDebugger = (): void => {
  const named = ['remote-debugging-port', 'remote-debugging-pipe'].find(name => app.commandLine.hasSwitch(name));
  if (app.isPackaged && named !== undefined)
    throw new NexusError({
      code: 'host.debugger',
      category: 'usage',
      message: `NEXUS does not start with --${named}: another program could read its window.`,
      remedy: 'Start NEXUS without it.',
    });
};

/** The person leaves, or the machine does: the process that holds the keys ends. */
const lockWithTheSystem = (engine: LockingEngine): void => {
  const lock = (reason: 'suspended' | 'system-locked'): void => {
    engine.lock(reason).catch((error: unknown) => dialog.showErrorBox('NEXUS could not lock', String(error)));
  };
  powerMonitor.on('suspend', () => lock('suspended'));
  powerMonitor.on('shutdown', () => lock('suspended'));
  powerMonitor.on('lock-screen', () => lock('system-locked'));
};

const showWindow = async (engine: EngineClient, options: DesktopOptions): Promise<BrowserWindow> => {
  const session = await engine.openSession();
  const window = openWindow(options.preload, options.developerTools);
  const disconnect = connectWindow({ engine, session, window, sampleFolder: options.folders.sample });
  window.once('closed', () => {
    disconnect();
    // The engine answers every refusal by value; it rejects only when it has ended, and then no session is left.
    engine.closeSession(session).catch(() => undefined);
  });
  await window.loadURL(PAGE_URL);
  return window;
};

/** Jobs stop and stores close before the process ends: the first quit waits for the engine, the second goes through. */
const closeEngineBeforeQuit = (engine: EngineClient): void => {
  let closed = false;
  app.on('will-quit', event => {
    if (closed) return;
    event.preventDefault();
    engine
      .close()
      .catch((error: unknown) => dialog.showErrorBox('NEXUS could not close cleanly', String(error)))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
};
