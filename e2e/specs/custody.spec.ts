import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { auditPage } from '../pages/audit-page.ts';
import { custodyPage } from '../pages/custody-page.ts';
import { shell } from '../pages/shell.ts';
import { importFiles, overlappingExports } from '../review-files.ts';
import { openOwnCase } from '../workspaces.ts';

const ACCESS = { name: 'Custody', passphrase: 'nobody touches it without a note', actor: 'M. Kessler' };
const CASE = 'Seized files';

test('originals are checked and handed over, each with its purpose, and the log has an entry for it', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const custody = custodyPage(page);
  await openOwnCase(page, ACCESS, CASE);
  const files = overlappingExports(folder);
  await importFiles(window, files);
  const [first = ''] = files.map(path => basename(path));
  const digest = createHash('sha256')
    .update(readFileSync(files[0] ?? ''))
    .digest('hex');

  // From the source to its custody.
  await shell(page)
    .treeLink(new RegExp(`^${first}`))
    .click();
  await page.getByRole('main').getByRole('link', { name: 'Custody' }).click();
  await expect(shell(page).heading).toHaveText('Custody');
  await expect(custody.events).toHaveCount(1);
  await expect(custody.events).toContainText('Import');
  await expect(custody.events.getByRole('button', { name: `Copy SHA-256 of ${first}` })).toHaveText(
    `${digest.slice(0, 12)}…`,
  );
  await expect(custody.ledger).toContainText('No event found another digest than at import');
  await expectAccessible(page, 'custody of one original');

  await custody.checkButton.click();
  await expectAccessible(page, 'dialog of the check');
  await custody.check('Before the hearing');
  await expect(custody.checkDialog.getByRole('status')).toContainText(`${files.length} originals re-hashed`, {
    timeout: 20_000,
  });
  await page.keyboard.press('Escape');
  await expect(custody.checkDialog).toBeHidden();
  await expect(custody.events).toHaveCount(2);
  await expect(custody.events.first()).toContainText('Before the hearing');

  await custody.transferButton(first).click();
  await expectAccessible(page, 'dialog of the handing over');
  await custody.transfer('K. Brandt, public prosecutor', 'Expert opinion', 'R-17');
  await expect(custody.transferDialog).toBeHidden();
  await expect(custody.events).toHaveCount(3);
  await expect(custody.events.first()).toContainText('K. Brandt, public prosecutor, receipt R-17');
  await expect(custody.events.first()).toContainText('Not read');

  // The number of events is the number of events behind it; the whole ledger has those of the others too.
  await custody.ofSource.selectOption('');
  await expect(custody.events).toHaveCount(2 * files.length + 1);
  const count = custody.original(first).getByRole('link', { name: /^[\d,]+ events of / });
  await expect(count).toHaveText('3');
  await count.click();
  await expect(custody.events).toHaveCount(firstNumber('3'));

  const entry = custody.events.first().getByRole('link', { name: /^Entry \d+ of the audit log$/ });
  const number = firstNumber((await entry.textContent()) ?? '');
  await entry.click();
  await auditPage(page).expectFound(1);
  await expect(auditPage(page).detail).toContainText('Original handed over');
  await expect(auditPage(page).entries).toContainText(String(number));
});

test('an original is written out byte for byte, and the ledger says who, when and what for', async ({
  window,
  application,
  folder,
  host,
}) => {
  test.skip(host === 'electron', 'the machine’s own dialog opens, which no test can answer: ipc-transport.test.ts');
  const { page } = window;
  const custody = custodyPage(page);
  await openOwnCase(page, ACCESS, CASE);
  await shell(page).go('Custody');
  const [path = ''] = overlappingExports(folder);
  const name = basename(path);
  await expect(custody.original(name)).toBeVisible();
  await custody.exportButton(name).click();
  await expectAccessible(page, 'dialog of an export');
  await custody.export('Opinion for the chamber', 'It leaves this custody');
  await expect(custody.exportDialog.getByRole('status')).toContainText(`${name} is written`);
  await expect(custody.exportDialog.getByRole('status')).toContainText('_exports/export-1');
  await expectAccessible(page, 'export done');
  const written = join(application.home, '_exports', 'export-1');
  expect(readdirSync(written)).toEqual([name]);
  expect(readFileSync(join(written, name))).toEqual(readFileSync(path));
  await custody.exportDialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(custody.exportDialog).toBeHidden();
  await expect(custody.events.first()).toContainText('Exported');
  await expect(custody.events.first()).toContainText('Opinion for the chamber');

  // A working copy has a folder of its own: nothing is written over.
  await custody.exportButton(name).click();
  await custody.export('Second reading', 'A working copy');
  await expect(custody.exportDialog.getByRole('status')).toContainText('_exports/export-2');
  await page.keyboard.press('Escape');
  await expect(custody.events.first()).toContainText('Copied');
});

test('a certificate is drafted, shown and saved', async ({ window }) => {
  const { page } = window;
  const custody = custodyPage(page);
  await openOwnCase(page, ACCESS, CASE);
  await shell(page).go('Custody');
  await custody.certificateButton.click();
  await custody.makeDraft.click();
  await expect(custody.draft).toContainText('902(14)');
  await expect(custody.draft).toContainText(`Matter: ${CASE}`);
  await expectAccessible(page, 'draft of a certificate');
  const text = await window.download(custody.saveText);
  expect(readFileSync(await text.path(), 'utf8')).toContain('DRAFT');
  const html = await window.download(custody.saveHtml);
  expect(readFileSync(await html.path(), 'utf8')).toContain('<html');
});

test('an original that was changed is named by the check, and stays marked in the ledger', async ({
  window,
  application,
  folder,
}) => {
  const { page } = window;
  const custody = custodyPage(page);
  const access = { ...ACCESS, name: 'Damaged' };
  await openOwnCase(page, access, CASE);
  await importFiles(window, overlappingExports(folder));
  await shell(page).go('Custody');
  await expect(custody.events).toHaveCount(2);
  const evidence = join(application.home, access.name, 'evidence');
  const files = readdirSync(evidence, { recursive: true, withFileTypes: true });
  const sealed = files.find(({ name }) => name.endsWith('.sealed'));
  const path = join(sealed?.parentPath ?? '', sealed?.name ?? '');
  const bytes = readFileSync(path);
  const place = bytes.length - 20;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  await custody.checkButton.click();
  await custody.check('After the disk failed');
  await expect(custody.checkDialog.getByRole('alert')).toContainText('Not the bytes that were imported', {
    timeout: 20_000,
  });
  await page.keyboard.press('Escape');
  await expect(custody.ledger).toContainText('1 event found another digest than at import');
  await expect(custody.events.filter({ hasText: 'Could not be read' })).toHaveCount(1);
  await expectAccessible(page, 'custody of a changed original');
});
