import type { Page } from '@playwright/test';

export const findingsPage = (page: Page) => {
  const main = page.getByRole('main');
  const list = main.getByRole('list', { name: 'Findings' });
  const evidence = main.getByRole('region', { name: 'Evidence' });
  return {
    list,
    items: list.getByRole('button'),
    current: list.locator('[aria-current="true"]'),
    evidence,
    header: main.getByText(/^[\d,]+ matching findings? \([\d,]+ total\)$/),
    openRows: evidence.getByRole('link', { name: /^Open (?:all [\d,]+ rows|the row)$/ }),
    test: main.getByRole('combobox', { name: 'Test' }),
    state: main.getByRole('combobox', { name: 'Decision' }),
    severity: main.getByRole('combobox', { name: 'Severity' }),
    decision: evidence.getByRole('group', { name: 'Decision' }),
    reasonDialog: page.getByRole('dialog', { name: /What explains this finding|Why is this finding dismissed/ }),
    chart: evidence.getByRole('img', { name: /^Bar chart/ }),
    chartTable: evidence.getByRole('table', { name: 'Observed and expected counts' }),
    readOnly: evidence.getByText('Your role reads findings; it does not decide them.'),
  };
};
