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
    side: (name: string, side: 'Bank' | 'Ledger') => card(name).getByRole('radio', { name: side }),
    /** The evidence under a column part: how sure its proposal is. */
    confidence: (name: string, role: string) => card(name).getByRole('progressbar', { name: new RegExp(`^${role}: `) }),
    alternative: (name: string, role: string, column: string) =>
      card(name)
        .getByRole('group', { name: `Other columns for ${role}` })
        .getByRole('button', { name: new RegExp(`^Use ${column} for `) }),
    unusedColumns: (name: string) => card(name).getByRole('region', { name: /plays? no part$/ }),
    setting: (name: string, label: string) => card(name).getByRole('textbox', { name: label, exact: true }),
    members: (name: string) => card(name).getByRole('group', { name: `Files in ${name}` }),
    controlTotals: (name: string) => card(name).locator('summary', { hasText: 'Control totals' }),
    control: (name: string, total: string) => card(name).getByRole('textbox', { name: total, exact: true }),
    disagreement: (name: string) => main.getByRole('table', { name: `Control totals of ${name} that disagree` }),
    saveProfile: (name: string) => card(name).getByRole('button', { name: 'Save as profile' }),
    useProfile: (name: string, profile: string) =>
      card(name).getByRole('button', { name: `Use the profile ${profile}` }),
    doNotUseProfile: (name: string, profile: string) =>
      card(name).getByRole('button', { name: `Do not use the profile ${profile}` }),
    profiles: main.getByRole('button', { name: /^[\d,]+ mapping profiles?$/ }),
    dialog: (name: string) => page.getByRole('dialog', { name }),
    certificate: (name: string) => main.getByRole('button', { name: `Import certificate of ${name}` }),
    toCase: main.getByRole('link', { name: 'Go to the case overview' }),
  };
};
