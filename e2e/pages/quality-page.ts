import type { Page } from '@playwright/test';

export const qualityPage = (page: Page) => {
  const main = page.getByRole('main');
  const rules = main.getByRole('table', { name: 'Rules' });
  return {
    score: main.getByRole('region', { name: 'Score and dimensions' }),
    rules,
    failedCounts: rules.getByRole('link', { name: /^[\d,]+ rows failed/ }),
  };
};
