import type { Locator, Page } from '@playwright/test';

export type ReconciliationTab = 'Matches' | 'Open rows' | 'Proof' | 'Locks and rates' | 'History';

export const reconciliationPage = (page: Page) => {
  const main = page.getByRole('main');
  const list = main.getByRole('list', { name: 'Matches' });
  const detail = main.getByRole('region', { name: 'Chosen match' });
  const sides = main.getByRole('region', { name: 'Sides' });
  const side = (name: 'A' | 'B'): Locator => main.getByRole('region', { name: `Open on side ${name}` });
  const bar = main.getByRole('region', { name: 'Match by hand' });
  const leftover = main.getByRole('region', { name: 'Why this row is open' });
  const undoDialog = page.getByRole('dialog', { name: /^Undo step / });
  // The kit hides the radio itself behind its label: the label is what a person presses.
  const judgment = (name: string): Locator =>
    main.getByRole('radiogroup', { name: 'Judgment' }).getByText(new RegExp(`^${name} \\([\\d,]+\\)$`));
  return {
    sides,
    changeSide: (name: 'A' | 'B') => sides.getByRole('button', { name: `Change side ${name}` }),
    editor: page.getByRole('dialog', { name: /^Rows of side / }),
    swap: sides.getByRole('button', { name: 'Swap' }),
    run: sides.getByRole('button', { name: /^(Reconcile|Run again)$/ }),
    figure: (label: string) => main.locator('dl > div', { has: page.getByText(label, { exact: true }) }).locator('dd'),
    tab: (name: ReconciliationTab) => main.getByRole('tab', { name, exact: true }),
    judgment,
    kind: main.getByRole('combobox', { name: 'Kind of match' }),
    order: main.getByRole('combobox', { name: 'Order' }),
    bands: main.getByRole('group', { name: 'Score' }).getByRole('button'),
    count: main.getByRole('status').filter({ hasText: /^[\d,]+ match(es)?$/ }),
    list,
    pairs: list.locator('button[aria-current]'),
    current: list.locator('[aria-current="true"]'),
    acceptOf: (row: number) => list.getByRole('button', { name: `Accept the match of row ${row}`, exact: true }),
    detail,
    accept: detail.getByRole('button', { name: /^Accept/ }),
    reject: detail.getByRole('button', { name: /^Reject/ }),
    unmatch: detail.getByRole('button', { name: /^Unmatch/ }),
    byHand: detail.getByRole('button', { name: /^By hand/ }),
    why: detail.getByRole('list', { name: 'Why they match' }),
    rowsOfMatch: detail.getByRole('link', { name: /^Its [\d,]+ rows?$/ }),
    bulk: main.getByRole('button', { name: /^Accept above a score/ }),
    bulkDialog: page.getByRole('dialog', { name: 'Accept suggestions from a score on' }),
    bulkAction: page.getByRole('dialog').getByRole('button', { name: /^Accept [\d,]+ match(es)?$/ }),
    exportButton: main.getByRole('button', { name: 'Export', exact: true }),
    exportItem: (name: RegExp) => page.getByRole('menuitem', { name }),
    openRows: (name: 'A' | 'B') => side(name).locator('tbody tr'),
    search: (name: 'A' | 'B') => main.getByRole('textbox', { name: `Search side ${name}` }),
    orderOf: (name: 'A' | 'B') => main.getByRole('combobox', { name: `Order of side ${name}` }),
    bar,
    remaining: bar.getByRole('status', { name: 'Remaining' }),
    reason: bar.getByRole('textbox', { name: 'Why they belong together all the same' }),
    make: bar.getByRole('button', { name: /^Match/ }),
    picked: (name: 'A' | 'B') => bar.getByRole('list', { name: `Picked on side ${name}` }).getByRole('listitem'),
    leftover,
    candidates: leftover.getByRole('list', { name: 'Nearest candidates and why they were refused' }),
    proposals: leftover.getByRole('list', { name: 'What it may be' }).getByRole('listitem'),
    proof: (currency: string) => main.getByRole('table', { name: `Proof in ${currency}` }),
    cash: main.getByRole('table', { name: /^Proof of cash in / }),
    cashMonth: (name: string) => main.getByRole('group', { name: 'Months' }).getByRole('button', { name }),
    foots: main.getByText('The proof foots', { exact: true }),
    balances: main.getByRole('table', { name: 'Balances' }),
    chain: main.getByRole('region', { name: 'Chain of statements' }),
    locks: main.getByRole('region', { name: 'Locked periods' }),
    rates: main.getByRole('region', { name: 'Exchange rates' }),
    history: main.getByRole('table', { name: 'Steps, newest first' }).locator('tbody tr'),
    undoDialog,
    undoAction: undoDialog.getByRole('button', { name: /^Undo/ }),
    toastUndo: page.getByRole('alert').getByRole('button', { name: 'Undo' }),
  };
};
