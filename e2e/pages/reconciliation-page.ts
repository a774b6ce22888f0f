import type { Page } from '@playwright/test';

export const reconciliationPage = (page: Page) => {
  const main = page.getByRole('main');
  return {
    proof: (currency: string) => main.getByRole('table', { name: `Proof in ${currency}` }),
    foots: main.getByText('Foots', { exact: true }),
    tab: (name: string) => main.getByRole('tab', { name: new RegExp(`^${name} \\([\\d,]+\\)$`) }),
    table: main.getByRole('tabpanel').getByRole('table'),
    balances: main.getByRole('table', { name: 'Balances' }),
    chain: main.getByRole('region', { name: 'Chain of statements' }),
  };
};
