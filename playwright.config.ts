import { defineConfig } from '@playwright/test';
import { installedHosts } from './e2e/hosts.ts';

/** The same specs on every host that is there: Chromium over hosts/node always; Electron where its binary is found. */
export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'test-results',
  globalSetup: ['./e2e/announce-hosts.ts', './e2e/build-once.ts'],
  // Generous, for a busy machine: what is green does not wait for them.
  timeout: 600_000,
  expect: { timeout: 60_000, toPass: { timeout: 60_000 } },
  use: { actionTimeout: 30_000 },
  // A spec file is one worker's, with an application and a home folder of its own: three files run side by side: they wait more than they work.
  fullyParallel: false,
  workers: 3,
  retries: 0,
  forbidOnly: true,
  // The JSON goes to a file when a caller names one (scripts/test.mjs); on the screen it would bury the list.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME === undefined ? [['list']] : [['list'], ['json']],
  projects: installedHosts().map(name => ({ name })),
});
