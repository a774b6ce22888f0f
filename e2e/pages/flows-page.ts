import type { Page } from '@playwright/test';

export const flowsPage = (page: Page) => {
  const main = page.getByRole('main');
  const picture = main.getByRole('group', { name: /^Money-flow graph/ });
  const table = main.getByRole('table', { name: 'Movements shown' });
  return {
    search: main.getByRole('textbox', { name: 'Account or party' }),
    /** A line of the search: begins the graph. */
    hit: (name: string | RegExp) => main.getByRole('complementary').getByRole('button', { name }),
    hits: main.getByRole('complementary').getByRole('listitem').getByRole('button'),
    picture,
    nodes: picture.locator('[data-node]'),
    node: (name: string | RegExp) => picture.getByRole('button', { name }),
    folds: picture.getByRole('button', { name: /^Show/ }),
    table,
    counts: main.getByRole('link', { name: /opens/i }),
    edgeCounts: table.getByRole('link'),
    steps: main.getByRole('region', { name: 'Steps' }).getByRole('listitem'),
    panel: (name: string) => main.getByRole('region', { name }),
    undo: main.getByRole('button', { name: /^Undo step/ }),
    saveSvg: main.getByRole('button', { name: 'Save picture' }),
    saveCsv: main.getByRole('button', { name: 'Save table' }),
    from: main.getByRole('textbox', { name: 'From day' }),
    to: main.getByRole('textbox', { name: 'To day' }),
    minimum: main.getByRole('textbox', { name: 'Least amount' }),
  };
};
