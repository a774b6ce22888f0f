import { expect, test } from '../host.ts';
import { findingsPage } from '../pages/findings-page.ts';
import { preferencesPage } from '../pages/preferences-page.ts';
import { shell } from '../pages/shell.ts';
import { openSample } from '../workspaces.ts';

test.beforeEach(async ({ window }) => openSample(window.page));

test('the palette goes to any screen and shows the shortcuts', async ({ window }) => {
  const { page } = window;
  const frame = shell(page);
  await page.keyboard.press('Control+k');
  await expect(frame.palette).toBeVisible();
  await expect(frame.palette).toContainText('Go to transactions');
  await expect(frame.palette.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('reconcil');
  await expect(frame.palette).not.toContainText('Go to transactions');
  await frame.runCommand();
  await expect(frame.heading).toHaveText('Reconciliation');
  await frame.searchCommands('no such command');
  await expect(frame.palette).toContainText('No command has this name');
  await page.keyboard.press('Escape');
  await expect(frame.palette).toBeHidden();
});

test('the palette takes a point of view, opens what a supervisor has, and locks', async ({ window }) => {
  const { page } = window;
  const frame = shell(page);
  const command = async (words: string): Promise<void> => {
    await frame.searchCommands(words);
    await expect(frame.palette.getByRole('button').first()).toContainText(new RegExp(words, 'i'));
    await frame.runCommand();
  };
  for (const [words, heading] of [
    ['Go to custody', 'Custody'],
    ['Go to compliance', 'Compliance'],
    ['Go to people', 'People'],
    ['Go to alerts', 'Alerts'],
    ['Passphrase, codes', 'Security'],
  ] as const) {
    await command(words);
    await expect(frame.heading).toHaveText(heading);
  }
  await command('Look at it as Executive');
  await expect(frame.account).toContainText('Executive');
  // What the point of view may not do is not offered.
  await frame.searchCommands('Go to custody');
  await expect(frame.palette).toContainText('No command has this name');
  await page.keyboard.press('Escape');
  await expect(frame.palette).toBeHidden();
  await command('Look at it as Financial');
  await expect(frame.account).toContainText('Financial examiner');
  await command('Lock now');
  await expect(page).toHaveURL(/#\/auth\/login/);
});

test('? opens the key sheet; single letters can be switched off', async ({ window }) => {
  const { page } = window;
  const frame = shell(page);
  await page.keyboard.press('?');
  await expect(frame.keySheet).toContainText('Next finding');
  await page.keyboard.press('Escape');
  await expect(frame.keySheet).toBeHidden();

  await frame.go('Preferences');
  await preferencesPage(page).singleKeys.uncheck({ force: true });
  await frame.go('Findings');
  const findings = findingsPage(page);
  await expect(findings.items).toHaveCount(44);
  await page.keyboard.press('j');
  await page.keyboard.press('?');
  await expect(frame.keySheet).toBeHidden();
  await expect(findings.items.first()).toHaveAttribute('aria-current', 'true');
  await page.reload();
  await frame.go('Preferences');
  await expect(preferencesPage(page).singleKeys).not.toBeChecked();
  await preferencesPage(page).singleKeys.check({ force: true });
});

test('theme and density persist', async ({ window }) => {
  const { page } = window;
  const frame = shell(page);
  const root = page.locator('html');
  await frame.chooseTheme('Dark');
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await frame.densitySwitch.click();
  await expect(root).toHaveAttribute('data-density', 'compact');
  await page.reload();
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(root).toHaveAttribute('data-density', 'compact');
  await frame.go('Preferences');
  await expect(preferencesPage(page).theme('Dark')).toBeChecked();
  await expect(preferencesPage(page).density('Compact')).toBeChecked();
});

test('the jobs panel tells what ran', async ({ window }) => {
  const { page } = window;
  const frame = shell(page);
  await frame.go('Overview');
  await page.getByRole('button', { name: 'Run again' }).click();
  await frame.openJobs();
  await expect(frame.jobs.getByRole('listitem').filter({ hasText: 'Done' }).first()).toBeVisible();
  await page.keyboard.press('Control+j');
  await expect(frame.jobs).toBeHidden();
});

test('a reload keeps the session and the screen', async ({ window }) => {
  const { page } = window;
  const frame = shell(page);
  await frame.go('Reconciliation');
  const address = page.url();
  await page.reload();
  await expect(frame.heading).toHaveText('Reconciliation');
  await expect(page).toHaveURL(address);
});
