import type { Page } from '@playwright/test';

export const riskPage = (page: Page) => {
  const main = page.getByRole('main');
  const detail = main.getByRole('region', { name: 'Chosen score' });
  const addends = detail.getByRole('table', { name: 'What the score is made of' });
  return {
    level: (name: 'Transactions' | 'Accounts' | 'Parties') =>
      main.getByRole('radiogroup').getByText(name, { exact: true }),
    units: main.getByRole('list', { name: 'Ranked by risk score' }).getByRole('button'),
    chosen: main.getByRole('list', { name: 'Ranked by risk score' }).locator('[aria-current="true"]'),
    search: main.getByRole('searchbox', { name: 'Search names' }),
    total: main.getByRole('status').first(),
    detail,
    rowsOfUnit: detail.getByRole('link', { name: /rows in findings$/ }),
    addends,
    addendRows: addends.getByRole('link', { name: /rows in findings of / }),
    addendPoints: addends.locator('tbody tr td:nth-child(2)'),
    openFinding: addends.getByRole('link', { name: /^Open the strongest finding of / }),
  };
};
