import type { Locator, Page } from '@playwright/test';

export const duplicatesPage = (page: Page) => {
  const main = page.getByRole('main');
  const list = main.getByRole('list', { name: 'Duplicates' });
  const detail = main.getByRole('region', { name: 'Chosen pair' });
  const dialog = page.getByRole('dialog', { name: /^Confirm [\d,]+ duplicates?\?$/ });
  // The kit hides the radio itself behind its label: the label is what a person presses.
  const facet = (group: string, name: string): Locator =>
    main.getByRole('radiogroup', { name: group }).getByText(new RegExp(`^${name} \\([\\d,]+\\)$`));
  return {
    list,
    pairs: list.getByRole('button'),
    current: list.locator('[aria-current="true"]'),
    count: main.getByRole('status').filter({ hasText: /^[\d,]+ pairs?$/ }),
    detail,
    compared: detail.getByRole('table', { name: 'The two records field by field' }),
    confirm: detail.getByRole('button', { name: /^Duplicate/ }),
    reject: detail.getByRole('button', { name: /^No duplicate/ }),
    openRow: (row: number) => detail.getByRole('button', { name: `Row ${row}`, exact: true }),
    kind: (name: string) => facet('Kind', name),
    state: (name: string) => facet('Decision', name),
    stale: main.getByText(/^Sources or decisions have changed since the last examination/),
    runAgain: main.getByRole('button', { name: 'Run again' }),
    bulk: main.getByRole('button', { name: /^Confirm .* of overlapping files…$/ }),
    dialog,
    bulkAction: dialog.getByRole('button', { name: /^Confirm [\d,]+ duplicates?$/ }),
    undo: page.getByRole('alert').getByRole('button', { name: 'Undo' }),
  };
};
