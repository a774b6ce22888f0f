import { expect, type Locator, type Page } from '@playwright/test';

export const recordsPage = (page: Page) => {
  const main = page.getByRole('main');
  const header = main.getByText(/^[\d,]+ matching rows? \([\d,]+ total\)$/);
  const grid = main.getByRole('region', { name: 'Transactions' });
  const facets = main.getByRole('region', { name: 'Filters' });
  const chips = main.getByRole('list', { name: 'Active filters' });
  /** A cell of the row at a 0-based place. AG Grid splits a row at its pinned column: row and column are attributes. */
  const cell = (place: number, column: string): Locator =>
    grid.locator(`[row-index="${place}"] [col-id="${column}"][role="gridcell"]`);
  return {
    header,
    grid,
    facets,
    chips,
    cell,
    /** Opens a row's transaction by keyboard. A grid that fills while it is clicked forgets the cell: then again. */
    openRow: async (place: number): Promise<void> => {
      const drawer = page.getByRole('dialog', { name: 'Transaction' });
      await expect(cell(place, 'counterparty')).not.toHaveText('');
      await expect(async () => {
        await cell(place, 'counterparty').click({ timeout: 5_000 });
        await page.keyboard.press('Enter');
        await expect(drawer).toBeVisible({ timeout: 5_000 });
      }).toPass();
    },
    columnHead: (name: string) => grid.getByRole('columnheader', { name }),
    facet: (group: string, value: string) =>
      facets.getByRole('group', { name: group }).getByRole('button', { name: new RegExp(`^${value} ?[\\d,]+$`) }),
    range: (name: 'From' | 'To' | 'Minimum' | 'Maximum') => facets.getByRole('textbox', { name }),
    search: main.getByRole('searchbox', { name: 'Search transactions' }),
    filteredToNothing: main.getByText('No row matches the filter'),
    clearAll: main.getByRole('button', { name: 'Clear all filters' }),
    removeChip: (words: RegExp) => chips.getByRole('button', { name: words }),
    /** The drawer of one transaction. */
    drawer: page.getByRole('dialog', { name: 'Transaction' }),
    expectMatching: async (rows: number): Promise<void> => {
      await expect(header).toHaveText(new RegExp(`^${rows.toLocaleString('en-US')} matching rows? \\(`));
    },
  };
};
