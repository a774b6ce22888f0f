import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { reconciliationPage } from '../pages/reconciliation-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { shell } from '../pages/shell.ts';
import { importFiles, reconciliationFiles } from '../review-files.ts';
import { expectRowsShown } from '../rows-shown.ts';
import type { Window } from '../window.ts';
import { openOwnCase, openSample, openSampleAs } from '../workspaces.ts';

const ACCESS = { name: 'Reconciliation', passphrase: 'the bank is not the book', actor: 'M. Kessler' };

/** A case of its own with one quarter of bank and ledger, matched: both files are chosen as sides by name. */
const openQuarter = async (window: Window, folder: string, name: string): Promise<void> => {
  const { page } = window;
  const reconciliation = reconciliationPage(page);
  await openOwnCase(page, ACCESS, name);
  await importFiles(window, reconciliationFiles(folder));
  await shell(page).go('Reconciliation');
  await expect(page.getByText('Choose side A and B')).toBeVisible();
  for (const [side, file] of [
    ['A', 'quarter-bank.csv'],
    ['B', 'quarter-ledger.csv'],
  ] as const) {
    await reconciliation.changeSide(side).click();
    await reconciliation.editor.getByText('All files', { exact: true }).click();
    await reconciliation.editor.getByRole('checkbox', { name: new RegExp(`^${file} `) }).check();
    await reconciliation.editor.getByRole('button', { name: 'Choose' }).click();
    await expect(reconciliation.sides).toContainText(file);
  }
  await reconciliation.run.click();
  await expect(reconciliation.foots).toBeVisible();
};

const figures = (page: Page) => {
  const { figure } = reconciliationPage(page);
  return {
    matched: figure('Matched'),
    suggested: figure('Suggested'),
    openA: figure('Open on side A'),
    openB: figure('Open on side B'),
  };
};

test('any two files are matched and decided by keys; each decision can be taken back', async ({ window, folder }) => {
  const { page } = window;
  const reconciliation = reconciliationPage(page);
  await openQuarter(window, folder, 'One by one');
  const { matched, suggested } = figures(page);
  await expect(matched).toHaveText('3');
  const proposals = Number(await suggested.textContent());
  expect(proposals).toBeGreaterThanOrEqual(2);
  await expect(reconciliation.pairs).toHaveCount(proposals);
  await expect(reconciliation.detail).toContainText('single fare');
  await expectAccessible(page, 'suggested match');

  // Enter accepts, N rejects, U takes the newest back; J and K move.
  await page.keyboard.press('j');
  await expect(reconciliation.pairs.nth(1)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(matched).toHaveText('4');
  await expect(reconciliation.pairs).toHaveCount(proposals - 1);
  await page.keyboard.press('n');
  await expect(suggested).toHaveText(String(proposals - 2));
  await page.keyboard.press('u');
  await expect(suggested).toHaveText(String(proposals - 1));
  await page.keyboard.press('Control+z');
  await expect(matched).toHaveText('3');
  await expect(suggested).toHaveText(String(proposals));
  await shell(page).closeNotes();

  // The same by one press a pair, taken back by the note.
  await reconciliation.acceptOf(5).click();
  await expect(matched).toHaveText('4');
  await reconciliation.judgment('Accepted').click();
  await expect(reconciliation.why).toContainText('accepted by M. Kessler');
  await reconciliation.toastUndo.first().click();
  await expect(matched).toHaveText('3');
  await shell(page).closeNotes();

  // What the matching confirmed is taken apart, and stays apart when it runs again.
  await reconciliation.judgment('Confirmed').click();
  await expect(reconciliation.count).toHaveText('3 matches');
  await reconciliation.unmatch.click();
  await expect(matched).toHaveText('2');
  await expect(reconciliation.sides.getByRole('button', { name: 'Run again' })).toBeVisible();
  await expect(page.getByText(/^\d+ decisions? since the last run/)).toBeVisible();
  await reconciliation.run.click();
  await expect(page.getByText(/since the last run/)).toBeHidden();
  await expect(matched).toHaveText('2');
  await reconciliation.judgment('Rejected').click();
  await expect(reconciliation.pairs).toHaveCount(1);
  await reconciliation.tab('History').click();
  await expect(reconciliation.history.first()).toContainText('M. Kessler');
  await expectAccessible(page, 'decisions on matches');
});

test('rows are matched by hand, two to one, with what remains live and a reason for it', async ({ window, folder }) => {
  const { page } = window;
  const reconciliation = reconciliationPage(page);
  await openQuarter(window, folder, 'By hand');
  await reconciliation.tab('Open rows').click();
  const row = (side: 'A' | 'B', text: string): Locator => reconciliation.openRows(side).filter({ hasText: text });
  await row('A', 'Northgate Trading').click();
  await expect(reconciliation.leftover).toContainText('Northgate Trading');
  await page.keyboard.press(' ');
  await expect(reconciliation.remaining).toContainText('300.00');
  // Right goes to the other side; the picks survive a sort.
  await page.keyboard.press('ArrowRight');
  await row('B', 'Alder Ltd').getByRole('checkbox').check();
  await expect(reconciliation.remaining).toContainText('120.00');
  await reconciliation.orderOf('B').selectOption('Largest first');
  await row('B', 'Birk Ltd').getByRole('checkbox').check();
  await expect(reconciliation.picked('A')).toHaveCount(1);
  await expect(reconciliation.picked('B')).toHaveCount(2);
  await expect(reconciliation.remaining).toContainText('5.00');
  await expect(reconciliation.make).toBeDisabled();
  await reconciliation.reason.fill('bank charges borne by the payer');
  await expectAccessible(page, 'match by hand with a difference');
  await reconciliation.make.click();
  await expect(reconciliation.picked('A')).toHaveCount(0);
  await expect(row('A', 'Northgate Trading')).toHaveCount(0);
  await expect(row('B', 'Alder Ltd')).toHaveCount(0);

  await reconciliation.tab('Matches').click();
  await reconciliation.judgment('By hand').click();
  await expect(reconciliation.detail).toContainText('bank charges borne by the payer');
  await expect(reconciliation.detail).toContainText('5.00');
  await reconciliation.tab('Proof').click();
  await expect(page.getByRole('main')).toContainText('of it in matched rows');
  await expect(reconciliation.foots).toBeVisible();

  // Taken back from the history, which names the step.
  await reconciliation.tab('History').click();
  await reconciliation.history
    .first()
    .getByRole('button', { name: /^Undo: Matched by hand/ })
    .click();
  await expect(reconciliation.undoDialog).toContainText('No other step depends on it.');
  await reconciliation.undoAction.click();
  await expect(reconciliation.history.first()).toContainText('Undone by step');
  await reconciliation.tab('Open rows').click();
  await expect(row('A', 'Northgate Trading')).toHaveCount(1);
});

test('the settings of the matching are chosen, used by the next run, and shown with the proof', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const reconciliation = reconciliationPage(page);
  await openQuarter(window, folder, 'Settings');
  await reconciliation.sides.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'How the matching compares' });
  await dialog.getByRole('textbox', { name: 'Days apart at most' }).fill('11');
  await expectAccessible(page, 'settings of the matching');
  await dialog.getByRole('button', { name: 'Choose' }).click();
  await expect(page.getByText(/^Run the reconciliation to see these sides and settings/)).toBeVisible();
  await reconciliation.run.click();
  await expect(page.getByText(/^Run the reconciliation to see/)).toBeHidden();
  await reconciliation.tab('Proof').click();
  await expect(page.getByRole('region', { name: 'Method' })).toContainText('11');
});

test('what an open row may be is a proposal: accepting it records an explanation and changes no row', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const reconciliation = reconciliationPage(page);
  await openQuarter(window, folder, 'Explained');
  const { openA } = figures(page);
  const before = await openA.textContent();
  await reconciliation.tab('Open rows').click();
  await reconciliation.openRows('A').filter({ hasText: 'House Bank' }).click();
  await expect(reconciliation.proposals.first()).toContainText('Probably:');
  await reconciliation.proposals
    .first()
    .getByRole('button', { name: /^Accept: / })
    .click();
  await expect(reconciliation.leftover).toContainText('Explained by M. Kessler');
  await expect(openA).toHaveText(before ?? '');
  await expect(reconciliation.figure('Explained')).toHaveText('1');
  await reconciliation.figure('Explained').getByRole('link').click();
  await expect(page).toHaveURL(/\/records\?/);
  await expectRowsShown(page, 1);
});

test('a locked period keeps its matches; it is unlocked with a reason, and both stay in the history', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const reconciliation = reconciliationPage(page);
  await openQuarter(window, folder, 'Locked');
  await reconciliation.tab('Locks and rates').click();
  const { locks, rates } = reconciliation;
  await locks.getByRole('textbox', { name: 'First day' }).fill('2025-02-01');
  await locks.getByRole('textbox', { name: 'Last day' }).fill('2025-02-28');
  await locks.getByRole('textbox', { name: 'Reason' }).fill('reported to the court');
  await locks.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(locks.getByRole('table')).toContainText('reported to the court');
  await rates.getByRole('textbox', { name: '1 unit of' }).fill('eur');
  await rates.getByRole('textbox', { name: 'is in' }).fill('SEK');
  await rates.getByRole('textbox', { name: 'Rate', exact: true }).fill('11.42');
  await rates.getByRole('textbox', { name: 'In force from' }).fill('2025-01-01');
  await rates.getByRole('textbox', { name: 'Source of the rate' }).fill('central bank');
  await rates.getByRole('button', { name: 'Add' }).click();
  await expect(rates.getByRole('table')).toContainText('1 EUR = 11.42 SEK');
  await expectAccessible(page, 'locks and rates');
  await shell(page).closeNotes();

  await reconciliation.tab('Matches').click();
  await expect(reconciliation.detail).toContainText('A row lies in a locked period');
  await expect(reconciliation.accept).toBeDisabled();
  await reconciliation.tab('Locks and rates').click();
  await locks.getByRole('button', { name: 'Unlock 2025-02-01 – 2025-02-28' }).click();
  const dialog = page.getByRole('dialog', { name: /^Unlock / });
  await dialog.getByRole('textbox').fill('an entry came late');
  await dialog.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(locks).toContainText('No period is locked');
  await reconciliation.tab('History').click();
  await expect(reconciliation.history.nth(0)).toContainText('an entry came late');
  await expect(reconciliation.history.nth(2)).toContainText('reported to the court');
});

test('all suggestions from a score on are accepted as one step and taken back as one', async ({ window, folder }) => {
  const { page } = window;
  const reconciliation = reconciliationPage(page);
  await openQuarter(window, folder, 'In bulk');
  const { matched, suggested } = figures(page);
  await expect(matched).toHaveText('3');
  const proposals = Number(await suggested.textContent());
  await expect(reconciliation.pairs).toHaveCount(proposals);
  await page.keyboard.press('b');
  await expect(reconciliation.bulkDialog).toContainText('Lowest score');
  await reconciliation.bulkDialog.getByRole('textbox', { name: 'Lowest score' }).fill('0.5');
  await expect(reconciliation.bulkAction).toHaveText(`Accept ${proposals} match${proposals === 1 ? '' : 'es'}`);
  await expectAccessible(page, 'bulk accept');
  await reconciliation.bulkAction.click();
  await expect(suggested).toHaveText('0');
  await expect(matched).toHaveText(String(3 + proposals));
  await expect(page.getByText('Every suggestion is decided')).toBeVisible();
  await expect(reconciliation.bulkDialog).toBeHidden();
  await page.keyboard.press('u');
  await expect(suggested).toHaveText(String(proposals));
});

test('every figure opens exactly its rows', async ({ window }) => {
  const { page } = window;
  const reconciliation = reconciliationPage(page);
  await openSample(page);
  await shell(page).go('Reconciliation');
  await expect(reconciliation.foots).toBeVisible();
  for (const label of ['Open on side A', 'Open on side B'] as const) {
    const link = reconciliation.figure(label).getByRole('link');
    const count = firstNumber((await link.textContent()) ?? '');
    await link.click();
    await expect(page).toHaveURL(/\/records\?/);
    await expectRowsShown(page, count, label);
    await expect(recordsPage(page).chips).toContainText('From the reconciliation');
    await page.goBack();
  }
  for (const label of ['Matched', 'Suggested'] as const) {
    const link = reconciliation.figure(label).getByRole('link');
    const count = firstNumber((await link.textContent()) ?? '');
    await link.click();
    await expect(reconciliation.count, label).toHaveText(`${count} matches`);
  }
  await reconciliation.tab('Proof').click();
  await expect(reconciliation.cash).toBeVisible();
  for (const table of [reconciliation.proof('EUR'), reconciliation.cash]) {
    const links = table.getByRole('link');
    await expect(links.first()).toBeVisible();
    const names = await links.evaluateAll(found => found.map(link => link.getAttribute('aria-label') ?? ''));
    let opened = 0;
    for (const [place, name] of names.entries()) {
      // The proof's amounts stand beside their counts, which say how many rows both open.
      const said = /opens ([\d,]+) rows?$/.exec(name)?.[1] ?? /^([\d,]+) /.exec(name)?.[1];
      if (said === undefined) continue;
      await links.nth(place).click();
      await expect(page).toHaveURL(/\/records\?/);
      await expectRowsShown(page, firstNumber(said), name);
      opened += 1;
      await page.goBack();
      await expect(links).toHaveCount(names.length);
    }
    expect(opened).toBeGreaterThanOrEqual(4);
  }
});

test('an export holds these matches, or everything with totals that prove to zero', async ({ window }) => {
  const { page } = window;
  const reconciliation = reconciliationPage(page);
  await openSample(page);
  await shell(page).go('Reconciliation');
  await expect(reconciliation.count).toHaveText('5 matches');
  await reconciliation.exportButton.click();
  const these = await window.download(reconciliation.exportItem(/^These 5 matches/));
  const lines = (await readFile((await these.path()) ?? '', 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + 10);
  await reconciliation.exportButton.click();
  const all = await window.download(reconciliation.exportItem(/^All matches, open rows and totals/));
  const text = await readFile((await all.path()) ?? '', 'utf8');
  expect(text).toContain('the parts prove to zero');
  // 386 rows of the bank, 352 of the ledger: each once.
  expect(text.split('\r\n').filter(line => /^"(confirmed|suggested|open)"/.test(line))).toHaveLength(738);
});

test('who may read matches without deciding them is shown no way to decide', async ({ window }) => {
  const { page } = window;
  const reconciliation = reconciliationPage(page);
  await openSampleAs(page, 'Judge');
  await shell(page).go('Reconciliation');
  await expect(reconciliation.detail).toContainText('Your role reads matches; it does not decide them.');
  await expect(reconciliation.accept).toHaveCount(0);
  await expect(reconciliation.run).toHaveCount(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('u');
  await expect(reconciliation.figure('Suggested')).toHaveText('5');
  await reconciliation.tab('Open rows').click();
  await expect(reconciliation.openRows('B')).toHaveCount(5);
  await expect(reconciliation.make).toHaveCount(0);
});
