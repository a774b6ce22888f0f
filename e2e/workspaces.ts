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
  await expect(page.getByRole('heading', { level: 1, name: 'Sample examination' })).toBeVisible();
};

/** Whether the sign-in screen lists a workspace. Its form is shown once the list is there. */
const isListed = async (page: Page, name: string): Promise<boolean> => {
  const { passphrase, workspace } = loginPage(page);
  await passphrase.waitFor();
  return (await workspace.isVisible()) && (await workspace.innerText()).includes(name);
};

/** Opens the sample in a role that may do less; makes it first where no earlier test did. */
export const openSampleAs = async (page: Page, role: RoleName): Promise<void> => {
  if (!(await isListed(page, SAMPLE.name))) {
    await openSample(page);
    await shell(page).lockButton.click();
  }
  await loginPage(page).open(SAMPLE, role);
  await shell(page).go('All cases');
  await caseListPage(page).caseLink('Sample examination').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sample examination' })).toBeVisible();
};

/** A workspace of its own with one empty case; opens both where an earlier test made them. */
export const openOwnCase = async (page: Page, access: WorkspaceAccess, caseName: string): Promise<void> => {
  const login = loginPage(page);
  if (await isListed(page, access.name)) await login.open(access);
  else {
    await login.fillCreate(access);
    await login.createButton.click();
  }
  const list = caseListPage(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Cases' })).toBeVisible();
  await expect(list.emptyState.or(list.table)).toBeVisible();
  if (await list.caseLink(caseName).isVisible()) await list.caseLink(caseName).click();
  else await list.createCase(caseName);
};
