import { test } from '../host.ts';

test('tour', async ({ window }) => {
  const { page } = window;
  await page.getByRole('button', { name: /sample examination/i }).or(page.getByRole('link', { name: /sample examination/i })).first().click();
  await page.waitForTimeout(12000);
  await page.screenshot({ path: '/tmp/shots-tour-1.png' });
  console.log(page.url(), window.complaints);
  const m = /cases\/([0-9a-f-]+)/.exec(page.url());
  const id = m?.[1];
  for (const [i, path] of ['', '/records', '/findings', '/reconciliation', '/report', '/audit', '/duplicates'].entries()) {
    await page.evaluate(h => { location.hash = h; }, `#/cases/${id}${path}`);
    await page.waitForTimeout(2500);
    await page.screenshot({ path: `/tmp/shots-tour-${i + 2}.png` });
  }
  await page.evaluate(() => { location.hash = '#/data/quality'; });
  await page.waitForTimeout(1500);
  await page.screenshot({ path: '/tmp/shots-tour-9.png' });
  await page.evaluate(() => { location.hash = '#/data/upload'; });
  await page.waitForTimeout(1500);
  await page.screenshot({ path: '/tmp/shots-tour-10.png' });
  console.log(window.complaints);
});
