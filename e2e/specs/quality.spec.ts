import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { qualityPage } from '../pages/quality-page.ts';
import { shell } from '../pages/shell.ts';
import { examine, importFiles, monthlyStatements, overlappingExports } from '../review-files.ts';
import { expectRowsShown } from '../rows-shown.ts';
import { openOwnCase, openSample, openSampleAs } from '../workspaces.ts';

const ACCESS = { name: 'Quality', passphrase: 'a ruler with every millimetre', actor: 'M. Kessler' };

test('the score is shown over the examinations, as a chart and as a table', async ({ window, folder }) => {
  const { page } = window;
  const quality = qualityPage(page);
  await openOwnCase(page, ACCESS, 'Trend');
  await importFiles(window, overlappingExports(folder));
  await examine(window);
  await shell(page).go('Data quality');
  await expect(quality.trend).toContainText('The trend begins with the second examination');
  await importFiles(window, monthlyStatements(folder));
  await examine(window);
  await shell(page).go('Data quality');
  await expect(quality.trendChart).toBeVisible();
  await expectAccessible(page, 'quality with trend');
  await quality.trendAsTable.click();
  await expect(quality.trendTable.locator('tbody tr')).toHaveCount(2);
  const [newest] = await quality.trendTable.locator('tbody tr').first().locator('td').nth(1).allTextContents();
  await expect(quality.score).toContainText(newest ?? 'a score');
  await expectAccessible(page, 'quality with trend as table');

  // Statements that do not add up are counted as statements, and open all their rows.
  const balance = quality.rules.getByRole('row').filter({ hasText: 'closing balance' }).first();
  await expect(balance.getByRole('link', { name: /^1 statement failed/ })).toBeVisible();
  await quality.shown.selectOption('missed');
  await expect(quality.rules.getByText('Not met').first()).toBeVisible();
  await expect(quality.rules.getByText('Met', { exact: true })).toHaveCount(0);
});

test('figures of the fields open exactly their rows', async ({ window }) => {
  const { page } = window;
  const quality = qualityPage(page);
  await openSample(page);
  await shell(page).go('Data quality');
  await expect(quality.fieldRow('Amount')).toBeVisible();
  for (const [field, name] of [
    ['Currency', /^[\d,]+ rows with EUR$/],
    ['Account', /^[\d,]+ rows with /],
    ['Type', /^[\d,]+ rows with/],
    ['Amount', /^[\d,]+ rows with/],
    ['Booking date', /^[\d,]+ rows with/],
  ] as const) {
    const link = quality.fieldRow(field).getByRole('link', { name }).first();
    const label = (await link.getAttribute('aria-label')) ?? '';
    await link.click();
    await expect(page).toHaveURL(/\/records\?/);
    await expectRowsShown(page, firstNumber(label), label);
    await page.goBack();
    await expect(quality.fieldRow('Amount')).toBeVisible();
  }
  // The same for one file only.
  await quality.fieldSource.selectOption('branch-account.csv');
  const euros = quality.fieldRow('Currency').getByRole('link', { name: '108 rows with EUR' });
  await euros.click();
  await expect(page).toHaveURL(/\/records\?.*sourceId=/);
  await expectRowsShown(page, 108);
});

test('an executive sees the scores, not the fields of the evidence', async ({ window }) => {
  const { page } = window;
  const quality = qualityPage(page);
  await openSampleAs(page, 'Executive');
  await shell(page).go('Data quality');
  await expect(quality.rules).toBeVisible();
  await expect(quality.fields).toHaveCount(0);
});
