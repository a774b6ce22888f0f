import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { partiesPage } from '../pages/parties-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { shell } from '../pages/shell.ts';
import { importFiles, RESPELT, respeltParties } from '../review-files.ts';
import { expectRowsShown } from '../rows-shown.ts';
import { openOwnCase, openSampleAs } from '../workspaces.ts';

const ACCESS = { name: 'Parties', passphrase: 'everybody has two names here', actor: 'M. Kessler' };

test('the same firm under two spellings is proposed with its evidence, merged, found again and taken apart', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const parties = partiesPage(page);
  await openOwnCase(page, ACCESS, 'Review');
  await importFiles(window, respeltParties(folder));
  await shell(page).go('Parties');
  await expect(page.getByText('Not looked for yet')).toBeVisible();
  await parties.look.click();
  await expect(parties.proposals).toHaveCount(2);

  // The waterfall: prior, name, account, total; its numbers as a table.
  await expect(parties.bars).toHaveCount(4);
  await expect(parties.bars.last()).toContainText('likely to be one party');
  await expectAccessible(page, 'party proposal');
  await page.keyboard.press('t');
  // Prior, name and account with their sums so far, and the total, which is the last of these sums.
  const sums = parties.evidence.locator('tbody tr td:last-child');
  await expect(sums).toHaveCount(4);
  const [last, total] = (await sums.allTextContents()).slice(-2);
  expect(total).toBe(last);
  await expectAccessible(page, 'party proposal, evidence as table');

  // Fewer than two: nothing to merge.
  const { first, second } = RESPELT.find(({ second: name }) => name.includes('Tradng'))!;
  if (!(await parties.choose(first).isVisible())) await page.keyboard.press('j');
  await parties.choose(first).uncheck();
  await expect(parties.merge).toBeDisabled();
  await parties.choose(first).check();
  await parties.name.fill('The firm');
  await parties.merge.click();
  await expect(parties.proposals).toHaveCount(1);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('n');
  await expect(parties.noneLeft).toBeVisible();
  await parties.undo.last().click();
  await expect(parties.proposals).toHaveCount(1);

  await parties.tab('All parties').click();
  // 42 spellings, two of them merged.
  await expect(parties.count).toHaveText('41 parties');
  await parties.search.fill('the firm');
  await expect(parties.count).toHaveText('1 party');
  await expect(parties.party).toContainText(second);
  await parties.party.getByRole('link', { name: '2 rows of The firm' }).click();
  await recordsPage(page).expectMatching(2);
  await expect(recordsPage(page).chips).toContainText('Party: The firm');
  await page.goBack();
  await parties.search.fill('the firm');
  await expect(parties.count).toHaveText('1 party');
  await parties.chooseMember(second).check();
  await parties.takeOut.click();
  await expect(page.getByText('No party has this in its name')).toBeVisible();
  await parties.undo.last().click();
  await expect(parties.count).toHaveText('1 party');
});

test('every count of rows opens exactly its rows', async ({ window }) => {
  const { page } = window;
  const parties = partiesPage(page);
  await openSampleAs(page, 'Judge');
  await shell(page).go('Parties');
  await expect(page.getByText('An examiner has to look for them first.')).toBeVisible();
  await parties.tab('All parties').click();
  await expect(parties.parties.first()).toBeVisible();
  for (const place of [0, 3, 7]) {
    await parties.parties.nth(place).click();
    await expect(parties.parties.nth(place)).toHaveAttribute('aria-current', 'true');
    const name = (await parties.rowCounts.first().getAttribute('aria-label')) ?? '';
    await parties.rowCounts.first().click();
    await expect(page).toHaveURL(/\/records\?/);
    await expectRowsShown(page, firstNumber(name), name);
    await page.goBack();
    await expect(parties.parties.first()).toBeVisible();
  }
});

test('a role without evidence is told so', async ({ window }) => {
  await openSampleAs(window.page, 'Executive');
  await shell(window.page).go('Parties');
  await expect(shell(window.page).noPermission).toBeVisible();
});
