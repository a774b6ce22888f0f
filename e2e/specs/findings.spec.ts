import { expect, test } from '../host.ts';
import { findingsPage } from '../pages/findings-page.ts';
import { shell } from '../pages/shell.ts';
import { openSample } from '../workspaces.ts';

test.describe.configure({ mode: 'serial' });

test.beforeEach(async ({ window }) => {
  await openSample(window.page);
  await shell(window.page).go('Findings');
  await expect(findingsPage(window.page).items).toHaveCount(11);
});

test('findings are decided by keyboard, and the decisions outlive a reload', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  const item = (place: number) => findings.items.nth(place);
  await expect(item(0)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('j');
  await expect(item(1)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('k');
  await expect(item(0)).toHaveAttribute('aria-current', 'true');

  // D needs a reason before it can be sent.
  await expect(findings.decision).toContainText('Open');
  await page.keyboard.press('d');
  await expect(findings.reasonDialog).toHaveAccessibleName('Why is this finding dismissed?');
  await expect(findings.reasonDialog.getByRole('button', { name: 'Dismiss' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(findings.reasonDialog).toBeHidden();
  await expect(item(0)).toContainText('Open');

  await page.keyboard.press('e');
  await findings.reasonDialog.getByRole('textbox', { name: 'Reason' }).fill('Contract of 3 March covers all parts');
  await findings.reasonDialog.getByRole('button', { name: 'Explained' }).click();
  await expect(item(0)).toContainText('Explained');
  // The queue goes on by itself.
  await expect(item(1)).toHaveAttribute('aria-current', 'true');
  await expect(findings.reasonDialog).toBeHidden();
  // A decision is taken on shown evidence only: until it is there, the keys do nothing.
  await expect(findings.evidence).toContainText('TALWIND');
  await page.keyboard.press('c');
  await expect(item(1)).toContainText('Confirmed');
  await expect(item(2)).toHaveAttribute('aria-current', 'true');
  await expect(findings.evidence).toContainText('24 amounts begin with 49');
  await page.keyboard.press('d');
  await findings.reasonDialog
    .getByRole('textbox', { name: 'Reason' })
    .fill('Refunds below the limit of the second signature');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(item(2)).toContainText('Dismissed');

  await page.reload();
  await expect(findings.items).toHaveCount(11);
  await expect(item(0)).toContainText('Explained');
  await expect(item(1)).toContainText('Confirmed');
  await expect(item(2)).toContainText('Dismissed');
  await item(0).click();
  await expect(findings.decision).toContainText('Contract of 3 March covers all parts');
  await findings.state.selectOption('open');
  await expect(findings.header).toHaveText('8 matching findings (11 total)');
});

test('the Benford chart has its numbers as a table', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  await findings.test.selectOption('benford-first-two');
  await expect(findings.header).toHaveText('2 matching findings (11 total)');
  await expect(findings.chart).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('t');
  await expect(findings.chart).toBeHidden();
  await expect(findings.chartTable.getByRole('row', { name: /^49 24 / })).toBeVisible();
  await page.keyboard.press('t');
  await expect(findings.chart).toBeVisible();
});

test('severity and test narrow the queue; an empty choice can be cleared', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  await findings.severity.selectOption('critical');
  await expect(page.getByText('No finding matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await expect(findings.items).toHaveCount(11);
});
