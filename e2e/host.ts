import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { startChromiumApplication } from './chromium-application.ts';
import { startElectronApplication } from './electron-application.ts';
import type { HostName } from './hosts.ts';
import type { Application, Window } from './window.ts';

/** Keeps one application for each spec file: its tests share a home folder, other files do not see it. */
class ApplicationOfFile {
  private file: string | null = null;
  private application: Application | null = null;

  async get(file: string, host: HostName): Promise<Application> {
    if (this.application !== null && this.file === file) return this.application;
    await this.stop();
    const home = mkdtempSync(join(tmpdir(), 'nexus-e2e-'));
    this.application = await (host === 'electron' ? startElectronApplication(home) : startChromiumApplication(home));
    this.file = file;
    return this.application;
  }

  async stop(): Promise<void> {
    if (this.application === null) return;
    await this.application.stop();
    rmSync(this.application.home, { recursive: true, force: true });
    this.application = null;
  }
}

interface TestFixtures {
  readonly host: HostName;
  readonly application: Application;
  /** A fresh window; the test fails when it complained of anything. */
  readonly window: Window;
  /** A folder for the test's own files. */
  readonly folder: string;
}
interface WorkerFixtures {
  readonly applications: ApplicationOfFile;
}

/**
 * Locks the workspace where one is open: hosts/node keeps a closed tab's session for a minute, in case it is a reload,
 * and until then nobody else could open it.
 */
const lock = async (page: Page): Promise<void> => {
  if (page.isClosed()) return;
  const button = page.getByRole('button', { name: 'Lock', exact: true, includeHidden: true });
  if ((await button.count()) === 0) return;
  // A dialog may lie over it.
  await button.dispatchEvent('click');
  await page.waitForURL(/#\/auth\/login/);
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  applications: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter
    async ({}, use) => {
      const applications = new ApplicationOfFile();
      await use(applications);
      await applications.stop();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: see above
  host: async ({}, use, testInfo) => use(testInfo.project.name as HostName),
  application: async ({ applications, host }, use, testInfo) => use(await applications.get(testInfo.file, host)),
  window: async ({ application }, use) => {
    const window = await application.openWindow();
    await use(window);
    const complaints = [...window.complaints];
    await lock(window.page);
    await window.close();
    expect(complaints, 'console errors, page errors and CSP violations').toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: see above
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'nexus-e2e-files-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
});

export { expect };
