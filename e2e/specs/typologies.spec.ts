import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { shell } from '../pages/shell.ts';
import { typologiesPage } from '../pages/typologies-page.ts';
import { expectRowsShown } from '../rows-shown.ts';
import { openSample, openSampleAs } from '../workspaces.ts';

test('a typology is written with a live count, saved, given a second version, and opens its rows', async ({
  window,
}) => {
  const { page } = window;
  const screen = typologiesPage(page);
  await openSample(page);
  await shell(page).go('Typologies');
  await expect(screen.typology('Structuring and smurfing')).toBeVisible();
  await screen.newButton.click();
  await screen.name.fill('Twice or out of step');
  await screen.what.fill('Payments that are there twice.');
  await screen.testChoice(0).selectOption({ label: 'Exact duplicates' });
  await expect(screen.live).toContainText('part'); // "party" or "parties"
  const count = (await screen.live.locator('strong').textContent()) ?? '';
  await expectAccessible(page, 'typology form');
  await screen.save.click();
  await expect(screen.detail.getByRole('heading', { level: 2 })).toHaveText('Twice or out of step');
  await expect(screen.detail.getByRole('heading', { level: 3 }).first()).toHaveText(count);
  const hits = firstNumber(count);
  await expect(screen.hitRows).toHaveCount(hits);
  for (let at = 0; at < Math.min(2, hits); at++) {
    const label = (await screen.hitRows.nth(at).getAttribute('aria-label')) ?? '';
    await screen.hitRows.nth(at).click();
    await expect(page).toHaveURL(/\/records\?/);
    await expectRowsShown(page, firstNumber(label), label);
    await page.goBack();
    await expect(screen.hitRows).toHaveCount(hits);
  }
  await screen.editButton.click();
  await screen.addTest.click();
  await screen.testChoice(1).selectOption({ index: 1 });
  await screen.save.click();
  await expect(screen.version.locator('option')).toHaveCount(2);
  await expect(screen.version).toHaveValue('2');

  // The two versions side by side: every count opens its rows.
  await screen.tab('Back-test').click();
  await screen.first.selectOption({ label: 'Twice or out of step, version 1' });
  await screen.second.selectOption({ label: 'Twice or out of step, version 2' });
  await expect(screen.overlap).toBeVisible();
  await expect(screen.decisions.getByRole('rowheader')).toHaveText([
    'Twice or out of step, version 1',
    'Twice or out of step, version 2',
  ]);
  await expectAccessible(page, 'back-test');
  const opening = screen.months.getByRole('link').first();
  const label = (await opening.getAttribute('aria-label')) ?? '';
  await opening.click();
  await expect(page).toHaveURL(/\/records\?/);
  await expectRowsShown(page, firstNumber(label), label);
});

test('tests are calibrated on a copy of the records; those that cannot be say why', async ({ window }) => {
  const { page } = window;
  const screen = typologiesPage(page);
  await openSample(page);
  await shell(page).go('Typologies');
  await screen.tab('Calibration').click();
  await screen.motifs.fill('5');
  await screen.calibrate.click();
  await expect(screen.calibrated).toBeVisible();
  await expect(screen.calibrated.getByRole('row').filter({ hasText: 'Exact duplicates' })).toContainText('5 of 5');
  await expect(screen.notCalibrated.locator('tbody tr').first()).toContainText(/\w/);
  await expectAccessible(page, 'calibration');
});

test('an executive reads typologies and may not write them', async ({ window }) => {
  const { page } = window;
  const screen = typologiesPage(page);
  await openSampleAs(page, 'Executive');
  await shell(page).go('Typologies');
  await expect(screen.detail).toBeVisible();
  await expect(screen.newButton).toHaveCount(0);
  await expect(screen.editButton).toHaveCount(0);
  await screen.tab('Calibration').click();
  await expect(screen.calibrate).toHaveCount(0);
});
