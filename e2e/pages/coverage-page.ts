import type { Locator, Page } from '@playwright/test';

export const coveragePage = (page: Page) => {
  const main = page.getByRole('main');
  const grid = main.getByRole('grid', { name: 'Coverage by account and month' });
  const detail = main.getByRole('region', { name: 'Chosen month' });
  return {
    grid,
    cells: grid.getByRole('gridcell'),
    chosen: grid.locator('[aria-selected="true"]'),
    /** Cell of an account’s line, by its place among the months (0-based). */
    cell: (account: string | RegExp, month: number): Locator =>
      grid.getByRole('row', { name: account }).getByRole('gridcell').nth(month),
    counts: grid.getByRole('gridcell').getByRole('link', { includeHidden: true }),
    detail,
    openTransactions: detail.getByRole('link', { name: /^Open [\d,]+ transactions?/ }),
    legend: main.getByText('Meaning of the symbols').or(main.locator('dl').first()),
    breaks: main.getByRole('table', { name: 'Breaks between statements' }),
    exportButton: main.getByRole('button', { name: 'Export CSV' }),
  };
};
