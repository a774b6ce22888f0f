import { expect, type Page } from '@playwright/test';

export const caseListPage = (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'New case' });
  const newCase = page.getByRole('button', { name: 'New case' }).first();
  return {
    dialog,
    newCase,
    emptyState: page.getByText('No cases yet'),
    table: page.getByRole('main').getByRole('table', { name: 'Cases' }),
    caseLink: (name: string) => page.getByRole('main').getByRole('link', { name, exact: true }),
    createCase: async (name: string): Promise<void> => {
      await newCase.click();
      await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
      await dialog.getByRole('button', { name: 'Create case' }).click();
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    },
  };
};
