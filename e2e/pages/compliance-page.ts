import type { Locator, Page } from '@playwright/test';

/** Who saw, changed, exported and approved what; and the hold and retention of a case on its home. */
export const compliancePage = (page: Page) => {
  const main = page.getByRole('main');
  const people = main.getByRole('table', { name: 'People' });
  const acts = main.getByRole('region', { name: 'Acts' });
  return {
    people,
    person: (name: string): Locator =>
      people.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) }),
    /** Every number with entries of the log behind it. */
    classCounts: people.getByRole('link', { name: /^[\d,]+ \w+ entries of / }),
    soxCount: (name: string): Locator =>
      people.getByRole('link', { name: new RegExp(`^[\\d,]+ Sarbanes-Oxley acts of ${name}$`) }),
    acts,
    actLines: acts.getByRole('table').locator('tbody tr'),
    actCounts: acts.getByRole('link', { name: /^[\d,]+ entries: / }),
    soxOnly: acts.getByRole('checkbox', { name: 'Sarbanes-Oxley only' }),
    caseFilter: main.getByRole('combobox', { name: 'Case' }),
  };
};

export const holdPanel = (page: Page) => {
  const panel = page.getByRole('main').getByRole('region', { name: 'Retention and legal hold' });
  const dialog = page.getByRole('dialog', { name: /legal hold$|the case$/ });
  return {
    panel,
    dialog,
    action: (name: 'Place a legal hold' | 'Release the hold' | 'Close the case' | 'Reopen the case'): Locator =>
      panel.getByRole('button', { name }),
    give: async (reason: string): Promise<void> => {
      await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
      await dialog.getByRole('button', { name: /hold$|the case$/ }).click();
    },
    history: panel.getByRole('list', { name: 'History of retention and holds' }).getByRole('listitem'),
  };
};
