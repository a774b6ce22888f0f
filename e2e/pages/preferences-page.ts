import type { Page } from '@playwright/test';

export const preferencesPage = (page: Page) => {
  const main = page.getByRole('main');
  return {
    search: main.getByRole('textbox', { name: 'Search settings' }),
    theme: (name: string) => main.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name }),
    density: (name: string) => main.getByRole('radiogroup', { name: /^Density/ }).getByRole('radio', { name }),
    singleKeys: main.getByRole('switch', { name: 'Single-letter shortcuts' }),
    idleMinutes: main.getByRole('textbox', { name: 'Idle lock, in minutes' }),
    saveForEverybody: main.getByRole('button', { name: 'Save for everybody' }),
    reset: (name: string) => main.getByRole('button', { name: `Reset: ${name}` }),
  };
};
