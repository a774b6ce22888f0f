import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../host.ts';
import { ROOT } from '../hosts.ts';
import { shell } from '../pages/shell.ts';
import { uploadPage } from '../pages/upload-page.ts';
import { ensureReport, SAMPLE_SCREENS } from '../sample-screens.ts';
import { openSample } from '../workspaces.ts';

/** The screens of the documentation. */
const SHOWN = [
  'case-home',
  'upload',
  'standardization-values',
  'records',
  'findings',
  'risk',
  'typologies',
  'flows',
  'tests',
  'reconciliation',
  'duplicates',
  'quality',
  'coverage',
  'parties',
  'report',
  'audit',
  'custody',
  'security',
  'people',
  'compliance',
];

test('the documentation’s pictures can be taken', async ({ window, host }) => {
  const { page } = window;
  const update = process.env.UPDATE_SCREENSHOTS === '1' && host === 'chromium';
  const folder = update ? join(ROOT, 'docs/images') : test.info().outputDir;
  mkdirSync(folder, { recursive: true });
  await openSample(page);
  await ensureReport(page);
  await expect(shell(page).heading).toHaveText('Report');
  await shell(page).closeNotes();
  // All are taken to be kept. Otherwise a few show that they can be: accessibility.spec.ts looks at every screen in both schemes.
  const shown = update ? SHOWN : SHOWN.slice(0, 4);
  for (const colorScheme of update ? (['light', 'dark'] as const) : (['light'] as const)) {
    await page.emulateMedia({ colorScheme });
    for (const screen of SAMPLE_SCREENS.filter(({ name }) => shown.includes(name))) {
      await screen.open(page);
      // The test's own folder changes with each run; a picture shows where workspaces usually lie.
      await page
        .getByRole('contentinfo')
        .getByText(/Sample examination$|^~/)
        .first()
        .evaluate(element => {
          element.textContent = '~/NEXUS/Sample examination';
        });
      if (screen.name === 'upload') {
        const upload = uploadPage(page);
        await window.chooseFiles(upload.chooseButton, [
          join(ROOT, 'resources/sample-examination/bank/branch-account.csv'),
        ]);
        await expect(upload.previewRow('branch-account.csv', 1)).toBeVisible();
      }
      const path = join(folder, `${screen.name}-${colorScheme}.png`);
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      expect(statSync(path).size).toBeGreaterThan(10_000);
    }
  }
});
