import { expect, test } from '../host.ts';
import { caseHomePage } from '../pages/case-home-page.ts';
import { caseListPage } from '../pages/case-list-page.ts';
import { findingsPage } from '../pages/findings-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { reportPage } from '../pages/report-page.ts';
import { shell } from '../pages/shell.ts';
import { openSampleAs } from '../workspaces.ts';

// What each role may do: docs/permissions.md.

test('a judge reads everything and changes nothing', async ({ window }) => {
  const { page } = window;
  const frame = shell(page);
  const home = caseHomePage(page);
  await openSampleAs(page, 'Judge');
  await expect(home.tile('Transactions')).toBeVisible();
  await expect(home.addFiles).toBeHidden();
  await expect(home.runExamination).toBeHidden();
  await expect(home.sources.getByRole('link', { name: /transactions of/ })).toHaveCount(4);

  await frame.go('Add files');
  await expect(frame.noPermission).toBeVisible();
  await expect(page.getByText('Importing evidence is for financial examiners.')).toBeVisible();

  await frame.go('Findings');
  const findings = findingsPage(page);
  await expect(findings.items.first()).toBeVisible();
  await expect(findings.readOnly).toBeVisible();
  await expect(findings.decision.getByRole('button')).toHaveCount(0);
  await page.keyboard.press('c');
  await page.keyboard.press('e');
  await expect(findings.reasonDialog).toBeHidden();
  await expect(findings.items.first()).toContainText('Open');

  await frame.go('Report');
  await expect(page.getByText('An examiner has to build the first report.')).toBeVisible();
  await expect(reportPage(page).buildButton).toBeHidden();
  await frame.go('Transactions');
  await recordsPage(page).expectMatching(738);
  await frame.go('Audit log');
  await expect(page.getByRole('button', { name: 'Verify' })).toBeVisible();
  await frame.go('All cases');
  await expect(caseListPage(page).caseLink('Sample examination')).toBeVisible();
  await expect(caseListPage(page).newCase).toBeHidden();
});

test('an executive sees results, but neither evidence nor the audit log', async ({ window }) => {
  const { page } = window;
  const frame = shell(page);
  await openSampleAs(page, 'Executive');
  await expect(caseHomePage(page).sources).toContainText('Your role may not see this');
  for (const screen of ['Transactions', 'Rejected records', 'Audit log', 'Add files'] as const) {
    await frame.go(screen);
    await expect(frame.noPermission, screen).toBeVisible();
  }
  await frame.go('Findings');
  const findings = findingsPage(page);
  await expect(findings.items.first()).toBeVisible();
  await expect(findings.evidence).toContainText('Your role sees the finding, not its transactions.');
  await frame.go('Reconciliation');
  await expect(page.getByRole('main').getByText('Confirmed (342)')).toBeVisible();
  await frame.go('Data quality');
  await expect(page.getByRole('region', { name: 'Score and dimensions' })).toBeVisible();
});
