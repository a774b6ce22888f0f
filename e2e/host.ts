import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, chromium, type Page } from '@playwright/test';

const ROOT = join(import.meta.dirname, '..');
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian's Chromium, or the one CHROMIUM_PATH names. */
const browserPath = (): string => {
  const named = process.env.CHROMIUM_PATH;
  const found = named ?? BROWSERS.find(existsSync);
  if (found === undefined) throw new Error(`No Chromium found: install Debian's chromium or set CHROMIUM_PATH (looked in ${BROWSERS.join(', ')})`);
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

interface RunningHost {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The real host, as `npm start` runs it, on a NEXUS folder of its own. */
const startHost = (home: string): Promise<RunningHost> =>
  new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'scripts/start.mjs'), '--no-open', '--stay'], {
      cwd: ROOT,
      env: { ...process.env, NEXUS_HOME: home, ELECTRON_EXECUTABLE: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const ended = new Promise<void>(done => child.once('exit', () => done()));
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /(http:\/\/127\.0\.0\.1:\d+\/\S*)/.exec(output)?.[1];
      if (url !== undefined)
        resolve({
          url,
          stop: async () => {
            child.kill('SIGTERM');
            await ended;
          },
        });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', code => reject(new Error(`the host ended with ${code}:\n${output}`)));
  });

/** A window of the application, with everything it complained about. */
export interface Window {
  readonly page: Page;
  /** Console errors, page errors and CSP violations so far. */
  readonly complaints: readonly string[];
}

export const test = base.extend<{ window: Window }, { home: string; host: RunningHost }>({
  home: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter
    async ({}, use) => {
      const home = mkdtempSync(join(tmpdir(), 'nexus-e2e-'));
      await use(home);
      rmSync(home, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  host: [
    async ({ home }, use) => {
      const host = await startHost(home);
      await use(host);
      await host.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  window: async ({ host }, use) => {
    const browser = await chromium.launch({ executablePath: browserPath(), args: BROWSER_ARGUMENTS });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', message => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', error => complaints.push(String(error)));
    await page.goto(host.url);
    await use({ page, complaints });
    await browser.close();
  },
});

export { expect } from '@playwright/test';
