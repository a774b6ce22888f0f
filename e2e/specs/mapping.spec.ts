import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../host.ts';
import { ROOT } from '../hosts.ts';
import { caseHomePage } from '../pages/case-home-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { shell } from '../pages/shell.ts';
import { sourcePage } from '../pages/source-page.ts';
import { uploadPage } from '../pages/upload-page.ts';
import { openOwnCase } from '../workspaces.ts';

const ACCESS = { name: 'Mapping', passphrase: 'a drawer full of old receipts', actor: 'M. Kessler' };
const SHARED = join(ROOT, '../shared/data');

/** Lines as the (invented) Nordhafen bank exports them: two columns of text, of which none is called a description. */
const bankFile = (folder: string, name: string, lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, ['Datum;Valuta;Betrag;Info A;Info B', ...lines, ''].join('\n'));
  return path;
};

test('a mapping is saved as a profile, offered for the next file of the bank, and used only when asked', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const upload = uploadPage(page);
  await openOwnCase(page, ACCESS, 'Profiles');
  await shell(page).go('Add files');
  const first = bankFile(folder, 'march.csv', [
    '31.03.2025;01.04.2025;-12,50;Rent;Unit 4',
    '28.03.2025;28.03.2025;99,00;Fee;Q1',
  ]);
  await window.chooseFiles(upload.chooseButton, [first]);
  await expect(upload.confidence('march.csv', 'Booking date')).toBeVisible();
  await expect(upload.previewRow('march.csv', 1)).toContainText('2025-03-31');

  await upload.column('march.csv', 'Reference').selectOption('Info B');
  await upload.column('march.csv', 'Description').selectOption('Info A');
  await expect(upload.unusedColumns('march.csv')).toBeHidden();
  await upload.setting('march.csv', 'Currency of the file').fill('EUR');
  await upload.setting('march.csv', 'Currency of the file').press('Enter');
  await expect(upload.previewRow('march.csv', 1)).toContainText('EUR');

  await upload.saveProfile('march.csv').click();
  const save = upload.dialog('Save as profile');
  await expect(save).toContainText('Order of dates');
  await save.getByRole('textbox', { name: 'Name' }).fill('Nordhafen current account');
  await save.getByRole('textbox', { name: 'Institution' }).fill('Nordhafen Bank');
  await save.getByRole('button', { name: 'Save' }).click();
  await expect(upload.card('march.csv')).toContainText('Read with “Nordhafen current account”, version 1');
  await upload.importButton.click();
  await expect(upload.resultRow('march.csv')).toContainText('Imported');

  // Its days are all 12 or less: without the profile the file is a question, and the profile answers it only when used.
  const second = bankFile(folder, 'april.csv', [
    '03.04.2025;04.04.2025;-7,25;Water;Unit 4',
    '05.04.2025;05.04.2025;1,00;Fee;Q2',
  ]);
  await window.chooseFiles(upload.chooseButton, [second]);
  await expect(upload.card('april.csv')).toContainText('“Nordhafen current account” fits');
  await expect(upload.column('april.csv', 'Reference')).not.toHaveValue('Info B');
  await upload.useProfile('april.csv', 'Nordhafen current account').click();
  await expect(upload.doNotUseProfile('april.csv', 'Nordhafen current account')).toBeVisible();
  await expect(upload.column('april.csv', 'Reference')).toHaveValue('Info B');
  await expect(upload.previewRow('april.csv', 1)).toContainText('2025-04-03');
  await upload.importButton.click();
  await expect(upload.resultRow('april.csv')).toContainText('Imported');
  await shell(page)
    .treeLink(/^april\.csv/)
    .click();
  await expect(sourcePage(page).original).toContainText('Nordhafen current account, version 1');

  await shell(page).go('Add files');
  await upload.profiles.click();
  const list = upload.dialog('Mapping profiles');
  await list.getByRole('button', { name: 'Rename Nordhafen current account' }).click();
  await list.getByRole('textbox').fill('Nordhafen giro');
  await list.getByRole('button', { name: 'Save' }).click();
  await expect(list.getByRole('row').filter({ hasText: 'Nordhafen giro' })).toContainText('2');
  await list.getByRole('button', { name: 'Remove Nordhafen giro' }).click();
  await list.getByRole('button', { name: 'Remove for good' }).click();
  await expect(list).toContainText('No profiles yet');
});

test('a field is picked by Alt and its number, an alternative by one click, and the choice by hand is taken back', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const upload = uploadPage(page);
  await openOwnCase(page, ACCESS, 'Fields');
  await shell(page).go('Add files');
  await window.chooseFiles(upload.chooseButton, [
    bankFile(folder, 'may.csv', ['31.05.2025;30.05.2025;-12,50;Rent;Unit 4', '28.05.2025;28.05.2025;99,00;Fee;Q1']),
  ]);
  await expect(upload.previewRow('may.csv', 1)).toContainText('2025-05-31');
  await page.keyboard.press('Alt+3');
  await expect(upload.column('may.csv', 'Amount')).toBeFocused();
  await upload.alternative('may.csv', 'Booking date', 'Valuta').click();
  await expect(upload.column('may.csv', 'Booking date')).toHaveValue('Valuta');
  await expect(upload.column('may.csv', 'Booking date')).toBeFocused();
  await expect(upload.previewRow('may.csv', 1)).toContainText('2025-05-30');
  await upload.column('may.csv', 'Turn signs round').selectOption('yes');
  await expect(upload.previewRow('may.csv', 1)).toContainText('+12.50');
});

test('control totals that disagree keep a file out; with the right ones it is imported and certified', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const upload = uploadPage(page);
  const path = bankFile(folder, 'june.csv', [
    '30.06.2025;30.06.2025;-12,50;Rent;Unit 4',
    '28.06.2025;28.06.2025;99,00;Fee;Q1',
  ]);
  await openOwnCase(page, ACCESS, 'Totals');
  await shell(page).go('Add files');
  await window.chooseFiles(upload.chooseButton, [path]);
  await upload.controlTotals('june.csv').click();
  await upload.control('june.csv', 'Records').fill('3');
  await upload.control('june.csv', 'Money in').fill('1,234');
  await expect(upload.importButton).toBeDisabled();
  await upload.control('june.csv', 'Money in').fill('100.00');
  await upload.importButton.click();
  await expect(upload.resultRow('june.csv')).toContainText('Refused');
  const wrong = upload.disagreement('june.csv');
  await expect(wrong.getByRole('row', { name: /^Records/ })).toHaveText(/Records\s*3\s*2\s*−1/);
  await expect(wrong.getByRole('row', { name: /^Money in/ })).toHaveText(/100\.00\s*99\.00\s*−1\.00/);
  await expect(shell(page).treeLink(/^june\.csv/)).toHaveCount(0);

  await window.chooseFiles(upload.chooseButton, [path]);
  await expect(upload.card('june.csv')).toContainText('The settings of the refused import are set again');
  await upload.controlTotals('june.csv').click();
  await upload.control('june.csv', 'Records').fill('2');
  await upload.control('june.csv', 'Money in').fill('99.00');
  await upload.control('june.csv', 'Net').fill('86.50');
  await upload.importButton.click();
  await expect(upload.resultRow('june.csv')).toContainText('Imported');
  await upload.certificate('june.csv').click();
  const certificate = sourcePage(page).certificate;
  await expect(certificate).toContainText(/[0-9a-f]{64}/);
  await expect(certificate.getByRole('row', { name: /^Net/ })).toHaveText(/86\.50\s*Agrees/);
  await page.getByRole('button', { name: 'Print' }).click();
  await page.keyboard.press('Escape');
});

test('a workbook, an archive and a folder are imported; a ledger format says its side', async ({ window, folder }) => {
  const { page } = window;
  const upload = uploadPage(page);
  await openOwnCase(page, ACCESS, 'Kinds');
  await shell(page).go('Add files');
  await window.chooseFiles(upload.chooseButton, [
    join(SHARED, 'statements/xlsx/oca_sample_statement_en.xlsx'),
    join(SHARED, 'statements/camt/subite_LT6258_camt053_2024-03_04.zip'),
  ]);
  // 2 lines by the peer's own test; 37 files by the archive's listing.
  await expect(upload.card('oca_sample_statement_en.xlsx')).toContainText('2 transactions, 0 rejected');
  await upload.column('oca_sample_statement_en.xlsx', 'Counterparty').selectOption('Partner Name');
  await expect(upload.previewRow('oca_sample_statement_en.xlsx', 1)).toContainText('John Doe');
  const archive = 'subite_LT6258_camt053_2024-03_04.zip';
  await expect(upload.members(archive)).toContainText('Archive with 37 files');
  await expect(upload.card(archive)).toContainText('3 transactions, 0 rejected');
  await upload
    .members(archive)
    .getByRole('radio', { name: /^2024-03-08\.xml/ })
    .check();
  await expect(upload.card(archive)).toContainText('4 transactions, 0 rejected');
  await upload.importButton.click();
  await expect(upload.resultRow('2024-04-30.xml')).toContainText('Imported');
  await upload.toCase.click();
  const home = caseHomePage(page);
  // 294 entries by ElementTree over the archive, and the workbook's 2.
  await expect(home.tile('Transactions')).toContainText('296');
  await home.sources.getByRole('link', { name: archive, exact: true }).click();
  await expect(sourcePage(page).archiveFiles.getByRole('row')).toHaveCount(38);

  await shell(page).go('Add files');
  const inner = join(folder, 'from the bookkeeper/2025');
  mkdirSync(inner, { recursive: true });
  bankFile(inner, 'july.csv', ['31.07.2025;31.07.2025;-1,00;Rent;Unit 4']);
  writeFileSync(
    join(folder, 'from the bookkeeper', 'books.ledger'),
    '2025-07-01 Rent\n    expenses:rent  10.00 EUR\n    assets:bank\n',
  );
  await window.dropFiles(upload.dropZone, [join(folder, 'from the bookkeeper')]);
  await expect(upload.card('july.csv')).toBeVisible();
  await expect(upload.card('books.ledger')).toContainText('the side is set to Ledger');
  await expect(upload.side('books.ledger', 'Ledger')).toBeChecked();
  await expect(upload.side('july.csv', 'Bank')).toBeChecked();
});

test('a source is set aside with a reason, its records count no more, and it is taken back', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const upload = uploadPage(page);
  const frame = shell(page);
  const source = sourcePage(page);
  await openOwnCase(page, ACCESS, 'Set aside');
  await frame.go('Add files');
  await window.chooseFiles(upload.chooseButton, [
    bankFile(folder, 'kept.csv', ['31.08.2025;31.08.2025;-1,00;Rent;Unit 4']),
    bankFile(folder, 'doubtful.csv', [
      '31.08.2025;31.08.2025;-2,00;Rent;Unit 5',
      '30.02.2025;31.08.2025;-3,00;Rent;Unit 6',
      '29.08.2025;31.08.2025;5,00;Fee;Unit 6',
    ]),
  ]);
  await expect(upload.card('doubtful.csv')).toContainText('2 transactions, 1 rejected');
  await upload.importButton.click();
  await upload.toCase.click();
  await expect(caseHomePage(page).tile('Transactions')).toContainText('3');

  await frame.treeLink(/^doubtful\.csv/).click();
  const saved = readFileSync(await (await window.download(source.exportRejected)).path(), 'utf8');
  expect(saved.split('\r\n')[0]).toBe('row,reason,raw');
  expect(saved).toContain('30.02.2025;31.08.2025');
  await source.setAside.click();
  await expect(source.dialog).toContainText('2 transactions');
  await expect(source.dialog.getByRole('button', { name: 'Set aside' })).toBeDisabled();
  await source.giveReason('The bank withdrew this export');
  await expect(source.original).toContainText('Set aside');
  await expect(page.getByRole('main')).toContainText('The bank withdrew this export');
  await frame.go('Overview');
  await expect(caseHomePage(page).tile('Transactions')).toContainText(/Transactions ?1(?!\d)/);
  await expect(caseHomePage(page).sources.getByRole('row', { name: /doubtful/ })).toContainText('Set aside');
  await frame.go('Transactions');
  await recordsPage(page).expectMatching(1);

  await frame.treeLink(/^doubtful\.csv/).click();
  await source.restore.click();
  await source.giveReason('The bank confirmed it after all');
  await expect(source.original).toContainText('In use');
  await frame.go('Transactions');
  await recordsPage(page).expectMatching(3);
});
