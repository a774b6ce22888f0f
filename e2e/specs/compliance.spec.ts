import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { auditPage } from '../pages/audit-page.ts';
import { compliancePage, holdPanel } from '../pages/compliance-page.ts';
import { shell } from '../pages/shell.ts';
import { examine, importFiles, overlappingExports } from '../review-files.ts';
import { openOwnCase } from '../workspaces.ts';

const ACCESS = { name: 'Compliance', passphrase: 'somebody is always accountable', actor: 'M. Kessler' };
const CASE = 'Annual accounts';

test('every number of who did what opens exactly its entries', async ({ window, folder }) => {
  const { page } = window;
  const compliance = compliancePage(page);
  const audit = auditPage(page);
  await openOwnCase(page, ACCESS, CASE);
  await importFiles(window, overlappingExports(folder));
  await examine(window);
  await shell(page).go('Compliance');
  await expect(compliance.person('M. Kessler')).toContainText('Financial examiner');
  await expectAccessible(page, 'compliance');

  // People by class, of one case: what these screens read themselves is then not counted on the way.
  await compliance.caseFilter.selectOption({ label: CASE });
  await expect(page).toHaveURL(/caseId=/);
  // Access and change, of the one person and of everybody: nothing was exported, approved or refused in the case.
  const classes = 4;
  await expect(compliance.classCounts).toHaveCount(classes);
  for (let place = 0; place < classes; place++) {
    const link = compliance.classCounts.nth(place);
    const shown = firstNumber((await link.textContent()) ?? '');
    await link.click();
    await audit.expectFound(shown);
    await expect(audit.entries).toHaveCount(shown);
    await page.goBack();
    await expect(compliance.classCounts).toHaveCount(classes);
  }

  // Acts, the relevant ones: they sum to the person's figure.
  const relevant = firstNumber((await compliance.soxCount('M. Kessler').textContent()) ?? '');
  await compliance.soxCount('M. Kessler').click();
  await expect(compliance.soxOnly).toBeChecked();
  await expect(compliance.acts.getByRole('status')).toContainText(`${relevant} entr`);
  const line = compliance.actCounts.first();
  const shown = firstNumber((await line.textContent()) ?? '');
  await line.click();
  await audit.expectFound(shown);
});

test('a case is put under legal hold, released, closed and reopened, each with its reason', async ({ window }) => {
  const { page } = window;
  const hold = holdPanel(page);
  await openOwnCase(page, ACCESS, CASE);
  await shell(page).go('Overview');
  await expect(hold.panel).toContainText('No legal hold');
  await expect(hold.panel).toContainText('its retention of 7 years begins when it is closed');
  await hold.action('Place a legal hold').click();
  await expectAccessible(page, 'dialog of the legal hold');
  await hold.give('Letter of the court of 3 March');
  await expect(hold.dialog).toBeHidden();
  await expect(hold.panel).toContainText('Legal hold since');
  await expect(hold.panel).toContainText('M. Kessler: Letter of the court of 3 March');
  await hold.action('Close the case').click();
  await hold.give('The report was delivered');
  await expect(hold.panel).toContainText(/To be kept until \d{4}-\d{2}-\d{2} \(7 years\)/);
  await expectAccessible(page, 'case under legal hold');
  await hold.action('Release the hold').click();
  await hold.give('The court released it');
  await expect(hold.panel).toContainText('No legal hold');
  await hold.action('Reopen the case').click();
  await hold.give('New statements came in');
  await expect(hold.panel).toContainText('begins when it is closed');
  await expect(hold.history).toHaveCount(4);
  await shell(page).go('Audit log');
  for (const act of ['Legal hold placed', 'Case closed', 'Legal hold released', 'Case reopened'])
    await expect(auditPage(page).entry(act)).toHaveCount(1);
});
