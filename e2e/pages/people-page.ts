import { expect, type Locator, type Page } from '@playwright/test';
import { shell } from './shell.ts';

/** People: accounts, proposals, assignments; and the registration. */
export const peoplePage = (page: Page) => {
  const region = (name: string): Locator => page.getByRole('region', { name, exact: true });
  const initial = page.locator('[data-initial-password]');
  return {
    accounts: region('Accounts'),
    account: (username: string): Locator => region('Accounts').getByRole('row').filter({ hasText: username }),
    proposals: region('Proposed changes of roles'),
    works: (username: string, caseName: string): Locator =>
      page.getByRole('checkbox', { name: `${username} works on ${caseName}` }),
    open: async (): Promise<void> => {
      await shell(page).go('People');
    },
    /** Registers a person and answers the initial passphrase. */
    register: async (
      username: string,
      rights: { readonly role: string; readonly secondary?: string; readonly supervisor?: boolean },
    ): Promise<string> => {
      await page.getByRole('link', { name: 'Register a person' }).click();
      await expect(shell(page).heading).toHaveText('Register a person');
      await page.getByRole('textbox', { name: 'User name' }).fill(username);
      await page.getByRole('combobox', { name: 'Role' }).selectOption(rights.role);
      if (rights.secondary !== undefined) await page.getByRole('checkbox', { name: rights.secondary }).check();
      if (rights.supervisor === true) await page.getByRole('checkbox', { name: 'Supervisor' }).check();
      await page.getByRole('button', { name: 'Register', exact: true }).click();
      await expect(initial).toBeVisible();
      const password = await initial.innerText();
      await page.getByRole('button', { name: 'Done' }).click();
      await expect(shell(page).heading).toHaveText('People');
      return password;
    },
    /** Asks for an act on an account, with its reason. */
    act: async (act: string, username: string, reason: string): Promise<void> => {
      await page.getByRole('button', { name: `${act}: ${username}` }).click();
      const dialog = page.getByRole('dialog', { name: `${act}: ${username}` });
      await dialog.getByRole('textbox', { name: /^Reason/ }).fill(reason);
      await dialog.getByRole('button', { name: act, exact: true }).click();
    },
  };
};
