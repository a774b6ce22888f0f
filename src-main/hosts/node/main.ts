import { NexusError } from '../../contract/errors.ts';
import { windowEnvironment } from '../../engine/environment.ts';
import { lockingEngine } from '../../engine/locking-engine.ts';
import { keepOutOfCoreDumps } from '../../platform/no-core-dump.ts';
import { checkoutFolders, homeFolder } from '../window/folders.ts';
import { readCommandLine, USAGE } from './command-line.ts';
import { forkEngine } from './engine-process.ts';
import { type BrowserWindow, findBrowser, hasDisplay, isExecutable, openBrowser } from './installed-browser.ts';
import { startNodeHost } from './node-host.ts';

const RELOAD_GRACE_MS = 60_000;
const TOKEN_WITHIN_MS = 5_000;

const run = async (args: readonly string[]): Promise<number> => {
  const command = readCommandLine(args);
  if (typeof command === 'string') {
    console.error(`${command}\n${USAGE}`);
    return 2;
  }
  const folders = checkoutFolders(import.meta.dirname);
  keepOutOfCoreDumps();
  const home = homeFolder(process.env);
  try {
    windowEnvironment(home, process.env);
  } catch (error) {
    if (!(error instanceof NexusError)) throw error;
    console.error(`${error.data.message}\n${error.data.remedy ?? ''}`);
    return 2;
  }
  const engine = lockingEngine(() => forkEngine({ homeFolder: home, fixedClock: null }));
  const host = await startNodeHost({
    engine,
    rendererFolder: folders.renderer,
    sampleFolder: folders.sample,
    homeFolder: home,
    port: command.port,
    graceMs: RELOAD_GRACE_MS,
    tokenWithinMs: TOKEN_WITHIN_MS,
    fault: error => console.error(error),
  });
  const stopped = new Promise<void>(resolve => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  const ended = Promise.race(command.endWithLastWindow ? [stopped, host.lastSessionEnded] : [stopped]);
  try {
    const browser = command.open ? await openWindow(host.url) : null;
    await Promise.race([ended, windowClosed(browser, host.url, ended)]);
    browser?.close();
  } finally {
    await host.close();
    await engine.close();
  }
  return 0;
};

const openWindow = async (url: string): Promise<BrowserWindow | null> => {
  if (!hasDisplay(process.platform, process.env)) {
    console.log('There is no display to open a window on.');
    return null;
  }
  const executable = findBrowser({ platform: process.platform, environment: process.env, isExecutable });
  if (executable === null) {
    console.log('No Chromium, Chrome or Edge was found.');
    return null;
  }
  return openBrowser(executable, url);
};

/** Waits until the window is closed. Without a window, or when its browser fails, a person can open the address. */
const windowClosed = async (browser: BrowserWindow | null, url: string, ended: Promise<void>): Promise<void> => {
  const code = browser === null ? null : await browser.ended;
  if (code === 0) return;
  if (browser !== null) console.log(`The browser ended with code ${code}.`);
  console.log(`Open NEXUS in Chromium, Chrome or Edge at ${url}`);
  await ended;
};

process.exitCode = await run(process.argv.slice(2));
