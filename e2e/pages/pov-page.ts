import { expect, type Page } from '@playwright/test';
import type { RoleName } from './login-page.ts';

/** Settings: the point of view, what it may do, analysis mode and assistant. */
export const povPage = (page: Page) => {
  const main = page.getByRole('main');
  const radio = (name: string) => main.getByRole('radio', { name, exact: true });
  return {
    radio,
    permission: (name: string) => main.getByRole('row', { name: new RegExp(`^${name}`) }),
    choose: async (role: RoleName): Promise<void> => {
      // It is chosen once the engine says so.
      await radio(role).click();
      await expect(radio(role)).toBeChecked();
      await expect(page.getByRole('banner')).toContainText(`· ${role}`);
    },
  };
};
