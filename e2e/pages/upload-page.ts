import type { Locator, Page } from '@playwright/test';

export const uploadPage = (page: Page) => {
  const main = page.getByRole('main');
  const card = (name: string): Locator => main.getByRole('article', { name });
  return {
    card,
    chooseButton: main.getByRole('button', { name: 'Choose files' }),
    dropZone: main.getByRole('region', { name: 'Drop files here' }),
    importButton: main.getByRole('button', { name: /^Import [\d,]+ files?$/ }),
    question: (name: string) => card(name).getByRole('group', { name: 'The file leaves this open' }),
    column: (name: string, role: string) => card(name).getByRole('combobox', { name: role, exact: true }),
    previewRow: (name: string, row: number) =>
      card(name)
        .getByRole('table', { name: /as parsed/ })
        .getByRole('row')
        .nth(row),
    result: main.getByRole('table', { name: 'Import result' }),
    resultRow: (name: string) =>
      main.getByRole('table', { name: 'Import result' }).getByRole('row').filter({ hasText: name }),
    refusals: main.getByRole('alert'),
    progress: main.getByRole('group').filter({ has: page.getByRole('progressbar') }),
    cancelled: main.getByText('The import was cancelled. Nothing of it was kept.'),
    toCase: main.getByRole('link', { name: 'Go to the case overview' }),
  };
};
