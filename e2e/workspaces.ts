import { expect, type Page } from '@playwright/test';
import { caseListPage } from './pages/case-list-page.ts';
import { loginPage, type RoleName, type WorkspaceAccess } from './pages/login-page.ts';
import { shell } from './pages/shell.ts';

/** The sample workspace: its name and passphrase stand on the sign-in screen. */
export const SAMPLE: WorkspaceAccess = {
  name: 'Sample examination',
  passphrase: 'sample examination',
  actor: 'A. Examiner',
};

/** From the first-run link to the sample case's home; opens it again where an earlier test made it. */
export const openSample = async (page: Page): Promise<void> => {
  await loginPage(page).sampleLink.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sample examination' })).toBeVisible({ timeout: 30_000 });
};

/** Opens the sample in a role that may do less. */
export const openSampleAs = async (page: Page, role: RoleName): Promise<void> => {
  await openSample(page);
  await shell(page).lockButton.click();
  await loginPage(page).open(SAMPLE, role);
  await expect(page.getByRole('heading', { level: 1, name: 'Sample examination' })).toBeVisible();
};

/** A workspace of its own with one empty case; opens both where an earlier test made them. */
export const openOwnCase = async (page: Page, access: WorkspaceAccess, caseName: string): Promise<void> => {
  const login = loginPage(page);
  await login.passphrase.waitFor();
  const exists = (await login.workspace.isVisible()) && (await login.workspace.innerText()).includes(access.name);
  if (exists) await login.open(access);
  else {
    await login.fillCreate(access);
    await login.createButton.click();
  }
  const list = caseListPage(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Cases' })).toBeVisible();
  await expect(list.newCase).toBeVisible();
  if (await list.caseLink(caseName).isVisible()) await list.caseLink(caseName).click();
  else await list.createCase(caseName);
};
