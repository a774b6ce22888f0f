import type { Locator, Page } from '@playwright/test';

export const coveragePage = (page: Page) => {
  const main = page.getByRole('main');
  const grid = main.getByRole('grid', { name: 'Coverage by account and month' });
  /** Cell of an account’s line, by its place among the months (0-based). */
  const cell = (account: string | RegExp, month: number): Locator =>
    grid.getByRole('row', { name: account }).getByRole('gridcell').nth(month);
  const detail = main.getByRole('region', { name: 'Chosen month' });
  return {
    grid,
    cells: grid.getByRole('gridcell'),
    chosen: grid.locator('[aria-selected="true"]'),
    cell,
    /** Chooses a cell: its number is a link of its own, its corner is not. */
    choose: async (account: string | RegExp, month: number): Promise<void> => {
      await cell(account, month).click({ position: { x: 8, y: 8 } });
    },
    counts: grid.getByRole('gridcell').getByRole('link', { includeHidden: true }),
    detail,
    openTransactions: detail.getByRole('link', { name: /^Open [\d,]+ transactions?/ }),
    breaks: main.getByRole('table', { name: 'Breaks between statements' }),
    missing: main.getByRole('region', { name: /^What [\d,]+ missing statements? could change/ }),
    testTable: main.getByRole('table', { name: 'Tests', exact: true }),
    testChoice: main.getByRole('combobox', { name: 'Show one test by account and month' }),
    testGrid: main.getByRole('table', { name: 'Chosen test by account and month' }),
    exportButton: main.getByRole('button', { name: 'Export CSV' }),
  };
};
