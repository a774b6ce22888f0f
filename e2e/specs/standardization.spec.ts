import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { unevenBookings } from '../evidence-files.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { caseListPage } from '../pages/case-list-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { shell } from '../pages/shell.ts';
import { standardizationPage } from '../pages/standardization-page.ts';
import { uploadPage } from '../pages/upload-page.ts';
import { expectRowsShown } from '../rows-shown.ts';
import type { Window } from '../window.ts';
import { openOwnCase, openSample, openSampleAs, takePov } from '../workspaces.ts';

const ACCESS = { name: 'Standards', passphrase: 'every value beside its original', actor: 'M. Kessler' };

/** A case of its own with the seven uneven bookings, the standardization screen open. */
const openUneven = async (window: Window, folder: string, caseName: string): Promise<void> => {
  const { page } = window;
  const upload = uploadPage(page);
  await openOwnCase(page, ACCESS, caseName);
  await shell(page).go('Add files');
  await window.chooseFiles(upload.chooseButton, [unevenBookings(folder)]);
  await upload.importButton.click();
  await expect(upload.resultRow('uneven.csv')).toContainText('Imported');
  await shell(page).go('Standardization');
};

/** Writes a rule: rows whose description holds a word get a category. */
const writeRule = async (page: Page, name: string, word: string, category: string): Promise<void> => {
  const screen = standardizationPage(page);
  await screen.newRule.click();
  await screen.ruleName.fill(name);
  await screen.conditionValue.fill(word);
  await screen.actionValue(1).fill(category);
  await screen.saveRule.click();
  await expect(screen.rule(name)).toBeVisible();
  // The note of the step lies over what comes next.
  await shell(page).closeNotes();
};

/** Follows a count to the records, which must show this number of rows. */
const expectRowsBehind = async (page: Page, count: Locator, rows: number): Promise<void> => {
  await count.click();
  await expect(page).toHaveURL(/\/records\?/);
  await expectRowsShown(page, rows);
};

const chooseJson = async (page: Page, opener: Locator, path: string): Promise<void> => {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), opener.click()]);
  await chooser.setFiles(path);
};

test('the sample runs through the stages, and every figure opens exactly its rows', async ({ window }) => {
  const { page } = window;
  const screen = standardizationPage(page);
  await openSample(page);
  await shell(page).go('Standardization');
  await expect(page.getByText('Not run yet').first()).toBeVisible();
  await screen.run();
  // 386 bank rows and 352 of the ledger: resources/sample-examination/README.md.
  await expect(screen.stage('FormatStandardizer')).toContainText('738');
  const names = await screen.figures.evaluateAll(links => links.map(link => link.getAttribute('aria-label') ?? ''));
  const address = page.url();
  let opened = 0;
  for (const [place, name] of names.entries()) {
    await screen.figures.nth(place).click();
    await expect(page).not.toHaveURL(address);
    // The rule of balances counts statements, which are shown where they are proved.
    if (!page.url().includes('/reconciliation')) {
      await expectRowsShown(page, firstNumber(name), name);
      opened += 1;
    }
    await page.goBack();
    await expect(screen.figures).toHaveCount(names.length);
  }
  expect(opened).toBeGreaterThanOrEqual(8);

  await screen.goTo('Values');
  await expect(screen.values.first()).toContainText('BRANCH MANAGER');
  const counts = screen.values.getByRole('link');
  for (const place of [0, 3, 9]) {
    const count = firstNumber((await counts.nth(place).textContent()) ?? '');
    await expectRowsBehind(page, counts.nth(place), count);
    await expect(recordsPage(page).chips).toContainText('→');
    await page.goBack();
    await expect(screen.values.first()).toBeVisible();
  }
});

test('values stand beside their originals, with origin, reason and what is wrong with them', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const screen = standardizationPage(page);
  await openUneven(window, folder, 'Values');
  await screen.run();
  await screen.field('Type');
  await expect(screen.values).toHaveCount(3);
  await expect(screen.values.filter({ hasText: 'Kartenzahlung' })).toContainText('card');
  await screen.field('Their account');
  await expect(page).toHaveURL(/field=counterpartyAccount/);
  await screen.kind.selectOption('Values with a problem');
  await expect(screen.values).toHaveCount(1);
  await expect(screen.values).toContainText('check digits');
  await expectRowsBehind(page, screen.values.getByRole('link'), 1);
  await expect(recordsPage(page).cell(0, 'row')).toHaveText('3');
  await expect(recordsPage(page).chips).toContainText('Their account: DE89370400440532013001');
  await page.goBack();
  await screen.field('Account');
  await expect(page.getByText('No value of this field has a problem')).toBeVisible();
  await page.getByRole('button', { name: 'Show all values' }).click();
  await expect(page.getByText('The file states nothing in this field')).toBeVisible();
  await expect(
    screen.stage('FormatStandardizer').getByRole('link', { name: /^1 Currency that ISO 4217/ }),
  ).toBeVisible();
});

test('categories are confirmed by key, skipped, undone, given freely, and counted by origin', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const screen = standardizationPage(page);
  await openUneven(window, folder, 'Categories');
  await screen.goTo('Categories');
  await expect(page.getByText('Run the pipeline to count the rows of each category.')).toBeVisible();
  // Employer is paid a salary by its transaction type; the five others are open. Bakery Corner has two rows.
  await expect(screen.parties).toHaveCount(5);
  await expect(screen.currentParty).toContainText('BAKERY CORNER');
  await expect(screen.suggestion).toContainText('Restaurants and cafés');
  await expect(screen.suggestion).toContainText('“bakery”');
  await expectRowsBehind(page, screen.suggestion.getByRole('link', { name: /^2 rows of BAKERY CORNER/ }), 2);
  await expect(recordsPage(page).chips).toContainText('Category open: BAKERY CORNER, money out');
  await page.goBack();

  await expect(screen.parties).toHaveCount(5);
  await page.keyboard.press('j');
  await expect(screen.currentParty).toContainText('ACME GMBH');
  await page.keyboard.press('k');
  await expect(screen.currentParty).toContainText('BAKERY CORNER');
  await page.keyboard.press('Enter');
  await expect(screen.parties).toHaveCount(4);
  await expect(screen.note('BAKERY CORNER: Restaurants and cafés')).toBeVisible();
  await expect(screen.currentParty).toContainText('ACME GMBH');
  await screen.note('BAKERY CORNER').getByRole('button', { name: 'Undo' }).click();
  await expect(screen.parties).toHaveCount(5);
  await expect(screen.note('BAKERY CORNER')).toHaveCount(0);

  await page.keyboard.press('k');
  await expect(screen.currentParty).toContainText('BAKERY CORNER');
  await page.keyboard.press('Enter');
  await expect(screen.parties).toHaveCount(4);
  await expect(screen.currentParty).toContainText('ACME GMBH');
  await page.keyboard.press('s');
  await expect(screen.parties).toHaveCount(3);
  await expect(screen.currentParty).toContainText('ACME LTD');
  // Without a suggestion Enter leads to the free choice; what was confirmed lately is one click away.
  await page.keyboard.press('Enter');
  await expect(screen.category).toBeFocused();
  await screen.category.selectOption('A category of my own…');
  await screen.suggestion.getByRole('textbox', { name: 'Name of the category' }).fill('Disputed');
  await page.keyboard.press('Enter');
  await expect(screen.parties).toHaveCount(2);
  await expect(screen.suggestion.getByRole('button', { name: 'Disputed' })).toBeVisible();
  await page.getByRole('button', { name: 'Show 1 skipped' }).click();
  await expect(screen.parties).toHaveCount(3);

  await screen.run();
  const confirmed = screen.categories.filter({ hasText: 'Restaurants and cafés' });
  await expect(confirmed.getByRole('link', { name: '2 rows: Restaurants and cafés, Confirmed' })).toBeVisible();
  await expectRowsBehind(
    page,
    screen.categories.filter({ hasText: 'Disputed' }).getByRole('link', { name: '1 rows: Disputed, Confirmed' }),
    1,
  );
  await expect(recordsPage(page).chips).toContainText('Category “Disputed”, confirmed by a person');
});

test('a rule is written with a live count, checked beside its conditions, saved in versions and ordered', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const screen = standardizationPage(page);
  await openUneven(window, folder, 'Rules');
  await screen.goTo('Rules');
  await screen.template(/^Bank charges/).click();
  await expect(screen.ruleName).toHaveValue('Bank charges');
  await expect(screen.trial).toContainText('Matches 0 of 7 rows');
  await screen.comparison.first().selectOption('contains');
  await screen.conditionValue.first().fill('card');
  await expect(screen.trial).toContainText('Matches 2 of 7 rows');
  await expect(screen.trial).toContainText('Café Central');
  await screen.trial.getByRole('button', { name: /Café/ }).click();
  await expect(recordsPage(page).drawer).toContainText('CARD 12 COFFEE');
  await page.keyboard.press('Escape');
  await expect(screen.editor).toContainText(
    'Where description contains “card” and direction is “out”, the category becomes “Bank charges”.',
  );
  await screen.comparison.first().selectOption('matches the pattern');
  await screen.conditionValue.first().fill('(a)\\1');
  await expect(screen.problems).toContainText('linear time');
  await expect(screen.trial).toContainText('The count stands here once the conditions can be run.');
  await expect(screen.saveRule).toBeDisabled();
  await screen.conditionValue.first().fill('^card');
  await screen.ruleName.fill('');
  await expect(screen.missing).toContainText('The rule has no name.');
  // It is tried all the same.
  await expect(screen.trial).toContainText('Matches 2 of 7 rows');
  await screen.ruleName.fill('Cards');
  await screen.saveRule.click();
  await expect(screen.rule('Cards')).toContainText('version 1');
  await shell(page).closeNotes();

  await writeRule(page, 'Coffee', 'coffee', 'Coffee');
  await expect(screen.rule('Coffee')).toContainText('Not run yet');
  await screen.run();
  await expect(screen.rule('Coffee')).toContainText('Shadowed by earlier rules');
  await expect(screen.conflicts).toHaveText(/“Cards” decides the category before “Coffee”\s*1 row$/);
  await expectRowsBehind(page, screen.conflicts.getByRole('link'), 1);
  await expect(recordsPage(page).chips).toContainText('“Cards” decided the category before “Coffee”');
  await page.goBack();
  await page.getByRole('button', { name: 'Move Coffee up' }).click();
  await expect(screen.rules.first()).toContainText('Coffee');
  await shell(page).closeNotes();
  await expect(screen.stale).toBeVisible();
  await screen.run();
  await expect(screen.rule('Coffee')).toContainText('Works');
  const decided = screen.rule('Cards').getByRole('link', { name: '1 rows decided by Cards' });
  await expectRowsBehind(page, decided, 1);
  await expect(recordsPage(page).cell(0, 'description')).toHaveText('CARD 12 LUNCH');
  await page.goBack();

  await page.getByRole('switch', { name: 'Coffee is on' }).click({ force: true });
  await expect(screen.rule('Coffee')).toContainText('Off');
  await shell(page).closeNotes();
  await page.getByRole('link', { name: 'Edit Coffee' }).click();
  await expect(screen.versions.getByRole('listitem')).toHaveCount(3);
  await screen.conditionValue.fill('lunch');
  await expect(screen.trial).toContainText('Would decide 1 row');
  await screen.saveRule.click();
  await expect(screen.rule('Coffee')).toContainText('“lunch”');
  await shell(page).closeNotes();
  await screen.rule('Coffee').getByRole('link', { name: 'Coffee', exact: true }).click();
  await screen.versions.getByRole('button', { name: 'Load version 1' }).click();
  await expect(screen.conditionValue).toHaveValue('coffee');
  await screen.allRules.click();

  const download = await window.download(screen.exportRules);
  const file = join(folder, 'rules.json');
  await download.saveAs(file);
  const exported = JSON.parse(readFileSync(file, 'utf8')) as { format: string; rules: { name: string }[] };
  expect(exported.format).toBe('nexus-rules');
  expect(exported.rules.map(({ name }) => name).sort()).toEqual(['Cards', 'Coffee']);
  await chooseJson(page, screen.importRules, file);
  await expect(screen.rules).toHaveCount(4);
  await chooseJson(page, screen.importRules, unevenBookings(folder));
  await expect(page.getByRole('main').getByRole('alert')).toContainText('“uneven.csv” is not a file of rules');
});

test('any step is undone and redone, a jump names what it takes back, and the recipe travels', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const screen = standardizationPage(page);
  await openUneven(window, folder, 'History');
  await screen.goTo('Rules');
  await writeRule(page, 'Coffee', 'coffee', 'Coffee');
  await writeRule(page, 'Lunch', 'lunch', 'Lunch');
  await page.getByRole('button', { name: 'Remove Coffee' }).click();
  await expect(screen.rules).toHaveCount(1);
  await shell(page).closeNotes();
  await screen.goTo('History');
  await expect(screen.steps.first()).toContainText('Rule “Coffee” removed');
  await expect(screen.steps.first()).toContainText('M. Kessler');

  await page.getByRole('button', { name: 'Undo: Rule “Coffee”', exact: true }).click();
  await expect(screen.warning).toContainText('without it there is nothing for it to change');
  await expect(screen.warning).toContainText('Rule “Coffee” removed');
  await screen.confirmUndo.click();
  await expect(screen.warning).toBeHidden();
  await shell(page).closeNotes();
  await expect(screen.steps.first()).toContainText('Without effect');
  await page.getByRole('button', { name: 'Redo: Rule “Coffee”', exact: true }).click();
  await expect(screen.steps.first()).toContainText('Stands');

  await page.getByRole('button', { name: 'Back to: Rule “Coffee”', exact: true }).click();
  await expect(screen.warning).toContainText('This takes back 2 steps');
  await expect(screen.warning.getByRole('listitem')).toHaveText(['Rule “Lunch”', 'Rule “Coffee” removed']);
  await screen.confirmUndo.click();
  await expect(screen.warning).toBeHidden();
  await shell(page).closeNotes();
  await screen.goTo('Rules');
  await expect(screen.rules).toHaveCount(1);
  await expect(screen.rule('Coffee')).toBeVisible();

  await screen.goTo('History');
  const download = await window.download(screen.exportRecipe);
  const file = join(folder, 'recipe.json');
  await download.saveAs(file);
  await shell(page).go('All cases');
  await caseListPage(page).createCase('History, once more');
  await shell(page).go('Add files');
  const upload = uploadPage(page);
  await window.chooseFiles(upload.chooseButton, [unevenBookings(folder)]);
  await upload.importButton.click();
  await expect(upload.resultRow('uneven.csv')).toBeVisible();
  await shell(page).go('Standardization');
  await screen.goTo('History');
  await chooseJson(page, screen.applyRecipe, file);
  await expect(page.getByText(/steps? applied/)).toBeVisible();
  await screen.goTo('Rules');
  await expect(screen.rule('Coffee')).toBeVisible();
});

test('a record shows its standardized values, takes a category and leads to a rule', async ({ window, folder }) => {
  const { page } = window;
  const screen = standardizationPage(page);
  const records = recordsPage(page);
  await openUneven(window, folder, 'Record');
  await shell(page).go('Transactions');
  await records.openRow(0);
  const values = records.drawer.getByRole('table', { name: 'Standardized' });
  await expect(values.getByRole('row', { name: /Their account/ })).toContainText('DE89370400440532013000');
  await expect(values.getByRole('row', { name: /^Type/ })).toContainText('card');
  await records.drawer.getByRole('button', { name: 'Set category' }).click();
  await records.drawer.getByText('All money out to CAFÉ CENTRAL').click();
  await records.drawer.getByRole('combobox', { name: 'Category', exact: true }).selectOption('Entertainment');
  await records.drawer.getByRole('button', { name: 'Give this category' }).click();
  await expect(values.getByRole('row', { name: /^Category/ })).toContainText('Entertainment');
  await expect(values.getByRole('row', { name: /^Category/ })).toContainText('confirmed for this party');
  await screen.note('CAFÉ CENTRAL: Entertainment').getByRole('button', { name: 'Undo' }).click();
  await expect(values.getByRole('row', { name: /^Category/ })).not.toContainText('Entertainment');

  await records.drawer.getByRole('link', { name: 'Make a rule from this' }).click();
  await expect(screen.ruleName).toHaveValue('CAFÉ CENTRAL');
  await expect(screen.trial).toContainText('Matches 1 of 7 rows');
  await screen.actionValue(1).fill('Coffee');
  await screen.saveRule.click();
  await expect(screen.rule('CAFÉ CENTRAL')).toBeVisible();
  await shell(page).go('Transactions');
  await records.openRow(0);
  const rules = records.drawer.getByRole('list', { name: 'Rules that match' });
  await expect(rules).toContainText('decided set-category: Coffee');
  await rules.getByRole('link', { name: 'CAFÉ CENTRAL' }).click();
  await expect(screen.ruleName).toHaveValue('CAFÉ CENTRAL');
});

test('a judge looks and changes nothing; an executive may not see evidence', async ({ window }) => {
  const { page } = window;
  const screen = standardizationPage(page);
  await openSampleAs(page, 'Judge');
  await shell(page).go('Standardization');
  await expect(screen.values.first()).toBeVisible();
  await expect(screen.firstRun.or(screen.again)).toHaveCount(0);
  await screen.goTo('Categories');
  await expect(screen.review).toContainText('Your role reads categories; it does not confirm them.');
  await expect(screen.suggestion.getByRole('button')).toHaveCount(0);
  await screen.goTo('Rules');
  await expect(screen.newRule).toHaveCount(0);
  await screen.goTo('History');
  await expect(screen.applyRecipe).toHaveCount(0);
  await takePov(page, 'Executive');
  await shell(page).go('Standardization');
  await expect(shell(page).noPermission).toBeVisible();
});
