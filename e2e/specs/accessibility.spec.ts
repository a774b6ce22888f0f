import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible, expectAccessibleInBoth } from '../accessibility.ts';
import { ambiguousDates, documentTypeXml, plainBookings } from '../evidence-files.ts';
import { expect, test } from '../host.ts';
import { caseListPage } from '../pages/case-list-page.ts';
import { findingsPage } from '../pages/findings-page.ts';
import { loginPage } from '../pages/login-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { reportPage } from '../pages/report-page.ts';
import { shell } from '../pages/shell.ts';
import { sourcePage } from '../pages/source-page.ts';
import { standardizationPage } from '../pages/standardization-page.ts';
import { uploadPage } from '../pages/upload-page.ts';
import { ensureReport, SAMPLE_SCREENS } from '../sample-screens.ts';
import { openSample, takePov } from '../workspaces.ts';

/** Notes of ended jobs come and go at times of their own. */
const expectCalmAccessible = async (page: Page, what: string): Promise<void> => {
  await shell(page).closeNotes();
  await expectAccessibleInBoth(page, what);
};

test('sign-in in its states', async ({ window }) => {
  const { page } = window;
  const login = loginPage(page);
  await login.fillCreate({ name: '?', passphrase: 'short', actor: 'M. Kessler' }, 'other');
  await login.createButton.click();
  await expectCalmAccessible(page, 'create form with problems');
  await openSample(page);
  await shell(page).lockButton.click();
  await login.open({ name: 'Sample examination', passphrase: 'wrong', actor: 'M. Kessler' });
  await expect(login.error).toBeVisible();
  await expectCalmAccessible(page, 'open form with a refusal');
});

test('every screen of the sample case', async ({ window }) => {
  const { page } = window;
  await openSample(page);
  await ensureReport(page);
  for (const screen of SAMPLE_SCREENS) {
    await screen.open(page);
    if (screen.name === 'quality') await page.getByRole('button', { name: 'How each score is made up' }).click();
    await expectCalmAccessible(page, screen.name);
  }
});

test('the report itself, and a screen that a role may not see', async ({ window, host }) => {
  const { page } = window;
  await openSample(page);
  await ensureReport(page);
  if (host === 'chromium') {
    const html = await readFile(await (await window.download(reportPage(page).downloadHtml)).path(), 'utf8');
    const report = await page.context().newPage();
    await report.setContent(html);
    await expectAccessible(report, 'report');
    await report.close();
  }
  await takePov(page, 'Executive');
  await shell(page).go('Rejected records');
  await expect(shell(page).noPermission).toBeVisible();
  await expectCalmAccessible(page, 'screen without permission');
});

test('palette, key sheet, menu, jobs, drawer and dialogs', async ({ window }) => {
  const { page } = window;
  const frame = shell(page);
  await openSample(page);
  await page.keyboard.press('Control+k');
  await expect(frame.palette).toBeVisible();
  await expectCalmAccessible(page, 'palette');
  await page.keyboard.press('Escape');
  await expect(frame.palette).toBeHidden();
  await page.keyboard.press('?');
  await expect(frame.keySheet).toBeVisible();
  await expectCalmAccessible(page, 'key sheet');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Theme', exact: true }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectCalmAccessible(page, 'theme menu');
  await page.keyboard.press('Escape');
  await frame.openJobs();
  await expectCalmAccessible(page, 'jobs panel');

  await frame.go('Transactions');
  const records = recordsPage(page);
  await expect(records.cell(0, 'date')).not.toHaveText('');
  await records.cell(0, 'date').click();
  await page.keyboard.press('Enter');
  await expect(records.drawer).toContainText('From raw to standardized');
  await records.drawer.getByRole('button', { name: 'Set category' }).click();
  await expectCalmAccessible(page, 'transaction drawer');
  await page.keyboard.press('Escape');
  await records.search.fill('no such words');
  await expect(records.filteredToNothing).toBeVisible();
  await expectCalmAccessible(page, 'records filtered to nothing');

  await frame.go('Findings');
  const findings = findingsPage(page);
  await findings.decision.getByRole('button', { name: /^Explain/ }).click();
  await expect(findings.reasonDialog).toBeVisible();
  await expectCalmAccessible(page, 'reason dialog');
  await page.keyboard.press('Escape');
  await findings.chooseTest('benford-first-two');
  await findings.evidence.getByRole('button', { name: /^Show as table/ }).click();
  await expect(findings.chartTable).toBeVisible();
  await expectCalmAccessible(page, 'Benford table');

  await frame.go('All cases');
  await caseListPage(page).newCase.click();
  await expect(caseListPage(page).dialog).toBeVisible();
  await expectCalmAccessible(page, 'new case dialog');
});

test('standardization: rules, their editor, steps and what an undo warns of', async ({ window }) => {
  const { page } = window;
  const screen = standardizationPage(page);
  await openSample(page);
  await shell(page).go('Standardization');
  await expectCalmAccessible(page, 'standardization before or after its first run');
  await screen.goTo('Rules');
  await screen.newRule.click();
  await page.getByRole('button', { name: 'Add group' }).click();
  await screen.conditionField.first().selectOption('Amount');
  await screen.comparison.first().selectOption('lies between');
  await screen.conditionField.last().selectOption('Type in the file');
  await screen.comparison.last().selectOption('is one of');
  await expect(screen.problems.first()).toBeVisible();
  await expectCalmAccessible(page, 'rule with problems');
  await page.getByRole('textbox', { name: 'From' }).fill('-500');
  await page.getByRole('textbox', { name: 'To' }).fill('0');
  await screen.conditionValue.fill('DEBIT');
  await screen.ruleName.fill('Small debits');
  await screen.actionValue(1).fill('Spending');
  await expect(screen.trial).toContainText(/Matches \d+ of/);
  await expectCalmAccessible(page, 'rule with what it would do');
  await screen.saveRule.click();
  await expect(screen.rule('Small debits')).toBeVisible();
  await expectCalmAccessible(page, 'rules');
  await screen.rule('Small debits').getByRole('link', { name: 'Small debits', exact: true }).click();
  await expect(screen.versions).toContainText('version 1');
  await expectCalmAccessible(page, 'stored rule');
  await screen.goTo('History');
  await page.getByRole('button', { name: 'Undo: Rule “Small debits”', exact: true }).click();
  await expect(screen.warning).toContainText('No other step depends on it.');
  await expectCalmAccessible(page, 'undo warning');
  await screen.confirmUndo.click();
  await expect(screen.warning).toBeHidden();
  await expectCalmAccessible(page, 'history');
  await screen.goTo('Categories');
  await expect(screen.suggestion).toBeVisible();
  await screen.category.selectOption('A category of my own…');
  await expectCalmAccessible(page, 'category of one’s own');
});

test('an import with questions, refusals, a profile and its result; a source set aside', async ({ window, folder }) => {
  const { page } = window;
  const upload = uploadPage(page);
  await openSample(page);
  await shell(page).go('All cases');
  await caseListPage(page).createCase('Accessibility');
  await expectCalmAccessible(page, 'empty case');
  for (const screen of [
    'Findings',
    'Reconciliation',
    'Duplicates',
    'Data quality',
    'Parties',
    'Coverage',
    'Report',
    'Transactions',
  ] as const) {
    await shell(page).go(screen);
    await expectCalmAccessible(page, `${screen} before anything ran`);
  }
  await shell(page).go('Add files');
  await window.chooseFiles(upload.chooseButton, [
    ambiguousDates(folder),
    documentTypeXml(folder),
    plainBookings(folder),
  ]);
  await expect(upload.question('ambiguous.csv')).toBeVisible();
  await expect(upload.previewRow('plain.csv', 1)).toBeVisible();
  await upload.controlTotals('plain.csv').click();
  await expectCalmAccessible(page, 'import preview');
  await upload.saveProfile('plain.csv').click();
  await upload.dialog('Save as profile').getByRole('textbox', { name: 'Name' }).fill('Plain');
  await expectCalmAccessible(page, 'profile to be saved');
  await upload.dialog('Save as profile').getByRole('button', { name: 'Save' }).click();
  await expect(upload.doNotUseProfile('plain.csv', 'Plain')).toBeVisible();
  await upload.control('plain.csv', 'Records').fill('3');
  await expectCalmAccessible(page, 'import with a profile and a control total');
  await upload.importButton.click();
  await expect(upload.disagreement('plain.csv')).toBeVisible();
  await expectCalmAccessible(page, 'control totals that disagree');
  await window.chooseFiles(upload.chooseButton, [plainBookings(folder)]);
  await upload.controlTotals('plain.csv').click();
  await upload.control('plain.csv', 'Records').fill('2');
  await upload.importButton.click();
  await expect(upload.resultRow('plain.csv')).toContainText('Imported');
  await expectCalmAccessible(page, 'import result');
  await upload.certificate('plain.csv').click();
  await expect(sourcePage(page).certificate).toBeVisible();
  await expectCalmAccessible(page, 'import certificate');
  await page.keyboard.press('Escape');
  await upload.profiles.click();
  await expect(upload.dialog('Mapping profiles')).toBeVisible();
  await expectCalmAccessible(page, 'mapping profiles');
  await page.keyboard.press('Escape');
  await shell(page)
    .treeLink(/^plain\.csv/)
    .click();
  await sourcePage(page).setAside.click();
  await expectCalmAccessible(page, 'dialog that sets a source aside');
  await sourcePage(page).giveReason('A copy of another file');
  await expect(sourcePage(page).restore).toBeVisible();
  await expectCalmAccessible(page, 'source set aside');
});
