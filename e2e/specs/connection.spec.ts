import type { WebSocketRoute } from '@playwright/test';
import { launchChromium, openChromiumWindow } from '../chromium-application.ts';
import { expect, test } from '../host.ts';
import { startNodeHost } from '../node-host-process.ts';
import { loginPage } from '../pages/login-page.ts';
import { reconciliationPage } from '../pages/reconciliation-page.ts';
import { shell } from '../pages/shell.ts';
import { openSample } from '../workspaces.ts';

test.beforeEach(({ host }) => {
  test.skip(host === 'electron', 'inside Electron the engine is part of the process: there is no connection to lose');
});

test('a connection that breaks comes back by itself, with the workspace still open', async ({ window }) => {
  const { page } = window;
  const routes: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/bridge$/, route => {
    route.connectToServer();
    routes.push(route);
  });
  await page.reload();
  await openSample(page);
  await shell(page).go('Findings');
  await routes.at(-1)?.close({ code: 1011 });
  await expect(shell(page).cutOff).toContainText('The connection to the engine is lost.');
  await expect(shell(page).cutOff).toBeHidden();
  expect(routes).toHaveLength(2);
  await expect(shell(page).heading).toHaveText('Findings');
  await shell(page).go('Reconciliation');
  await expect(reconciliationPage(page).figure('Matched')).toHaveText('342');
});

test('a second tab takes the session over and the first says so', async ({ window }) => {
  const { page } = window;
  await openSample(page);
  const [other] = await Promise.all([
    page.context().waitForEvent('page'),
    // open() hands the new tab a copy of this tab's storage, as “Duplicate tab” does.
    page.evaluate(() => {
      globalThis.open(location.href);
    }),
  ]);
  await expect(other.getByRole('heading', { level: 1, name: 'Sample examination' })).toBeVisible();
  await expect(shell(page).cutOff).toContainText('Another tab took this session over.');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Sample examination' })).toBeVisible();
});

test('when the host dies the window says so; after a new start the workspace opens again', async ({ folder }) => {
  const host = await startNodeHost(folder);
  const port = Number(new URL(host.url).port);
  const browser = await launchChromium();
  try {
    const window = await openChromiumWindow(browser, host.url);
    const { page } = window;
    const frame = shell(page);
    await openSample(page);
    await host.kill();
    await expect(frame.cutOff).toContainText('The connection to the engine is lost.');

    const next = await startNodeHost(folder, port);
    try {
      await expect(frame.cutOff).toContainText('NEXUS was started anew');
      await page.goto(next.url);
      await expect(loginPage(page).heading).toBeVisible();
      await openSample(page);
      await expect(frame.cutOff).toBeHidden();
      // A host that is dead refuses: that is what this test is about.
      window.forgive(/WebSocket connection to .* failed|net::ERR_CONNECTION_REFUSED/);
      expect(window.complaints).toEqual([]);
    } finally {
      await next.stop();
    }
  } finally {
    await browser.close();
    await host.stop();
  }
});
