import type { Page } from '@playwright/test';

export const reportPage = (page: Page) => {
  const main = page.getByRole('main');
  return {
    buildButton: main.getByRole('button', { name: 'Build report' }).first(),
    built: main.getByRole('navigation', { name: 'Built reports' }).getByRole('button'),
    frame: main.locator('iframe[title="Report"]'),
    downloadPdf: main.getByRole('button', { name: 'Download PDF' }),
    downloadHtml: main.getByRole('button', { name: 'Download HTML' }),
  };
};
