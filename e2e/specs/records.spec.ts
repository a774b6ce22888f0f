import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { recordsPage } from '../pages/records-page.ts';
import { shell } from '../pages/shell.ts';
import { openSample } from '../workspaces.ts';

test.beforeEach(async ({ window }) => {
  await openSample(window.page);
  await shell(window.page).go('Transactions');
  await recordsPage(window.page).expectMatching(738);
});

test('facets, search and ranges narrow the rows; chips take each condition back', async ({ window }) => {
  const { page } = window;
  const records = recordsPage(page);
  const out = records.facet('Direction', 'Out');
  const outCount = firstNumber((await out.textContent()) ?? '');
  await out.click();
  await records.expectMatching(outCount);
  await expect(records.chips).toContainText('Direction: Out');

  await page.keyboard.press('/');
  await expect(records.search).toBeFocused();
  await records.search.fill('Talwind');
  await expect(records.chips).toContainText('Contains “Talwind”');
  await expect(records.cell(0, 'counterparty')).toHaveText(/Talwind/i);
  await expect.poll(async () => firstNumber((await records.header.textContent()) ?? '')).toBeLessThan(outCount);

  await records.removeChip(/Direction: Out/).click();
  await records.removeChip(/Talwind/).click();
  await records.expectMatching(738);

  await records.range('Minimum').fill('9000');
  await records.range('Minimum').press('Enter');
  await records.range('Maximum').fill('9999.99');
  await records.range('Maximum').press('Enter');
  await expect(records.chips).toContainText('At least 9,000');
  await records.columnHead('Amount').click();
  await expect(records.cell(0, 'amount')).toHaveText(/9,\d{3}\.\d\d/);
  await records.clearAll.click();
  await records.expectMatching(738);
});

test('the header sorts, F keeps the rows like a cell, Enter opens the record with its raw line', async ({ window }) => {
  const { page } = window;
  const records = recordsPage(page);
  const head = records.columnHead('Amount');
  // As the file has them: the order to come back to.
  await expect(records.cell(0, 'row')).toHaveText(/\d/);
  const [firstRow, firstAmount] = [
    await records.cell(0, 'row').innerText(),
    await records.cell(0, 'amount').innerText(),
  ];
  await head.click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  const amountAt = async (place: number): Promise<number> =>
    Number(((await records.cell(place, 'amount').textContent()) ?? '').replaceAll(/[^\d.−-]/g, '').replace('−', '-'));
  /** The first two amounts, once both are there: a row that is still to come has empty cells. */
  const firstAmounts = async (): Promise<readonly [first: number, second: number]> => {
    for (const place of [0, 1]) await expect(records.cell(place, 'amount')).toHaveText(/\d/);
    return [await amountAt(0), await amountAt(1)];
  };
  await expect(async () => {
    const [first, second] = await firstAmounts();
    expect(first).toBeLessThan(0);
    expect(first).toBeLessThanOrEqual(second);
  }).toPass();
  await head.click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect(async () => {
    const [first, second] = await firstAmounts();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeGreaterThanOrEqual(second);
  }).toPass();

  await records.columnHead('Row').click();
  await expect(records.columnHead('Row')).toHaveAttribute('aria-sort', 'ascending');
  await expect(records.cell(0, 'row')).toHaveText(firstRow);
  await expect(records.cell(0, 'amount')).toHaveText(firstAmount);
  const party = records.cell(0, 'counterparty');
  await expect(party).not.toHaveText('');
  const name = (await party.textContent()) ?? '';
  await party.click();
  await page.keyboard.press('f');
  await expect(records.chips).toContainText(`Contains “${name}”`);
  await expect.poll(async () => firstNumber((await records.header.textContent()) ?? '')).toBeLessThan(738);
  await expect(records.cell(0, 'counterparty')).toHaveText(new RegExp(name, 'i'));

  await records.openRow(0);
  await expect(records.drawer).toContainText('Raw record from the sealed original');
  await expect(records.drawer.locator('pre')).toContainText(name, { ignoreCase: true });
  await page.keyboard.press('Escape');
  await expect(records.drawer).toBeHidden();
});

test('a filter that leaves nothing says so and offers to clear it', async ({ window }) => {
  const { page } = window;
  const records = recordsPage(page);
  await records.search.fill('no such words anywhere');
  await expect(records.filteredToNothing).toBeVisible();
  await records.expectMatching(0);
  await records.clearAll.last().click();
  await records.expectMatching(738);
  await expect(records.filteredToNothing).toBeHidden();
});
