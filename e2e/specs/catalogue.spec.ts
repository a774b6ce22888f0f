import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { cataloguePage } from '../pages/catalogue-page.ts';
import { shell } from '../pages/shell.ts';
import { examine, importFiles, monthlyStatements } from '../review-files.ts';
import { expectRowsShown } from '../rows-shown.ts';
import { openOwnCase, openSample, openSampleAs } from '../workspaces.ts';

const ACCESS = { name: 'Catalogue', passphrase: 'a drawer with fifty labels', actor: 'M. Kessler' };

test('every bar of a distribution opens exactly its rows, by keyboard', async ({ window }) => {
  const { page } = window;
  const catalogue = cataloguePage(page);
  await openSample(page);
  await shell(page).go('Tests');
  await catalogue.choose('First digit (Benford)');
  await expect(catalogue.chart).toBeVisible();
  for (const steps of [0, 2]) {
    await catalogue.bar.focus();
    await expect(catalogue.bar).toHaveAccessibleName(/^1: /);
    for (let digit = 2; digit <= steps + 1; digit++) {
      await page.keyboard.press('ArrowRight');
      await expect(catalogue.bar).toHaveAccessibleName(new RegExp(`^${digit}: `));
    }
    const words = (await catalogue.bar.getAttribute('aria-label')) ?? '';
    const observed = firstNumber(words.slice(words.indexOf(':') + 1));
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/testBin=/);
    await expectRowsShown(page, observed, words);
    await page.goBack();
    await expect(catalogue.chart).toBeVisible();
  }
  // The table twin holds the same numbers, each opening the same rows.
  await page.keyboard.press('t');
  await expect(catalogue.table).toBeVisible();
  const link = catalogue.table.getByRole('link').first();
  const count = firstNumber((await link.textContent()) ?? '');
  await link.click();
  await expectRowsShown(page, count);
});

test('the number of findings opens exactly them; the list is walked and searched by keyboard', async ({ window }) => {
  const { page } = window;
  const catalogue = cataloguePage(page);
  await openSample(page);
  await shell(page).go('Tests');
  await catalogue.shown.selectOption('found');
  await expect(catalogue.items.first()).toBeVisible();
  await catalogue.items.first().click();
  await expect(catalogue.items.first()).toHaveAttribute('aria-current', 'true');
  const first = await catalogue.heading.innerText();
  await page.keyboard.press('j');
  await expect(catalogue.heading).not.toHaveText(first);
  await page.keyboard.press('k');
  await expect(catalogue.heading).toHaveText(first);
  const count = firstNumber((await catalogue.findings.textContent()) ?? '');
  await catalogue.findings.click();
  await expect(page).toHaveURL(/\/findings\?/);
  await expectRowsShown(page, count);
  await shell(page).go('Tests');
  await page.keyboard.press('/');
  await page.keyboard.type('no such test');
  await expect(page.getByText('No test matches.')).toBeVisible();
});

test('a test is run again with another parameter, kept for the case, reset, and switched off with a reason', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const catalogue = cataloguePage(page);
  await openOwnCase(page, ACCESS, 'Run again');
  await importFiles(window, monthlyStatements(folder));
  await examine(window);
  await shell(page).go('Tests');
  await catalogue.choose('First two digits (Benford)');
  await expect(catalogue.detail).toContainText('No verdict');
  await expect(catalogue.parameter('sign')).toHaveValue('both');
  await catalogue.parameter('sign').selectOption('negative');
  await catalogue.detail.getByRole('button', { name: 'Keep for this case' }).click();
  await expect(catalogue.detail).toContainText('Data, decisions or settings have changed since it ran');
  await catalogue.run.click();
  await expect(catalogue.detail).not.toContainText('have changed since it ran');
  await expectAccessible(page, 'a test with a kept parameter');

  await catalogue.tab('Settings of the case').click();
  await expect(catalogue.exceptions).toContainText('benford-first-two');
  await catalogue.setting('Country of the holidays').fill('DE');
  await catalogue.saveSettings.click();
  await expect(catalogue.history).toContainText('country: default → DE');
  await expect(catalogue.history.locator('tbody tr')).toHaveCount(2);
  await expectAccessible(page, 'settings of a case');
  await catalogue.exceptions.getByRole('button', { name: /^Reset benford-first-two/ }).click();
  await expect(catalogue.exceptions).toHaveCount(0);

  await catalogue.tab('Tests').click();
  await catalogue.choose('First two digits (Benford)');
  await expect(catalogue.parameter('sign')).toHaveValue('both');
  await catalogue.switchOff.click();
  await catalogue.dialog.getByLabel('Reason').fill('Too few payments.');
  await catalogue.dialog.getByRole('button', { name: 'Switch off' }).click();
  await expect(catalogue.detail).toContainText('Switched off: Too few payments.');
  await catalogue.runAll.click();
  await expect(catalogue.detail).toContainText('switched off in this case: Too few payments.');
  await catalogue.switchOn.click();
  await expect(catalogue.switchOff).toBeVisible();
});

test('a result is saved as picture, numbers and parameters', async ({ window, host }) => {
  test.skip(host !== 'chromium', 'downloads are read in the browser only');
  const { page } = window;
  const catalogue = cataloguePage(page);
  await openSample(page);
  await shell(page).go('Tests');
  await catalogue.choose('First digit (Benford)');
  const saved = async (name: RegExp): Promise<string> => {
    await catalogue.save.click();
    return readFile(await (await window.download(page.getByRole('menuitem', { name }))).path(), 'utf8');
  };
  expect(await saved(/SVG/)).toMatch(/^<svg[\s\S]*<\/svg>$/);
  const csv = await saved(/CSV/);
  expect(csv.split('\r\n').length).toBe(9 + 2);
  expect(JSON.parse(await saved(/JSON/))).toMatchObject({ test: 'benford-first', parameters: { sign: 'both' } });
});

test('a role that may not run tests sees their results', async ({ window }) => {
  const { page } = window;
  const catalogue = cataloguePage(page);
  await openSampleAs(page, 'Judge');
  await shell(page).go('Tests');
  await expect(catalogue.items.first()).toBeVisible();
  await expect(catalogue.runAll).toHaveCount(0);
  await expect(catalogue.run).toHaveCount(0);
});
