import type { Page } from '@playwright/test';

export const qualityPage = (page: Page) => {
  const main = page.getByRole('main');
  const rules = main.getByRole('table', { name: 'Rules' });
  const trend = main.getByRole('region', { name: 'Trend' });
  const fields = main.getByRole('table', { name: 'Fields' });
  return {
    score: main.getByRole('region', { name: 'Score and dimensions' }),
    rules,
    shown: main.getByRole('combobox', { name: 'Rules shown' }),
    failedCounts: rules.getByRole('link', { name: /^[\d,]+ (?:rows?|records?|statements?|files?) failed/ }),
    trend,
    trendChart: trend.getByRole('img', { name: /^Line chart/ }),
    trendAsTable: trend.getByRole('button', { name: 'Show as table' }),
    trendTable: trend.getByRole('table', { name: 'Scores of each examination' }),
    fields,
    fieldRow: (name: string) =>
      fields.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) }),
    fieldCounts: fields.getByRole('link', { name: /^[\d,]+ rows with/ }),
    fieldSource: main.getByRole('combobox', { name: 'Fields of' }),
  };
};
