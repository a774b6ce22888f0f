import type { Page } from '@playwright/test';

export const duplicatesPage = (page: Page) => {
  const main = page.getByRole('main');
  return {
    pairs: main
      .getByRole('table', { name: 'Near duplicates' })
      .getByRole('row')
      .filter({ has: page.getByRole('cell') }),
    count: main.getByRole('heading', { level: 2, name: /^[\d,]+ pairs?$/ }),
  };
};
