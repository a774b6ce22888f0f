import { expect, type Page } from '@playwright/test';
import { caseListPage } from './pages/case-list-page.ts';
import { loginPage, type RoleName, type WorkspaceAccess } from './pages/login-page.ts';
import { povPage } from './pages/pov-page.ts';
import { shell } from './pages/shell.ts';

/** The sample workspace: its name and passphrase stand on the sign-in screen. */
export const SAMPLE: WorkspaceAccess = {
  name: 'Sample examination',
  passphrase: 'invented figures open to everybody',
  actor: 'Visitor',
};

/** From the first-run link to the sample case's home; opens it again where an earlier test made it. */
export const openSample = async (page: Page): Promise<void> => {
  const { passphrase, sampleLink } = loginPage(page);
  // The link moves when the form above it comes.
  await passphrase.waitFor();
  await sampleLink.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sample examination' })).toBeVisible();
};

/** Whether the sign-in screen lists a workspace. Its form is shown once the list is there. */
const isListed = async (page: Page, name: string): Promise<boolean> => {
  const { passphrase, workspace } = loginPage(page);
  await passphrase.waitFor();
  return (await workspace.isVisible()) && (await workspace.innerText()).includes(name);
};

/** Takes a point of view, as the account menu leads there. */
export const takePov = async (page: Page, role: RoleName): Promise<void> => {
  await shell(page).openAccountMenu('Point of view');
  await povPage(page).choose(role);
};

/** Opens the sample in a point of view that may do less. */
export const openSampleAs = async (page: Page, role: RoleName): Promise<void> => {
  await openSample(page);
  await takePov(page, role);
  await shell(page).go('Overview');
  await expect(page.getByRole('heading', { level: 1, name: 'Sample examination' })).toBeVisible();
};

/** A workspace of its own with one empty case; opens both where an earlier test made them. */
export const openOwnCase = async (page: Page, access: WorkspaceAccess, caseName: string): Promise<void> => {
  const login = loginPage(page);
  if (await isListed(page, access.name)) await login.open(access);
  else {
    await login.fillCreate(access);
    await login.createButton.click();
    await login.takeKit();
  }
  const list = caseListPage(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Cases' })).toBeVisible();
  await expect(list.emptyState.or(list.table)).toBeVisible();
  if (await list.caseLink(caseName).isVisible()) await list.caseLink(caseName).click();
  else await list.createCase(caseName);
};

/** The first sign-in with an initial passphrase: it opens nothing before the person chose their own. */
export const signInFirst = async (page: Page, access: WorkspaceAccess, initial: string): Promise<void> => {
  const login = loginPage(page);
  await login.open({ ...access, passphrase: initial });
  await expect(login.error).toContainText('opens nothing yet');
  await page.getByLabel('New passphrase', { exact: true }).fill(access.passphrase);
  await login.repeat.fill(access.passphrase);
  await login.openButton.click();
};
