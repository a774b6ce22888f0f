import { defineConfig } from '@playwright/test';
import { installedHosts } from './e2e/hosts.ts';

/** The same specs on every host that is there: Chromium over hosts/node always; Electron where its binary is found. */
export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'test-results',
  globalSetup: './e2e/announce-hosts.ts',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: { actionTimeout: 15_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // The JSON goes to a file when a caller names one (scripts/test.mjs); on the screen it would bury the list.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME === undefined ? [['list']] : [['list'], ['json']],
  projects: installedHosts().map(name => ({ name })),
});
