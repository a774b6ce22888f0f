import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { findingsPage } from '../pages/findings-page.ts';
import { flowsPage } from '../pages/flows-page.ts';
import { shell } from '../pages/shell.ts';
import { importFiles } from '../review-files.ts';
import { expectRowsShown } from '../rows-shown.ts';
import { openOwnCase, openSample } from '../workspaces.ts';

const ACCESS = { name: 'Flows', passphrase: 'eleven keys on a long string', actor: 'M. Kessler' };
const CURRENT = 'DE89370400440532013000';

/** One account that pays twelve suppliers (the first most), transfers to a second examined account, and has one customer. */
const statements = (folder: string): string => {
  const path = join(folder, 'flows.csv');
  const suppliers = Array.from(
    { length: 12 },
    (_, i) =>
      `${CURRENT},2025-01-${String(i + 3).padStart(2, '0')},-${1200 - 100 * i}.00,EUR,Supplier ${'ABCDEFGHIJKL'[i]},,INV-${i}`,
  );
  writeFileSync(
    path,
    [
      'Account,Date,Amount,Currency,Counterparty,Counterparty account,Reference',
      `${CURRENT},2025-01-02,-5000.00,EUR,Own savings,GB29NWBK60161331926819,T-1`,
      `GB29NWBK60161331926819,2025-01-02,5000.00,EUR,Own current,${CURRENT},T-1`,
      ...suppliers,
      `${CURRENT},2025-03-01,-1.00,EUR,Supplier A,,INV-99`,
      `${CURRENT},2025-01-08,9000.00,EUR,Blue Customer,,R-1`,
      `GB29NWBK60161331926819,2025-02-08,-4000.00,EUR,Far Away Ltd,,F-1`,
      '',
    ].join('\n'),
  );
  return path;
};

test('a graph grows on demand, folds the rest, and every edge opens exactly its transactions', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const flows = flowsPage(page);
  await openOwnCase(page, ACCESS, 'Growth');
  await importFiles(window, [statements(folder)]);
  await shell(page).go('Money flow');
  await expect(page.getByText('Choose where to begin')).toBeVisible();
  await expectAccessible(page, 'the empty money flow');

  await flows.search.fill(CURRENT.slice(0, 8));
  await flows.hit(new RegExp(`^${CURRENT}`)).click();
  await expect(flows.node(/^Account under examination DE89/)).toBeVisible();
  // The account, its one payer, its eight largest payees; five payees are folded with their sum.
  await expect(flows.nodes).toHaveCount(10);
  await expect(flows.folds).toHaveCount(1);
  await expect(flows.folds).toHaveAccessibleName(/5 payees, 1,500\.00 EUR/);

  // Keyboard alone: to the savings account, its payees, back, hide.
  await flows.node(/^Account under examination DE89/).focus();
  await page.keyboard.press('ArrowRight');
  await expect(flows.node(/^Account under examination GB29/)).toBeFocused();
  await page.keyboard.press(']');
  await expect(flows.node(/^Party FAR AWAY LTD/)).toBeVisible();
  await flows.folds.focus();
  await page.keyboard.press('Enter');
  await expect(flows.folds).toHaveCount(0);
  await expect(flows.nodes).toHaveCount(16);
  await flows.node(/^Party SUPPLIER L/).focus();
  await page.keyboard.press('h');
  await expect(flows.nodes).toHaveCount(15);
  await expect(flows.steps).toHaveCount(4);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(flows.nodes).toHaveCount(16);
  await expectAccessible(page, 'a graph of sixteen nodes');

  // The picture and its table, as files.
  const picture = page.waitForEvent('download');
  await flows.saveSvg.click();
  const svg = readFileSync(await (await picture).path(), 'utf8');
  expect(svg).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).toContain('FAR AWAY LTD');
  const table = page.waitForEvent('download');
  await flows.saveCsv.click();
  const csv = readFileSync(await (await table).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(csv).toHaveLength(1 + 15);
  expect(csv).toContain(`"${CURRENT}","GB29NWBK60161331926819",5000.00,EUR,1,2025-01-02,2025-01-02`);

  // A transfer that both statements show is one movement in two transactions.
  const transfer = flows.table.getByRole('row', { name: /GB29NWBK60161331926819 5,000\.00/ });
  await expect(transfer.getByRole('link')).toHaveText('2');
  await expect(flows.edgeCounts).toHaveCount(15);
  const numbers = await flows.edgeCounts.allTextContents();
  for (const [place, count] of numbers.entries()) {
    await flows.edgeCounts.nth(place).click();
    await expect(page).toHaveURL(/\/records\?/);
    await expectRowsShown(page, firstNumber(count), `edge ${place}`);
    // Leaving keeps the graph.
    await page.goBack();
    await expect(flows.edgeCounts).toHaveCount(15);
  }
});

test('limits of day and amount hold for what comes in, and its numbers open only that', async ({ window, folder }) => {
  const { page } = window;
  const flows = flowsPage(page);
  await openOwnCase(page, ACCESS, 'Limits');
  await importFiles(window, [statements(folder)]);
  await shell(page).go('Money flow');
  await flows.to.fill('2025-01-31');
  await flows.minimum.fill('1100');
  await flows.hit(new RegExp(`^${CURRENT}`)).click();
  // Savings, suppliers A (1,200 of 1,201) and B, and the customer.
  await expect(flows.nodes).toHaveCount(5);
  const supplier = flows.table.getByRole('row', { name: /SUPPLIER A/ });
  await expect(supplier).toContainText('1,200.00 EUR');
  await supplier.getByRole('link').click();
  await expect(page).toHaveURL(/\/records\?/);
  await expectRowsShown(page, 1);
});

test('a finding is shown as the movements its rows are', async ({ window }) => {
  const { page } = window;
  const flows = flowsPage(page);
  await openSample(page);
  const findings = findingsPage(page);
  await shell(page).go('Findings');
  await findings.chooseTest('pass-through');
  await expect(findings.items).toHaveCount(1);
  await findings.evidence.getByRole('link', { name: 'Show as money flow' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Money flow' })).toBeVisible();
  // Six transfers from the operating account came in, and went out again as payroll.
  const counts = (): Promise<readonly string[]> => flows.edgeCounts.allTextContents();
  await expect.poll(async () => (await counts()).reduce((sum, text) => sum + firstNumber(text), 0)).toBe(12);
  await expectAccessible(page, 'a finding as money flow');
  const [first = ''] = await counts();
  await flows.edgeCounts.first().click();
  await expect(page).toHaveURL(/\/records\?/);
  await expectRowsShown(page, firstNumber(first));
  await page.goBack();
  await expect(flows.steps).toHaveCount(1);
});
