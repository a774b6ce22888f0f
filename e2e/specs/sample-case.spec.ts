import { readFileSync } from 'node:fs';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { auditPage } from '../pages/audit-page.ts';
import { caseHomePage } from '../pages/case-home-page.ts';
import { duplicatesPage } from '../pages/duplicates-page.ts';
import { findingsPage } from '../pages/findings-page.ts';
import { qualityPage } from '../pages/quality-page.ts';
import { reconciliationPage } from '../pages/reconciliation-page.ts';
import { recordsPage } from '../pages/records-page.ts';
import { reportPage } from '../pages/report-page.ts';
import { shell } from '../pages/shell.ts';
import { expectRowsShown, rowsShown } from '../rows-shown.ts';
import { openSample } from '../workspaces.ts';

// Every expected figure is from resources/sample-examination/README.md.

test('case home shows the sample in figures, and each figure opens exactly its rows', async ({ window }) => {
  const { page } = window;
  const home = caseHomePage(page);
  await openSample(page);
  await expect(home.tile('Transactions')).toContainText('738');
  await expect(home.tile('Rejected records')).toContainText('7');
  await expect(home.tile('Near duplicates')).toContainText('3');
  await expect(home.tile('Exact duplicates')).toContainText('1');
  await expect(home.tile('Unmatched')).toContainText('44');
  await expect(home.steps).toContainText('44 of 44 findings are open');
  await expect(home.timeline.getByRole('listitem').first()).toBeVisible();

  const address = page.url();
  await expect(home.sources.getByRole('link', { name: /transactions of/ })).toHaveCount(4);
  const names = await home.counts.evaluateAll(links =>
    links.map(link => link.getAttribute('aria-label') ?? (link as HTMLElement).innerText.replaceAll('\n', ' ')),
  );
  let opened = 0;
  for (const [place, name] of names.entries()) {
    if (name.startsWith('Data quality')) continue;
    await home.counts.nth(place).click();
    await expect(page).not.toHaveURL(address);
    await expectRowsShown(page, firstNumber(name), name);
    opened += 1;
    await page.goBack();
    await expect(page).toHaveURL(address);
    await expect(home.counts).toHaveCount(names.length);
  }
  // Five tiles, three severities that occur, four sources with transactions and four with rejected records.
  expect(opened).toBeGreaterThanOrEqual(16);
});

test('every failed count of the quality rules opens exactly its rows', async ({ window }) => {
  const { page } = window;
  const quality = qualityPage(page);
  await openSample(page);
  await shell(page).go('Data quality');
  await expect(quality.score).toContainText('of 100');
  await expect(quality.rules).toBeVisible();
  const names = await quality.failedCounts.evaluateAll(links =>
    links.map(link => link.getAttribute('aria-label') ?? ''),
  );
  expect(names.length).toBeGreaterThan(0);
  for (const [place, name] of names.entries()) {
    await quality.failedCounts.nth(place).click();
    await expect(page).not.toHaveURL(/\/data\/quality/);
    // A rule on statements counts statements and opens all rows of those that failed.
    if (/statements? failed/.test(name))
      await expect.poll(() => rowsShown(page), { message: name }).toBeGreaterThan(firstNumber(name));
    else await expectRowsShown(page, firstNumber(name), name);
    // Records that could not be read have no place in the grid: they are shown with their raw text.
    if (page.url().includes('/records')) await expect(recordsPage(page).chips).toContainText('From quality rule:');
    await page.goBack();
    await expect(quality.failedCounts).toHaveCount(names.length);
  }
});

test('each finding opens exactly its rows', async ({ window }) => {
  const { page } = window;
  const findings = findingsPage(page);
  await openSample(page);
  await shell(page).go('Findings');
  await expect(findings.items).toHaveCount(44);
  await expect(findings.header).toHaveText('44 matching findings (44 total)');
  const opened = new Map<string, number>();
  for (let place = 0; place < 44; place++) {
    const item = findings.items.nth(place);
    // One of each test: the others of it go the same way.
    const text = (await item.textContent()) ?? '';
    const id = /[a-z]+(?:-[a-z]+)+/.exec(text)?.[0] ?? text;
    const count = (opened.get(id) ?? 0) + 1;
    opened.set(id, count);
    if (count > 1) continue;
    const rows = firstNumber(/([\d,]+) rows?/.exec(text)?.[0] ?? '');
    await item.click();
    await expect(item).toHaveAttribute('aria-current', 'true');
    await expect(findings.evidence.getByRole('heading', { name: /^[\d,]+ rows?$/ })).toHaveText(
      rows === 1 ? '1 row' : `${rows} rows`,
    );
    await findings.openRows.click();
    await expect(page).toHaveURL(/\/records\?/);
    await expectRowsShown(page, rows, `finding ${place}`);
    await page.goBack();
    await expect(findings.items).toHaveCount(44);
  }
  expect(opened.size).toBeGreaterThan(10);
});

test('the reconciliation foots; matches and open rows carry their reasons', async ({ window }) => {
  const { page } = window;
  const reconciliation = reconciliationPage(page);
  await openSample(page);
  await shell(page).go('Reconciliation');
  await expect(reconciliation.foots).toBeVisible();
  for (const [label, count] of [
    ['Matched', '342'],
    ['Suggested', '5'],
    ['Open on side A', '39'],
    ['Open on side B', '5'],
  ] as const)
    await expect(reconciliation.figure(label)).toHaveText(count);
  await expect(reconciliation.count).toHaveText('5 matches');
  await expect(reconciliation.pairs).toHaveCount(5);
  await expect(reconciliation.why.getByRole('listitem').first()).toBeVisible();
  await reconciliation.judgment('Confirmed').click();
  await expect(reconciliation.count).toHaveText('342 matches');
  await expect(reconciliation.pairs).toHaveCount(100);

  await reconciliation.tab('Open rows').click();
  await expect(reconciliation.openRows('A')).toHaveCount(39);
  await expect(reconciliation.openRows('B')).toHaveCount(5);
  await expect(reconciliation.openRows('B').filter({ hasText: '29,390.00' })).toHaveCount(1);
  await reconciliation.openRows('B').filter({ hasText: '29,390.00' }).click();
  await expect(reconciliation.candidates.getByRole('listitem').first()).toBeVisible();

  await reconciliation.tab('Proof').click();
  await expect(reconciliation.proof('EUR').locator('tbody tr')).toHaveCount(4);
  // The proof again, from what the screen shows: matched + suggested + open = total, in cents and in rows, on each side.
  await expect(reconciliation.proof('EUR').locator('td')).toHaveCount(4 * 4);
  const lines = await reconciliation
    .proof('EUR')
    .locator('tbody tr')
    .evaluateAll(rows =>
      rows.map(row =>
        [...row.querySelectorAll('td')].map(cell =>
          Number(
            (cell.textContent ?? '')
              .replaceAll(/[^\d.−-]/g, '')
              .replace('−', '-')
              .replace('.', ''),
          ),
        ),
      ),
    );
  expect(lines).toHaveLength(4);
  for (const column of [0, 1, 2, 3]) {
    const [matched, suggested, open, total] = lines.map(line => line[column] ?? Number.NaN);
    expect((matched ?? 0) + (suggested ?? 0) + (open ?? 0)).toBe(total);
  }
  // April falls 12,480.00 short; May and June do not join.
  await expect(reconciliation.balances).toContainText('12,480.00');
  await expect(reconciliation.chain).toContainText('Break');
});

test('near duplicates are proposed, never merged', async ({ window }) => {
  const { page } = window;
  const duplicates = duplicatesPage(page);
  await openSample(page);
  await shell(page).go('Duplicates');
  await duplicates.kind('Near duplicates').click();
  await expect(duplicates.count).toHaveText('3 pairs');
  await expect(duplicates.pairs).toHaveCount(3);
  await duplicates.detail.getByRole('button', { name: /^Row / }).first().click();
  await expect(recordsPage(page).drawer).toContainText('Raw record from the sealed original');
});

test('a report is built, shown in a sandboxed frame and downloaded; the audit log verifies', async ({ window }) => {
  const { page } = window;
  const report = reportPage(page);
  const audit = auditPage(page);
  await openSample(page);
  await shell(page).go('Report');
  await report.buildButton.click();
  await expect(report.built).toHaveCount(1);
  await expect(report.frame).toHaveAttribute('sandbox', '');
  await expect(report.frame.contentFrame().getByRole('heading').first()).toBeVisible();
  const pdf = readFileSync(await (await window.download(report.downloadPdf)).path());
  expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  const html = readFileSync(await (await window.download(report.downloadHtml)).path(), 'utf8');
  expect(html).toContain('Arvento Consulting');

  await shell(page).go('Audit log');
  await audit.verifyButton.click();
  await expect(audit.verdict).toContainText('The chain and every evidence digest agree');
  await expect(audit.entries.filter({ hasText: 'Report built' })).toHaveCount(1);
});
