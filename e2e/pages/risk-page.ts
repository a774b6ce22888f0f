import { expect, type Page } from '@playwright/test';

export const riskPage = (page: Page) => {
  const main = page.getByRole('main');
  const detail = main.getByRole('region', { name: 'Chosen score' });
  const addends = detail.getByRole('table', { name: 'What the score is made of' });
  const levels = main.getByRole('radiogroup');
  return {
    /** Chooses a level and waits for its ranking: the list of another one is taken away when the new one is chosen. */
    chooseLevel: async (name: 'Transactions' | 'Accounts' | 'Parties'): Promise<void> => {
      // The kit hides the radio itself behind its label: the label is what a person presses.
      await levels.getByText(name, { exact: true }).click();
      await expect(levels.getByRole('radio', { name, exact: true })).toBeChecked();
      await expect(addends).toBeVisible();
    },
    units: main.getByRole('list', { name: 'Ranked by risk score' }).getByRole('button'),
    chosen: main.getByRole('list', { name: 'Ranked by risk score' }).locator('[aria-current="true"]'),
    search: main.getByRole('searchbox', { name: 'Search names' }),
    total: main.getByRole('status').first(),
    detail,
    rowsOfUnit: detail.getByRole('link', { name: /rows in findings$/ }),
    addends,
    addendRows: addends.getByRole('link', { name: /rows in findings of / }),
    score: detail.locator('header .nx-number'),
    addendPoints: addends.locator('tbody tr td:nth-child(2)'),
    openFinding: addends.getByRole('link', { name: /^Open the strongest finding of / }),
  };
};
