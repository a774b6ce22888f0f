import type { Page } from '@playwright/test';

export const preferencesPage = (page: Page) => {
  const main = page.getByRole('main');
  return {
    theme: (name: string) => main.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name }),
    density: (name: string) => main.getByRole('radiogroup', { name: /^Density/ }).getByRole('radio', { name }),
    singleKeys: main.getByRole('switch', { name: 'Single-letter shortcuts' }),
  };
};
