import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { generateFile } from '../../bench/generate-file.ts';
import { expect, test } from '../host.ts';
import { ROOT } from '../hosts.ts';
import { loginPage } from '../pages/login-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { shell } from '../pages/shell.ts';

const ROWS = 1_000_000;
const ACCESS = { name: 'Million', passphrase: 'a million rows of payments', actor: 'M. Kessler' };

test('a case of a million rows opens, scrolls to its end and answers at once', async ({
  application,
  window,
  folder,
}) => {
  const path = join(folder, 'payments.csv');
  const { unreadableRows } = generateFile(path, ROWS, 7);
  const made = spawnSync(
    process.execPath,
    [
      join(ROOT, 'scripts/nexus.mjs'),
      'examine',
      path,
      ...['--workspace', join(application.home, ACCESS.name), '--actor', ACCESS.actor, '--json'],
    ],
    {
      env: { ...process.env, NEXUS_HOME: application.home, NEXUS_PASSPHRASE: ACCESS.passphrase },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  expect(made.stderr).toBe('');
  expect(made.status).toBe(0);

  const { page } = window;
  const records = recordsPage(page);
  const times: Record<string, number> = {};
  const timed = async (name: string, act: () => Promise<void>): Promise<void> => {
    const started = performance.now();
    await act();
    times[name] = performance.now() - started;
  };
  // The workspace was made after this window listed what there is.
  await page.reload();
  await timed('open the workspace', async () => {
    await loginPage(page).open(ACCESS);
    await expect(page.getByRole('heading', { level: 1, name: 'Cases' })).toBeVisible();
  });
  await page.getByRole('main').getByRole('link', { name: 'Examination', exact: true }).click();
  const readable = ROWS - unreadableRows.length;
  await timed('first rows', async () => {
    await shell(page)
      .treeLink(/^Transactions/)
      .click();
    await expect(records.cell(0, 'date')).toHaveText('2024-01-01');
  });
  await timed('count of all rows', () => records.expectMatching(readable));

  // What comes above the grid a moment later moves it: a click then lands beside the cell.
  await expect(async () => {
    await records.cell(0, 'date').click({ timeout: 2_000 });
    await expect(records.cell(0, 'date')).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await timed('jump to the last row', async () => {
    await page.keyboard.press('Control+End');
    await expect(records.cell(readable - 1, 'row')).toHaveText(String(ROWS + 1));
  });
  const wheelTo = async (share: number): Promise<void> => {
    await records.grid.evaluate((grid, at) => {
      const scrolling = [...grid.querySelectorAll('*')].filter(
        element =>
          getComputedStyle(element).overflowY !== 'hidden' && element.scrollHeight > element.clientHeight + 10_000,
      );
      for (const element of scrolling) element.scrollTop = at * (element.scrollHeight - element.clientHeight);
    }, share);
    await expect
      .poll(() =>
        records.grid
          .locator('[role="gridcell"][col-id="row"]')
          .evaluateAll(cells => cells.filter(cell => cell.textContent !== '').length),
      )
      .toBeGreaterThan(10);
  };
  await timed('scroll to the middle', () => wheelTo(0.5));
  await timed('scroll to three quarters', () => wheelTo(0.75));
  await timed('sort by amount', async () => {
    await records.columnHead('Amount').click();
    await wheelTo(0);
    await expect(records.cell(0, 'amount')).toHaveText(/^[−-]\d/);
  });
  await timed('search', async () => {
    await records.search.fill('Köhler');
    await expect
      .poll(async () => (await records.header.textContent()) ?? '')
      .not.toContain(`${readable.toLocaleString('en-US')} matching`);
  });
  console.log(
    `1,000,000 rows: ${Object.entries(times)
      .map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`)
      .join(', ')}`,
  );
  for (const [name, ms] of Object.entries(times)) expect(ms, name).toBeLessThan(10_000);
});
