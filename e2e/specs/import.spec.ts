import { join } from 'node:path';
import { generateFile } from '../../bench/generate-file.ts';
import { ambiguousDates, documentTypeXml, emptyFile, plainBookings } from '../evidence-files.ts';
import { expect, test } from '../host.ts';
import { caseHomePage } from '../pages/case-home-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { shell } from '../pages/shell.ts';
import { uploadPage } from '../pages/upload-page.ts';
import { openOwnCase } from '../workspaces.ts';

const ACCESS = { name: 'Imports', passphrase: 'a drawer full of old receipts', actor: 'M. Kessler' };
/** Enough to be still under way when it is cancelled, however late a busy machine gets to it. */
const LARGE_ROWS = 1_500_000;

test('an open question is answered, a column is mapped by hand, and the file is imported', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const upload = uploadPage(page);
  await openOwnCase(page, ACCESS, 'Questions');
  await shell(page).go('Add files');
  await window.chooseFiles(upload.chooseButton, [ambiguousDates(folder)]);

  const question = upload.question('ambiguous.csv');
  await expect(question.getByRole('radio')).toHaveCount(2);
  await question.getByRole('radio', { name: 'day, month, year' }).click();
  await expect(question).toBeHidden();
  await expect(upload.previewRow('ambiguous.csv', 1)).toContainText('03/04/2025');
  await expect(upload.previewRow('ambiguous.csv', 1)).toContainText('2025-04-03');

  await upload.column('ambiguous.csv', 'Description').selectOption('Remark');
  await expect(upload.previewRow('ambiguous.csv', 1)).toContainText('paper');
  await upload.column('ambiguous.csv', 'Order of dates').selectOption('month, day, year');
  await expect(upload.previewRow('ambiguous.csv', 1)).toContainText('2025-03-04');

  await upload.importButton.click();
  await expect(upload.resultRow('ambiguous.csv')).toContainText('Imported');
  await upload.resultRow('ambiguous.csv').getByRole('link', { name: '3 transactions of ambiguous.csv' }).click();
  const records = recordsPage(page);
  await records.expectMatching(3);
  await expect(records.cell(0, 'date')).toHaveText('2025-03-04');
  await expect(records.cell(0, 'description')).toHaveText('paper');
});

test('refused files are named with their reason while the others are imported; a known file is recognized', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const upload = uploadPage(page);
  await openOwnCase(page, ACCESS, 'Refusals');
  await shell(page).go('Add files');
  const paths = [documentTypeXml(folder), emptyFile(folder), plainBookings(folder)];
  await window.dropFiles(upload.dropZone, paths);
  await expect(upload.card('doctype.xml').getByRole('alert')).toContainText(/DOCTYPE|document type/i);
  await expect(upload.card('empty.csv').getByRole('alert')).toContainText(/empty/i);
  await expect(upload.card('plain.csv')).toContainText('2 transactions, 0 rejected');

  await expect(upload.importButton).toHaveText('Import 3 files');
  await upload.importButton.click();
  await expect(upload.resultRow('plain.csv')).toContainText('Imported');
  await expect(upload.resultRow('doctype.xml')).toContainText('Refused');
  await expect(upload.resultRow('empty.csv')).toContainText('Refused');
  await expect(upload.refusals.filter({ hasText: 'doctype.xml' })).toBeVisible();
  await expect(upload.refusals.filter({ hasText: 'empty.csv' })).toBeVisible();

  await window.chooseFiles(upload.chooseButton, paths.slice(2));
  await upload.importButton.click();
  await expect(upload.resultRow('plain.csv')).toContainText('Already imported');
  await upload.toCase.click();
  await expect(caseHomePage(page).tile('Transactions')).toContainText('2');
  await expect(caseHomePage(page).sources.getByRole('link', { name: 'plain.csv', exact: true })).toHaveCount(1);
});

test('a large import shows its progress and is cancelled at once; nothing of it is kept', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const upload = uploadPage(page);
  const frame = shell(page);
  const path = join(folder, 'large.csv');
  generateFile(path, LARGE_ROWS, 11);
  await openOwnCase(page, ACCESS, 'Cancelled');
  await frame.go('Add files');
  await window.chooseFiles(upload.chooseButton, [path]);
  await expect(upload.card('large.csv')).toContainText('Head of the file');
  await frame.openJobs();
  await upload.importButton.click();

  const running = frame.jobs.getByRole('group').filter({ has: page.getByRole('progressbar') });
  await expect(running).toBeVisible();
  await expect(running).toContainText('If you cancel:');
  await expect(running).toContainText(/[1-9][\d,]* of [\d,]+/);
  // Timed in the window, from the press to the words: what the test's own calls to the browser take is not part of it.
  const tookMs = await running.getByRole('button', { name: /^Cancel/ }).evaluate(
    button =>
      new Promise<number>((resolve, reject) => {
        const asked = performance.now();
        const look = (): void => {
          const told = document.querySelector('main')?.textContent ?? '';
          const tookMs = performance.now() - asked;
          if (told.includes('The import was cancelled.')) resolve(tookMs);
          else if (tookMs > 60_000) reject(new Error(`not cancelled within a minute; the screen says: ${told}`));
          else requestAnimationFrame(look);
        };
        (button as HTMLElement).click();
        look();
      }),
  );
  await expect(upload.cancelled).toBeVisible();
  console.log(`import of ${LARGE_ROWS.toLocaleString('en')} rows cancelled after ${tookMs.toFixed(0)} ms`);
  // Under a second on an idle machine; a loaded one only must not let the import run on to its end.
  expect(tookMs).toBeLessThan(10_000);

  await expect(frame.jobs).toContainText('Cancelled');
  await frame.go('Overview');
  await expect(page.getByText('No sources yet')).toBeVisible();
  await frame.go('Transactions');
  await expect(page.getByText('No transactions yet')).toBeVisible();
});
