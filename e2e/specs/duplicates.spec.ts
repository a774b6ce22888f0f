import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { duplicatesPage } from '../pages/duplicates-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { shell } from '../pages/shell.ts';
import { examine, importFiles, overlappingExports } from '../review-files.ts';
import { openOwnCase, openSampleAs } from '../workspaces.ts';

const ACCESS = { name: 'Duplicates', passphrase: 'two copies of every letter', actor: 'M. Kessler' };

test('pairs are compared side by side and decided by keys; a decision can be undone', async ({ window, folder }) => {
  const { page } = window;
  const duplicates = duplicatesPage(page);
  await openOwnCase(page, ACCESS, 'One by one');
  await importFiles(window, overlappingExports(folder));
  await examine(window);
  await shell(page).go('Duplicates');
  await duplicates.kind('Overlapping files').click();
  await expect(duplicates.count).toHaveText('3 pairs');
  await expect(duplicates.pairs).toHaveCount(3);
  await expect(duplicates.compared.getByRole('row', { name: /^Amount/ })).toContainText('the same');
  await expect(duplicates.compared).toContainText('january-again.csv');
  await expectAccessible(page, 'pair of overlapping files');

  // J and K move; S leaves the pair for later.
  await page.keyboard.press('j');
  await expect(duplicates.pairs.nth(1)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('k');
  await expect(duplicates.pairs.nth(0)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('s');
  await expect(duplicates.pairs.nth(1)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('k');
  await expect(duplicates.pairs.nth(0)).toHaveAttribute('aria-current', 'true');

  await expect(duplicates.detail).toContainText('Meridian Supplies');
  await page.keyboard.press('Enter');
  await expect(duplicates.count).toHaveText('2 pairs');
  await expect(duplicates.stale).toBeVisible();
  await page.keyboard.press('n');
  await expect(duplicates.count).toHaveText('1 pair');
  await duplicates.state('No duplicate').click();
  await expect(duplicates.pairs).toHaveCount(1);
  await expect(duplicates.detail).toContainText('City Transport');
  await duplicates.undo.last().click();
  await expect(page.getByText('No pair of this choice')).toBeVisible();

  await duplicates.state('Duplicate').click();
  await expect(duplicates.detail).toContainText('Meridian Supplies');
  // It stays a transaction like any other.
  await duplicates.openRow(2).click();
  await expect(recordsPage(page).drawer).toContainText('Raw record from the sealed original');
  await page.keyboard.press('Escape');

  await duplicates.runAgain.click();
  await expect(duplicates.stale).toBeHidden();
  // Examined anew, the decision still stands there.
  await expect(duplicates.pairs).toHaveCount(1);
  await duplicates.state('To decide').click();
  await expect(duplicates.count).toHaveText('2 pairs');
});

test('all pairs of overlapping files are confirmed at once, after the dialog said what that does', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const duplicates = duplicatesPage(page);
  await openOwnCase(page, ACCESS, 'All at once');
  await importFiles(window, overlappingExports(folder));
  await examine(window);
  await shell(page).go('Duplicates');
  // Only of one kind, and only of the kind that answers one to one.
  await expect(duplicates.bulk).toBeHidden();
  await duplicates.kind('Overlapping files').click();
  await duplicates.bulk.click();
  await expect(duplicates.dialog).toContainText('the left transaction is kept');
  await expect(duplicates.dialog).toContainText('left out of the tests');
  await expect(duplicates.dialog).toContainText('They stay visible');
  await expect(duplicates.dialog).toContainText('can be undone');
  await expect(duplicates.bulkAction).toHaveText('Confirm 3 duplicates');
  await expectAccessible(page, 'dialog that confirms all pairs');
  await duplicates.bulkAction.click();
  await expect(duplicates.dialog).toBeHidden();
  await expect(duplicates.count).toHaveText('0 pairs');
  await duplicates.state('Duplicate').click();
  await expect(duplicates.count).toHaveText('3 pairs');
  await duplicates.undo.first().click();
  await expect(duplicates.count).toHaveText('0 pairs');
  await duplicates.state('To decide').click();
  await expect(duplicates.count).toHaveText('3 pairs');
});

test('Enter on a button is the button’s own: it never decides on the pair behind it', async ({ window, folder }) => {
  const { page } = window;
  const duplicates = duplicatesPage(page);
  await openOwnCase(page, ACCESS, 'Enter');
  await importFiles(window, overlappingExports(folder));
  await examine(window);
  await shell(page).go('Duplicates');
  await duplicates.kind('Overlapping files').click();
  // Offered once the list is the one of this kind; the pair of before would take the focus away with it.
  await expect(duplicates.bulk).toBeVisible();
  await expect(duplicates.count).toHaveText('3 pairs');
  await duplicates.openRow(3).focus();
  await page.keyboard.press('Enter');
  await expect(recordsPage(page).drawer).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(recordsPage(page).drawer).toBeHidden();
  await expect(duplicates.count).toHaveText('3 pairs');
  // In the list the focus goes with the choice, and Enter decides on what has the focus.
  await duplicates.pairs.first().click();
  await page.keyboard.press('ArrowDown');
  await expect(duplicates.pairs.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(duplicates.count).toHaveText('2 pairs');
});

test('a judge reads the pairs and decides nothing', async ({ window }) => {
  const { page } = window;
  const duplicates = duplicatesPage(page);
  await openSampleAs(page, 'Judge');
  await shell(page).go('Duplicates');
  await expect(duplicates.detail).toContainText('Your role reads duplicates; it does not decide them.');
  const before = await duplicates.count.textContent();
  await page.keyboard.press('Enter');
  await page.keyboard.press('n');
  await expect(duplicates.count).toHaveText(before ?? '');
  await expect(duplicates.undo).toHaveCount(0);
});
