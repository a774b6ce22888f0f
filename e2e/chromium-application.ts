import { existsSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';
import { startNodeHost } from './node-host-process.ts';
import { type Application, downloadFrom, dropFiles, listenForComplaints, type Window } from './window.ts';

/** Chromium without a window first: the same pages for a fifth less of the processor. */
const BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Debian's Chromium, or the one CHROMIUM_PATH names. */
const browserPath = (): string => {
  const found = process.env.CHROMIUM_PATH ?? BROWSERS.find(existsSync);
  if (found === undefined)
    throw new Error(
      `No Chromium found: install Debian's chromium or set CHROMIUM_PATH (looked in ${BROWSERS.join(', ')})`,
    );
  return found;
};

/** What keeps a test browser off the network and out of the way. */
const BROWSER_ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: browserPath(), args: BROWSER_ARGUMENTS });

/** A window on the host at `url`, in a browser profile of its own. */
export const openChromiumWindow = async (browser: Browser, url: string): Promise<Window> => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    // A fade under way has colours that nobody reads, and takes a busy machine's time.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const voice = listenForComplaints(page);
  await page.goto(url);
  return {
    page,
    ...voice,
    chooseFiles: async (opener, paths) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), opener.click()]);
      await chooser.setFiles([...paths]);
    },
    dropFiles: (target, paths) => dropFiles(page, target, paths),
    download: button => downloadFrom(page, button),
    close: () => context.close(),
  };
};

/** NEXUS over hosts/node, its window in Chromium. */
export const startChromiumApplication = async (home: string): Promise<Application> => {
  const [host, browser] = await Promise.all([startNodeHost(home), launchChromium()]);
  return {
    home,
    openWindow: () => openChromiumWindow(browser, host.url),
    stop: async () => {
      await browser.close();
      await host.stop();
    },
  };
};
