import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { auditPage, rollbackBanner } from '../pages/audit-page.ts';
import { caseListPage } from '../pages/case-list-page.ts';
import { loginPage } from '../pages/login-page.ts';
import { shell } from '../pages/shell.ts';
import { examine, importFiles, overlappingExports } from '../review-files.ts';
import { openOwnCase } from '../workspaces.ts';

const ACCESS = { name: 'Audited', passphrase: 'every step leaves a mark behind', actor: 'M. Kessler' };

test('the log says how far it can be trusted, is searched, and shows an entry in full', async ({ window, folder }) => {
  const { page } = window;
  const audit = auditPage(page);
  await openOwnCase(page, ACCESS, 'Ledger of 2025');
  await importFiles(window, overlappingExports(folder));
  await examine(window);
  await shell(page).go('Audit log');
  await expect(audit.head).toContainText('Unwitnessed: nobody outside this workspace has countersigned');
  await expect(audit.head).toContainText(/[\d,]+ entries since \d{4}-\d{2}-\d{2}/);
  await expect(audit.entry('Case created')).toHaveCount(1);
  await expect(audit.entry('Workspace created')).toHaveCount(0);
  await expectAccessible(page, 'audit log of a case');

  // The case's log is a part of the workspace's.
  await audit.wholeLog.click();
  await expect(shell(page).heading).toHaveText('Workspace audit log');
  await expect(audit.entry('Workspace created')).toHaveCount(1);
  await audit.entry('Workspace created').click();
  await expect(audit.detail).toContainText('workspace.created');
  await expect(audit.detail).toContainText('M. Kessler');
  await expect(audit.detail.getByRole('button', { name: /^Copy SHA-256 of entry/ })).toHaveText(/^[0-9a-f]{64}$/);
  await page.keyboard.press('ArrowUp');
  await expect(audit.detail).not.toContainText('workspace.created');

  // A chip's number is the number of entries behind it.
  for (const name of ['Change', 'Security', 'Access'] as const) {
    await expect(audit.chip(name)).toBeVisible();
    const shown = firstNumber((await audit.chip(name).textContent()) ?? '');
    if (shown === 0) continue;
    await audit.chip(name).click();
    await audit.expectFound(shown);
    await expect(audit.entries).toHaveCount(shown);
    await audit.chip(name).click();
  }

  // Words, an act, days; the address holds them over a reload of the screen.
  await audit.search.fill('ledger OF 2025');
  await audit.expectFound(1);
  await expect(audit.entries).toHaveText([/Case created/]);
  await audit.clear.click();
  await audit.filter('Act').selectOption({ label: 'Workspace created (1)' });
  await audit.expectFound(1);
  await expect(page).toHaveURL(/act=workspace\.created/);
  await audit.day('Before').fill('2020-01-01');
  await expect(audit.nothing).toBeVisible();
  await expectAccessible(page, 'audit log filtered to nothing');
  await audit.clear.click();
  await expect(audit.nothing).toBeHidden();
});

test('a verification states what it rests on, and an export is accepted by the verifier that shares no code', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const audit = auditPage(page);
  await openOwnCase(page, ACCESS, 'Ledger of 2025');
  await shell(page).go('Workspace audit log');
  await audit.verifyButton.click();
  await expect(audit.verdict).toContainText('The chain and every evidence digest agree', { timeout: 30_000 });
  await expect(audit.verdict).toContainText('Remembered outside the store');
  await expectAccessible(page, 'audit log verified');

  await audit.exportButton.click();
  await expect(audit.exportDialog.getByRole('radio', { name: /^The whole log, [\d,]+ entries$/ })).toBeChecked();
  await expectAccessible(page, 'dialog of the export');
  await audit.makeExport.click();
  await expect(audit.exportDialog.getByRole('status')).toContainText(/^[\d,]+ entries exported/, { timeout: 30_000 });
  await expectAccessible(page, 'export made');
  const paths: string[] = [];
  for (const file of await audit.exportedFiles.all()) {
    const download = await window.download(file.getByRole('button', { name: /^Save / }));
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    paths.push(path);
  }
  const bundle = paths.find(path => path.endsWith('.nexus-audit')) ?? 'no bundle';
  const verifier = paths.find(path => path.endsWith('nexus_verify.py')) ?? 'no verifier';
  const command = (await audit.exportDialog.locator('pre').textContent()) ?? '';
  const [, key, mark] = /--key '([^']+)' --mark (\S+)/.exec(command) ?? [];
  const checked = spawnSync('python3', [verifier, bundle, '--key', key ?? '', '--mark', mark ?? ''], {
    encoding: 'utf8',
  });
  expect(checked.status, checked.stdout + checked.stderr).toBe(0);
});

test('the log is written into a folder, where its size has no limit', async ({ window, application, host }) => {
  test.skip(host === 'electron', 'the machine’s own dialog opens, which no test can answer: ipc-transport.test.ts');
  const { page } = window;
  const audit = auditPage(page);
  await openOwnCase(page, ACCESS, 'Ledger of 2025');
  // By the palette, as by the button.
  await shell(page).searchCommands('export the audit');
  await shell(page).runCommand();
  await expect(shell(page).heading).toHaveText('Workspace audit log');
  await audit.writeExport.click();
  await expect(audit.exportDialog.getByRole('status')).toContainText(/^[\d,]+ entries exported/, { timeout: 30_000 });
  await expect(audit.exportDialog).toContainText('_exports/export-1');
  await expect(audit.exportDialog.getByRole('button', { name: /^Save / })).toHaveCount(0);
  await expectAccessible(page, 'export written');
  const written = join(application.home, '_exports', 'export-1');
  expect(readdirSync(written).filter(name => name.endsWith('.nexus-audit'))).toHaveLength(1);
  expect(readdirSync(written)).toHaveLength(await audit.exportedFiles.count());
  await page.keyboard.press('Escape');
  await expect(audit.exportDialog).toBeHidden();
  await expect(page).toHaveURL(/#\/audit$/);
});

test('one entry is exported with its proof', async ({ window, folder }) => {
  const { page } = window;
  const audit = auditPage(page);
  await openOwnCase(page, ACCESS, 'Ledger of 2025');
  await shell(page).go('Workspace audit log');
  await audit.entry('Case created').click();
  await audit.detail.getByRole('button', { name: 'Export this entry with its proof' }).click();
  await expect(audit.exportDialog.getByRole('radio', { name: 'This 1 entry' })).toBeChecked();
  await audit.makeExport.click();
  await expect(audit.exportDialog.getByRole('status')).toContainText(/^1 entries? exported/, { timeout: 30_000 });
  const download = await window.download(
    audit.exportedFiles.filter({ hasText: '.nexus-audit' }).getByRole('button', { name: /^Save / }),
  );
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  const checked = spawnSync('python3', [join(import.meta.dirname, '../../resources/verifier/nexus_verify.py'), path], {
    encoding: 'utf8',
  });
  expect(checked.status, checked.stdout + checked.stderr).toBe(0);
});

test('yesterday’s copy of a workspace is held, on every screen, until a supervisor decides', async ({
  window,
  application,
  folder,
}) => {
  const { page } = window;
  const access = { ...ACCESS, name: 'Put back' };
  const live = join(application.home, access.name);
  const copy = join(folder, 'yesterday');
  const banner = rollbackBanner(page);
  const lock = async (): Promise<void> => {
    await shell(page).lockButton.click();
    await expect(loginPage(page).passphrase).toBeVisible();
  };
  await openOwnCase(page, access, 'Kept');
  await lock();
  cpSync(live, copy, { recursive: true });
  await loginPage(page).open(access);
  await shell(page).go('All cases');
  await caseListPage(page).createCase('Lost');
  await expect(shell(page).heading).toHaveText('Lost');
  await expect(banner.alert).toHaveCount(0);
  await lock();
  rmSync(live, { recursive: true });
  cpSync(copy, live, { recursive: true });

  await loginPage(page).open(access);
  await expect(banner.alert).toContainText('This workspace is older than this computer remembers it');
  await expect(banner.alert).toContainText(/It now holds \d+ log entries; on .+ this computer saw \d+\./);
  const [, holds, saw] =
    /holds (\d+) log entries; on .+ saw (\d+)\./.exec((await banner.alert.textContent()) ?? '') ?? [];
  expect(Number(holds)).toBeLessThan(Number(saw));
  await expectAccessible(page, 'older store');
  await expect(caseListPage(page).caseLink('Lost')).toHaveCount(0);
  await banner.lookAtLog.click();
  await expect(shell(page).heading).toHaveText('Workspace audit log');
  await expect(banner.alert).toBeVisible();

  await banner.decide.click();
  await expect(banner.accept).toBeDisabled();
  await banner.reason.fill('Restored from the backup of Monday; the disk failed');
  await expectAccessible(page, 'decision on an older store');
  await banner.accept.click();
  await expect(banner.alert).toHaveCount(0);
  await expect(auditPage(page).entry('Older store accepted')).toHaveCount(1);
  await auditPage(page).entry('Older store accepted').click();
  await expect(auditPage(page).detail).toContainText('Restored from the backup of Monday');
});
