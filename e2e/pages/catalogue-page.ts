import { expect, type Page } from '@playwright/test';

export const cataloguePage = (page: Page) => {
  const main = page.getByRole('main');
  const detail = main.getByRole('region', { name: 'The test', exact: true });
  const heading = detail.getByRole('heading', { level: 2 });
  const list = main.getByRole('list', { name: 'Tests by group' });
  return {
    detail,
    heading,
    list,
    items: list.getByRole('button'),
    /** Chooses a test and waits until it is the one shown. */
    choose: async (title: string): Promise<void> => {
      await list.getByRole('button', { name: title }).first().click();
      await expect(heading).toHaveText(title);
    },
    search: main.getByRole('textbox', { name: 'Search the tests' }),
    shown: main.getByRole('combobox', { name: 'Tests shown' }),
    runAll: main.getByRole('button', { name: 'Run all tests' }),
    run: detail.getByRole('button', { name: /^Run(?: again)?(?: R)?$/i }),
    chart: detail.getByRole('img', { name: /^Bar chart/ }),
    bar: detail.getByRole('link', { name: /observed.*opens its rows/ }),
    asTable: detail.getByRole('button', { name: /^Show as table/ }),
    table: detail.getByRole('table', { name: 'Observed and expected counts' }),
    findings: detail.getByRole('link', { name: /findings? of / }),
    switchOff: detail.getByRole('button', { name: 'Switch off' }),
    switchOn: detail.getByRole('button', { name: 'Switch on' }),
    dialog: page.getByRole('dialog'),
    save: detail.getByRole('button', { name: 'Save result' }),
    tab: (name: 'Tests' | 'Settings of the case') => main.getByRole('tab', { name }),
    setting: (name: string) => main.getByRole('tabpanel').getByLabel(name, { exact: true }),
    saveSettings: main.getByRole('button', { name: 'Save settings' }),
    history: main.getByRole('table', { name: 'History' }),
    exceptions: main.getByRole('table', { name: 'Exceptions' }),
    parameter: (name: string) => detail.getByRole('region', { name: 'Parameters' }).getByLabel(name, { exact: true }),
  };
};
