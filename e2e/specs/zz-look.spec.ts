import { test } from '../host.ts';
import { ensureReport, SAMPLE_SCREENS } from '../sample-screens.ts';
import { openSample } from '../workspaces.ts';

test('look', async ({ window }) => {
  test.setTimeout(300000);
  const { page } = window;
  await page.screenshot({ path: '/tmp/shots2/login-light-1280.png' });
  await openSample(page);
  await ensureReport(page);
  await page.waitForTimeout(7000);
  for (const size of [
    { width: 1280, height: 800 },
    { width: 1920, height: 1080 },
  ]) {
    await page.setViewportSize(size);
    for (const screen of SAMPLE_SCREENS) {
      await screen.open(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(150);
        await page.screenshot({
          path: `/tmp/shots2/${screen.name}-${colorScheme}-${size.width}.png`,
          animations: 'disabled',
        });
      }
    }
  }
});
