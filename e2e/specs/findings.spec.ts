import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { caseListPage } from '../pages/case-list-page.ts';
import { findingsPage } from '../pages/findings-page.ts';
import { peoplePage } from '../pages/people-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { shell } from '../pages/shell.ts';
import { openSample, SAMPLE, signInFirst } from '../workspaces.ts';

test.describe.configure({ mode: 'serial' });

test.beforeEach(async ({ window }) => {
  await openSample(window.page);
  await shell(window.page).go('Findings');
  await findingsPage(window.page).settled();
});

/** Matching and total of the queue's header. */
const counts = async (page: Page): Promise<readonly [matching: number, all: number]> => {
  const text = await findingsPage(page).header.innerText();
  const [matching = '', all = ''] = text.match(/[\d,]+/g) ?? [];
  return [Number(matching.replaceAll(',', '')), Number(all.replaceAll(',', ''))];
};

test('findings leave the queue one key at a time, and the decisions outlive a reload', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  const [open, all] = await counts(page);
  expect(open).toBe(all);
  const first = await findings.items.nth(0).innerText();
  const second = await findings.items.nth(1).innerText();
  await expect(findings.items.nth(0)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('j');
  await expect(findings.items.nth(1)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('k');
  await expect(findings.items.nth(0)).toHaveAttribute('aria-current', 'true');

  // D needs a reason before it can be sent.
  await expect(findings.standing).toContainText('Open');
  await page.keyboard.press('d');
  await expect(findings.reasonDialog).toBeVisible();
  await expect(findings.reasonDialog.getByRole('button', { name: 'Dismiss', exact: true })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(findings.reasonDialog).toBeHidden();

  await page.keyboard.press('e');
  await findings.answer.fill('Contract of 3 March covers all parts');
  await page.keyboard.press('Control+Enter');
  await expect(findings.reasonDialog).toBeHidden();
  await expect(findings.header).toHaveText(`${open - 1} matching findings (${all} total)`);
  // The queue goes on by itself: what was second is shown now.
  await expect(findings.current).toHaveText(second, { useInnerText: true });
  await expect(findings.standing).toContainText('Open');
  await page.keyboard.press('y');
  await expect(findings.header).toHaveText(`${open - 2} matching findings (${all} total)`);
  await expect(findings.reviewed).toHaveText(`2 of ${all} findings decided`);

  // Undo brings it back and shows it.
  await expect(findings.standing).toContainText('Open');
  await page.keyboard.press('Control+z');
  await expect(findings.header).toHaveText(`${open - 1} matching findings (${all} total)`);
  await expect(findings.current).toHaveText(second, { useInnerText: true });

  await page.reload();
  await expect(findings.header).toHaveText(`${open - 1} matching findings (${all} total)`);
  await findings.state.selectOption('explained');
  await expect(findings.items).toHaveCount(1);
  await expect(findings.items.first()).toContainText(first.split('\n').at(-1)!);
  await expect(findings.standing).toContainText('Contract of 3 March covers all parts');
  await expect(findings.standing).toContainText('Visitor');
});

test('flag, severity, comment, assignment: each a key, each in the history, each undone', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  await expect(findings.standing).toBeVisible();
  await page.keyboard.press('f');
  await expect(findings.current).toContainText('Flagged');
  await page.keyboard.press('c');
  await findings.answer.fill('Ask the bank for the voucher');
  await page.keyboard.press('Control+Enter');
  await expect(findings.current).toContainText('1 comment');
  await page.keyboard.press('a');
  await findings.dialog.getByLabel('Name').fill('Field team');
  await page.keyboard.press('Enter');
  await expect(findings.dialog).toBeHidden();
  await expect(findings.standing).toContainText('Assigned to Field team');
  await page.keyboard.press('4');
  await findings.answer.fill('A petty sum');
  await page.keyboard.press('Control+Enter');
  await expect(findings.dialog).toBeHidden();
  await expect(findings.standing).toContainText('A petty sum');
  await expect(findings.history).toContainText('Ask the bank for the voucher');
  // With the decision of before and its undo.
  await expect(findings.history.getByRole('listitem')).toHaveCount(6);
  await findings.flagged.click();
  await expect(findings.items).toHaveCount(1);
  await findings.assignee.selectOption('Field team');
  await expect(findings.items).toHaveCount(1);
  await expect(findings.standing).toContainText('A petty sum');
  await page.keyboard.press('Control+z');
  await expect(findings.standing).not.toContainText('A petty sum');
  await expect(findings.history.getByRole('listitem')).toHaveCount(7);
});

test('innocent explanations are tried on the records; each number opens exactly its rows', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  await findings.chooseTest('same-same-different');
  await expect(findings.explanations).toContainText('Not tried');
  await page.keyboard.press('x');
  await expect(findings.explanations).not.toContainText('Not tried');
  await expect(findings.explanations.getByRole('row', { name: /^Was it paid back/ })).toContainText(
    /Supports it|Speaks against it|Cannot tell/,
  );
  const counted = findings.explanations.getByRole('button', { name: /rows the outcome rests on/ });
  await expect(counted.first()).toBeVisible();
  for (const button of await counted.all()) {
    const rows = firstNumber(await button.innerText());
    await button.click();
    await expect(findings.dialog.getByRole('region', { name: 'rows the outcome rests on' })).toBeVisible();
    await expect(findings.dialog.locator('[col-id="date"][role="gridcell"]')).toHaveCount(rows);
    await page.keyboard.press('Escape');
    await expect(findings.dialog).toBeHidden();
  }
  await page.keyboard.press('h');
  await findings.dialog.getByRole('textbox', { name: 'What was tried' }).fill('Telephone call with the creditor');
  await findings.dialog.getByRole('combobox', { name: 'Outcome' }).selectOption('against');
  await findings.answer.fill('Knows of one invoice only');
  await page.keyboard.press('Control+Enter');
  await expect(findings.explanations.getByRole('row', { name: /Telephone call with the creditor/ })).toContainText(
    'Speaks against it',
  );
});

test('the rows of a finding are the rows of the grid', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  const rows = firstNumber(await findings.evidence.getByRole('heading', { name: /^[\d,]+ rows?$/ }).innerText());
  await findings.openRows.click();
  await recordsPage(page).expectMatching(rows);
});

test('all that a filter holds are cleared at once with one reason, and come back at once', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  await findings.chooseTest('just-below-threshold');
  const [matching, all] = await counts(page);
  await findings.clearThese.click();
  await findings.answer.fill('Entered twice by the bank, corrected on 5 May');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('No finding matches')).toBeVisible();
  await findings
    .toast(/Dismissed/)
    .getByRole('button', { name: /^Undo/ })
    .click();
  await expect(findings.header).toHaveText(`${matching} matching finding${matching === 1 ? '' : 's'} (${all} total)`);
});

test('who decided does not approve; another account does, and may return it', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  const people = peoplePage(page);
  await findings.state.selectOption('explained');
  await expect(findings.items).toHaveCount(1);
  await expect(findings.standing).toContainText('Explained');
  await page.keyboard.press('p');
  await expect(findings.toast('You decided on 1 of these 1 findings yourself')).toBeVisible();

  const reviewer = { ...SAMPLE, actor: 'R. Cole', passphrase: 'seven grey geese over water' };
  await people.open();
  const initial = await people.register(reviewer.actor, { role: 'financial_examiner' });
  await people.works(reviewer.actor, SAMPLE.name).click();
  await expect(people.works(reviewer.actor, SAMPLE.name)).toBeChecked();
  await shell(page).lockButton.click();
  await signInFirst(page, reviewer, initial);
  await caseListPage(page).caseLink(SAMPLE.name).click();
  await shell(page).go('Findings');
  await findings.settled();
  await findings.state.selectOption('explained');
  await expect(findings.items).toHaveCount(1);
  await expect(findings.standing).toContainText('Explained');
  await page.keyboard.press('p');
  await expect(findings.standing).toContainText('four eyes: yes');
  await findings.review.selectOption('approved');
  await expect(findings.items).toHaveCount(1);
  await expect(findings.standing).toContainText('Approved');
  await page.keyboard.press('r');
  await findings.answer.fill('The contract is not in the file');
  await page.keyboard.press('Control+Enter');
  await expect(findings.dialog).toBeHidden();
  await findings.state.selectOption('open');
  await findings.review.selectOption('any');
  await expect(findings.items.filter({ hasText: 'Open again' })).toHaveCount(1);
});

test('the register asks for these or all and carries digests', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  const [, all] = await counts(page);
  await findings.exportRegister.click();
  await findings.dialog.getByRole('radio', { name: `All ${all}` }).check();
  await findings.dialog.getByRole('button', { name: 'Prepare the files' }).click();
  const saved = await window.download(findings.dialog.getByRole('button', { name: 'Save findings.csv' }));
  const register = await readFile(await saved.path(), 'utf8');
  expect(register.split('\r\n')[0]).toContain('explanations tried');
  expect(register.includes('The contract is not in the file')).toBe(true);
  const manifest = JSON.parse(
    await readFile(
      await (await window.download(findings.dialog.getByRole('button', { name: 'Save manifest.json' }))).path(),
      'utf8',
    ),
  ) as { findings: number; by: string };
  expect(manifest).toMatchObject({ findings: all, by: 'Visitor' });
});

test('the Benford chart has its numbers as a table', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  await findings.chooseTest('benford-first-two');
  await expect(findings.chart).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('t');
  await expect(findings.chart).toBeHidden();
  await expect(findings.chartTable.getByRole('row', { name: /^49 / })).toBeVisible();
  await page.keyboard.press('t');
  await expect(findings.chart).toBeVisible();
});

test('severity and test narrow the queue; leaving keeps the place; an empty choice can be cleared', async ({
  window,
}) => {
  const { page } = window;
  const findings = findingsPage(page);
  const [open] = await counts(page);
  await findings.severity('High').click();
  await expect(findings.severity('High')).toHaveAttribute('aria-pressed', 'true');
  await findings.settled();
  expect((await counts(page))[0]).toBeLessThan(open);
  await page.keyboard.press('j');
  await expect(findings.items.nth(1)).toHaveAttribute('aria-current', 'true');
  const second = await findings.current.innerText();
  await shell(page).go('Transactions');
  await shell(page).go('Findings');
  await expect(findings.severity('High')).toHaveAttribute('aria-pressed', 'true');
  await expect(findings.current).toHaveText(second, { useInnerText: true });
  await findings.severity('Critical').click();
  await expect(page.getByText('No finding matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await expect(findings.items.first()).toBeVisible();
});

test('two conditions given in the same moment both hold', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  // Both before React has rendered the first: the second must not start from the address of before.
  await page.evaluate(() => {
    for (const [name, value] of [
      ['Test', 'benford-first-two'],
      ['Review', 'waiting'],
    ] as const) {
      const choice = document.querySelector<HTMLSelectElement>(`select[aria-label="${name}"]`);
      if (choice === null) throw new Error(`There is no choice named ${name}`);
      choice.value = value;
      choice.dispatchEvent(new Event('change', { bubbles: true }));
    }
  });
  await expect(findings.review).toHaveValue('waiting');
  await expect(findings.test).toHaveValue('benford-first-two');
  await expect(findings.state).toHaveValue('open');
  for (const condition of [/test=benford-first-two/, /review=waiting/, /state=open/])
    await expect(page).toHaveURL(condition);
});
