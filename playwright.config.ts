import { defineConfig } from '@playwright/test';

/** The same specs on every host that is there: Chromium over hosts/node always; Electron where a binary is found (e2e/hosts.ts). */
export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json']],
  use: { viewport: { width: 1280, height: 800 } },
});
