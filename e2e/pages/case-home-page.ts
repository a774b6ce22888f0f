import type { Page } from '@playwright/test';

export const caseHomePage = (page: Page) => {
  const main = page.getByRole('main');
  const steps = main.getByRole('list', { name: 'The way through the case' });
  return {
    steps,
    addFiles: steps.getByRole('link', { name: 'Add files' }),
    runExamination: steps.getByRole('button', { name: /Run examination|Run again/ }),
    review: steps.getByRole('link', { name: 'Review' }),
    sources: main.getByRole('region', { name: 'Sources' }),
    timeline: main.getByRole('region', { name: 'Timeline' }),
    /** A tile that opens something; its text is name, figure and note. */
    tile: (name: string) => main.getByRole('link', { name: new RegExp(`^${name} ?[\\d,.]`) }),
    /** Every figure with rows behind it: tiles, severities, sources. */
    counts: main.getByRole('link', { name: /^(?:[\d,]+ |[A-Z][a-z ]+ ?[\d,.]+)/ }),
  };
};
