import { expectAccessible } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { firstNumber } from '../numbers.ts';
import { riskPage } from '../pages/risk-page.ts';
import { shell } from '../pages/shell.ts';
import { expectRowsShown } from '../rows-shown.ts';
import { openOwnCase, openSample, openSampleAs } from '../workspaces.ts';

const ACCESS = { name: 'Risk', passphrase: 'a barometer in the attic', actor: 'M. Kessler' };

test('scores are ranked on three levels; addends add up; every number opens exactly its rows', async ({ window }) => {
  const { page } = window;
  const risk = riskPage(page);
  await openSample(page);
  for (const level of ['Parties', 'Accounts', 'Transactions'] as const) {
    await shell(page).go('Risk scores');
    await risk.chooseLevel(level);
    await expect(risk.units.first()).toHaveAttribute('aria-current', 'true');
    const points = (await risk.addendPoints.allTextContents()).map(text =>
      Math.round(Number(text.replace('+', '')) * 100),
    );
    expect(points.length).toBeGreaterThan(0);
    const score = (await risk.score.textContent()) ?? '';
    expect(points.reduce((sum, each) => sum + each, 0)).toBe(Math.round(Number(score) * 100));
    const links = await risk.addendRows.count();
    for (let at = 0; at < Math.min(2, links); at++) {
      const label = (await risk.addendRows.nth(at).getAttribute('aria-label')) ?? '';
      await risk.addendRows.nth(at).click();
      await expect(page).toHaveURL(/\/records\?/);
      await expectRowsShown(page, firstNumber(label), label);
      await page.goBack();
      await expect(risk.addends).toBeVisible();
    }
    const whole = (await risk.rowsOfUnit.getAttribute('aria-label')) ?? '';
    await risk.rowsOfUnit.click();
    await expect(page).toHaveURL(/\/records\?/);
    await expectRowsShown(page, firstNumber(whole), whole);
    await page.goBack();
  }
});

test('j and k go through the list, / searches names, the strongest finding opens', async ({ window }) => {
  const { page } = window;
  const risk = riskPage(page);
  await openSample(page);
  await shell(page).go('Risk scores');
  const first = await risk.chosen.textContent();
  await page.keyboard.press('j');
  await expect(risk.chosen).not.toHaveText(first ?? '');
  await page.keyboard.press('k');
  await expect(risk.chosen).toHaveText(first ?? '');
  await page.keyboard.press('/');
  await expect(risk.search).toBeFocused();
  await risk.search.fill('zzzz nobody');
  await expect(page.getByText('No name contains this')).toBeVisible();
  await risk.search.fill('');
  await risk.openFinding.first().click();
  await expect(page).toHaveURL(/\/findings\?finding=/);
});

test('a case that was not examined says so; a role without evidence sees scores, not rows', async ({ window }) => {
  const { page } = window;
  const risk = riskPage(page);
  await openOwnCase(page, ACCESS, 'Nothing yet');
  await shell(page).go('Risk scores');
  await expect(page.getByText('Not examined yet')).toBeVisible();
  await expectAccessible(page, 'risk before an examination');
  await shell(page).lockButton.click();
  await openSampleAs(page, 'Executive');
  await shell(page).go('Risk scores');
  await expect(risk.units.first()).toBeVisible();
  await expect(risk.rowsOfUnit).toHaveCount(0);
});
