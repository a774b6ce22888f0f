import { expectAccessibleInBoth } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { povPage } from '../pages/pov-page.ts';
import { preferencesPage } from '../pages/preferences-page.ts';
import { shell } from '../pages/shell.ts';
import { openSample } from '../workspaces.ts';

test.setTimeout(120_000);
test.beforeEach(async ({ window }) => openSample(window.page));

test('a point of view narrows what one may do, and what it may is listed', async ({ window }) => {
  const { page } = window;
  const pov = povPage(page);
  await shell(page).openAccountMenu('Point of view');
  await expect(shell(page).heading).toHaveText('Point of view');
  await expect(pov.permission('Import evidence')).toContainText('Yes');
  await expectAccessibleInBoth(page, 'point of view');
  await pov.choose('Executive');
  await expect(pov.permission('Import evidence')).toContainText('No');
  await expect(pov.permission('See records and originals')).toContainText('No');
  await expect(pov.permission('See cases')).toContainText('Yes');
  // The supervisor’s duty stays, whatever the point of view.
  await expect(pov.permission('Register and revoke people')).toContainText('Yes');
  await pov.radio('Expert').click();
  await expect(pov.radio('Expert')).toBeChecked();
  await pov.radio('Answers only').click();
  await expect(pov.radio('Answers only')).toBeChecked();
  await page.reload();
  await expect(pov.radio('Expert')).toBeChecked();
  await expect(pov.radio('Answers only')).toBeChecked();
  await pov.choose('Financial examiner');
  await expect(pov.permission('Import evidence')).toContainText('Yes');
});

test('settings are found by their words, marked when changed, and reset', async ({ window }) => {
  const { page } = window;
  const preferences = preferencesPage(page);
  await shell(page).go('Preferences');
  await preferences.search.fill('lock minutes');
  await expect(preferences.singleKeys).toHaveCount(0);
  await preferences.idleMinutes.fill('5');
  await preferences.saveForEverybody.click();
  await expect(preferences.reset('Idle lock, in minutes')).toBeVisible();
  await page.reload();
  await expect(preferences.idleMinutes).toHaveValue('5');
  await preferences.reset('Idle lock, in minutes').click();
  await expect(preferences.idleMinutes).toHaveValue('10');
  await preferences.saveForEverybody.click();
  await expect(preferences.reset('Idle lock, in minutes')).toHaveCount(0);
  await preferences.search.fill('no such setting');
  await expect(page.getByText('No setting has these words')).toBeVisible();
  await preferences.search.fill('');
  await preferences.density('Compact').check();
  await preferences.reset('Density').click();
  await expect(preferences.density('Comfortable')).toBeChecked();
  await expectAccessibleInBoth(page, 'preferences');
});

test('a supervisor adds, changes and removes an OpenID provider without any contact to it', async ({ window }) => {
  const { page } = window;
  await shell(page).openAccountMenu('Linked accounts');
  await expect(page.getByText('No provider yet')).toBeVisible();
  await expectAccessibleInBoth(page, 'linked accounts, none');
  await page.getByRole('button', { name: 'Add provider' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add provider' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Ministry');
  await dialog.getByRole('textbox', { name: 'Issuer' }).fill('http://example.org');
  await dialog.getByRole('textbox', { name: 'Client ID' }).fill('nexus-desktop');
  await dialog.getByRole('button', { name: 'Save provider' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expectAccessibleInBoth(page, 'provider that is refused');
  await dialog.getByRole('textbox', { name: 'Issuer' }).fill('https://id.example.org');
  await dialog.getByRole('button', { name: 'Save provider' }).click();
  const providers = page.getByRole('region', { name: 'Providers' });
  await expect(providers).toContainText('https://id.example.org');
  await expectAccessibleInBoth(page, 'providers');
  await providers.getByRole('button', { name: 'Remove Ministry' }).click();
  await expect(page.getByText('No provider yet')).toBeVisible();
});
