import { readFileSync } from 'node:fs';
import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { caseListPage } from '../pages/case-list-page.ts';
import { coveragePage } from '../pages/coverage-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { shell } from '../pages/shell.ts';
import { examine, importFiles, MONTHLY_ACCOUNT, monthlyStatements, overlappingExports } from '../review-files.ts';
import { expectRowsShown } from '../rows-shown.ts';
import { openOwnCase, openSampleAs } from '../workspaces.ts';

const ACCESS = { name: 'Coverage', passphrase: 'twelve envelopes in a shoe box', actor: 'M. Kessler' };
const LINE = new RegExp(`^${MONTHLY_ACCOUNT}`);

test('months are shown by state; a cell says why, names its files and opens exactly its transactions', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const coverage = coveragePage(page);
  await openOwnCase(page, ACCESS, 'Statements');
  await importFiles(window, [...monthlyStatements(folder), ...overlappingExports(folder)]);
  await shell(page).go('Coverage');

  // January to May 2025, as the files were written.
  for (const [month, state] of [
    [0, 'Balanced'],
    [1, 'Missing'],
    [3, 'Does not balance'],
  ] as const)
    await expect(coverage.cell(LINE, month)).toContainText(state);
  const other = coverage.cell(/^account not stated/, 0);
  await expect(other).toContainText('Covered twice');
  await expect(coverage.cell(/^account not stated/, 4)).toContainText('Outside');

  await coverage.choose(LINE, 3);
  await expect(coverage.detail.getByRole('heading', { level: 2 })).toHaveText('Does not balance');
  await expect(coverage.detail).toContainText('890');
  await expect(coverage.detail.getByRole('link', { name: 'statement-2025-04.sta' })).toBeVisible();

  // Every count of the grid opens exactly its rows, also those of an account that is not stated.
  const countTexts = (): Promise<readonly string[]> => coverage.counts.allTextContents();
  await expect.poll(async () => (await countTexts()).map(Number)).toEqual(expect.arrayContaining([2, 1, 8]));
  const counts = await countTexts();
  for (const [place, count] of counts.entries()) {
    await coverage.counts.nth(place).click();
    await expect(page).toHaveURL(/\/records\?/);
    await expectRowsShown(page, firstNumber(count), `cell ${place}`);
    if (count === '8') await expect(recordsPage(page).chips).toContainText('Account: not stated');
    await page.goBack();
    await expect(coverage.counts).toHaveCount(counts.length);
  }
});

test('arrows move through the cells, Enter opens the transactions', async ({ window, folder }) => {
  const { page } = window;
  const coverage = coveragePage(page);
  await openOwnCase(page, ACCESS, 'Keys');
  await importFiles(window, monthlyStatements(folder));
  await shell(page).go('Coverage');
  await coverage.choose(LINE, 0);
  await page.keyboard.press('ArrowRight');
  await expect(coverage.cell(LINE, 1)).toBeFocused();
  await expect(coverage.detail.getByRole('heading', { level: 2 })).toHaveText('Missing');
  await page.keyboard.press('End');
  await expect(coverage.cell(LINE, 4)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/records\?/);
  await recordsPage(page).expectMatching(2);
  await expect(recordsPage(page).chips).toContainText('From 2025-05-01');
});

test('breaks are listed with their differences and lead back to the grid; the grid is exported as CSV', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const coverage = coveragePage(page);
  await openOwnCase(page, ACCESS, 'Breaks');
  await importFiles(window, monthlyStatements(folder));
  await shell(page).go('Coverage');
  // The gap of February (900.00 is not 850.00), and May opens 5.00 above April.
  const gap = coverage.breaks.getByRole('row').filter({ hasText: 'Gap' });
  await expect(gap).toContainText('2025-02');
  const balance = coverage.breaks.getByRole('row').filter({ hasText: '5.00' }).last();
  await expect(balance).toContainText('Balance');
  await balance.getByRole('button', { name: 'Show month' }).click();
  await expect(coverage.detail).toContainText('2025-04');
  await expectAccessible(page, 'coverage with breaks');

  const csv = readFileSync(await (await window.download(coverage.exportButton)).path(), 'utf8');
  expect(csv.split('\r\n')[0]).toBe('account,currency,month,state,transactions,files,reason');
  expect(csv).toContain(`${MONTHLY_ACCOUNT},EUR,2025-02,missing,0,`);
});

test('each test says where it ran; a missing statement says what it could change', async ({ window, folder }) => {
  const { page } = window;
  const coverage = coveragePage(page);
  await openOwnCase(page, ACCESS, 'Tests');
  await importFiles(window, monthlyStatements(folder));
  await examine(window);
  await shell(page).go('Coverage');
  // February: from 900.00 to 850.00.
  await expect(coverage.missing).toContainText('the balance moved by −50.00 EUR');
  await expect(coverage.testTable.getByRole('row').filter({ hasText: 'Exact duplicates' })).toContainText('Ran');
  await coverage.testChoice.selectOption({ label: 'Exact duplicates' });
  const counts = coverage.testGrid.getByRole('link');
  await expect(counts.first()).toBeVisible();
  await expectAccessible(page, 'coverage with tests');
  const label = (await counts.first().getAttribute('aria-label')) ?? '';
  await counts.first().click();
  await expect(page).toHaveURL(/\/records\?/);
  await expectRowsShown(page, firstNumber(label), label);
});

test('an empty case says what is missing; a role without evidence is told so', async ({ window }) => {
  const { page } = window;
  await openOwnCase(page, ACCESS, 'Nothing yet');
  await shell(page).go('Coverage');
  await expect(page.getByText('Nothing to cover yet')).toBeVisible();
  await shell(page).go('All cases');
  await expect(caseListPage(page).newCase).toBeVisible();
  await shell(page).lockButton.click();
  await openSampleAs(page, 'Executive');
  await shell(page).go('Coverage');
  await expect(shell(page).noPermission).toBeVisible();
});
