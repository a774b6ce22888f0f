import type { Page } from '@playwright/test';

export const auditPage = (page: Page) => {
  const main = page.getByRole('main');
  return {
    verifyButton: main.getByRole('button', { name: 'Verify' }),
    verdict: main.getByRole('region', { name: 'Verification' }),
    entries: main.getByRole('table', { name: 'Audit log' }).getByRole('row'),
  };
};
